import Foundation
import PackagePlugin

/// `swift package bindgen-coll …`: the tool's verbs in the package's directory, nothing installed.
@main struct BindgenCollCommand: CommandPlugin {
  func performCommand(context: PluginContext, arguments: [String]) throws {
    let process = Process()
    process.executableURL = try context.tool(named: "bindgen-coll").url
    process.arguments = arguments
    process.currentDirectoryURL = context.package.directoryURL
    try process.run()
    process.waitUntilExit()
    // SwiftPM passes no status on; an error makes it end with 1.
    if process.terminationReason != .exit || process.terminationStatus != 0 {
      Diagnostics.error("bindgen-coll ended with status \(process.terminationStatus)")
    }
  }
}
