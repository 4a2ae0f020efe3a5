import Foundation
import PackagePlugin

/// Fails the build where a target's checked-in bindings are not what would be generated now.
@main struct BindingsCheck: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    guard let target = target as? SwiftSourceModuleTarget else {
      Diagnostics.error("apply BindingsCheck to the Swift target, not to \(target.name)")
      return []
    }
    var inputs = StepInputs(root: context.package.directoryURL, target: target)
    inputs.addTree(target.directoryURL)
    if let cDirectory = inputs.cDirectory { inputs.addTree(cDirectory) }
    let output = context.pluginWorkDirectoryURL
    return [
      .buildCommand(
        displayName: "Checking the bindings in \(target.name)",
        executable: try context.tool(named: "bindgen-coll").url,
        arguments: inputs.arguments("check", output: output), inputFiles: inputs.files,
        outputFiles: [output.appending(path: "BindingsCheck.swift")])
    ]
  }
}
