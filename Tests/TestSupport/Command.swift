internal import Foundation

/// How a program ended, and what it said.
package struct CommandResult: Sendable {
  /// The exit status; 128 and the signal's number if a signal ended it.
  package var status: Int32
  package var output: [UInt8]
  package var errors: String

  /// Standard output as text.
  package var text: String { String(decoding: output, as: UTF8.self) }
}

/// A program that was started, and has perhaps not ended yet.
package struct RunningCommand {
  private let process = Process()
  // Files rather than pipes: nothing has to be read while the program runs.
  private let output: URL
  private let errors: URL

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - path: The program.
  ///   - arguments: Its arguments.
  ///   - environment: The whole of its environment; nil: that of the tests.
  ///   - directory: Its working directory.
  package init(
    _ path: String, _ arguments: [String], environment: [String: String]? = nil,
    in directory: String? = nil
  ) throws {
    let files = try TemporaryDirectory()
    output = URL(filePath: try files.write("", to: "output"))
    errors = URL(filePath: try files.write("", to: "errors"))
    process.executableURL = URL(filePath: path)
    process.arguments = arguments
    if let environment { process.environment = environment }
    if let directory { process.currentDirectoryURL = URL(filePath: directory) }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
  }

  /// Waits for its end. It does not throw where the program fails.
  package func result() throws -> CommandResult {
    process.waitUntilExit()
    let code = process.terminationStatus
    return CommandResult(
      status: process.terminationReason == .uncaughtSignal ? 128 + code : code,
      output: Array(try Data(contentsOf: output)),
      errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
  }
}

/// Runs a program to its end; the parameters are those of `RunningCommand`.
package func runCommand(
  _ path: String, _ arguments: [String], environment: [String: String]? = nil,
  in directory: String? = nil
) throws -> CommandResult {
  try RunningCommand(path, arguments, environment: environment, in: directory).result()
}

/// Where SwiftPM puts what it builds: the folder that this test program is in.
package func productsDirectory() -> String {
  URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    .path(percentEncoded: false)
}
