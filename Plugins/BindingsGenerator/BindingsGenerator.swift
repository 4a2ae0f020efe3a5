import Foundation
import PackagePlugin

/// Generates a target's Swift files in each build, over its checked-in C module.
@main struct BindingsGenerator: BuildToolPlugin {
  /// All that the tool may make: it writes each of them, empty where a vendor does not need it.
  private static let outputs = [
    "CheckedCalls.swift", "Collectives.swift", "Constants.swift", "Enumerations.swift",
    "Functions.swift", "Library.swift", "Structures.swift", "Types.swift",
  ]

  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    guard let target = target as? SwiftSourceModuleTarget else {
      Diagnostics.error("apply BindingsGenerator to the Swift target, not to \(target.name)")
      return []
    }
    var inputs = StepInputs(root: context.package.directoryURL, target: target)
    if let cDirectory = inputs.cDirectory { inputs.addTree(cDirectory) }
    let output = context.pluginWorkDirectoryURL
    return [
      .buildCommand(
        displayName: "Generating the bindings in \(target.name)",
        executable: try context.tool(named: "bindgen-coll").url,
        arguments: inputs.arguments("generate", output: output), inputFiles: inputs.files,
        outputFiles: Self.outputs.map { output.appending(path: $0) })
    ]
  }
}
