import Foundation

/// Runs a body on a thread of its own, for what blocks.
func detachThread(_ body: @escaping @Sendable () -> Void) { Thread.detachNewThread(body) }
