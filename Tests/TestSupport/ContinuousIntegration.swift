internal import Foundation

/// Whether this is CI, where what a test needs and the machine lacks is a failure and no reason to skip.
package let isCI = ProcessInfo.processInfo.environment["CI"] == "true"
