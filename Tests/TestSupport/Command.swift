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

/// Runs a program to its end. It does not throw where the program fails.
///
/// - Parameters:
///   - path: The program.
///   - arguments: Its arguments.
///   - environment: The whole of its environment; nil: that of the tests.
///   - directory: Its working directory.
package func runCommand(
  _ path: String, _ arguments: [String], environment: [String: String]? = nil,
  in directory: String? = nil
) throws -> CommandResult {
  // Files rather than pipes: nothing has to be read while the program runs.
  let files = try TemporaryDirectory()
  let output = try files.write("", to: "output")
  let errors = try files.write("", to: "errors")
  let process = Process()
  process.executableURL = URL(filePath: path)
  process.arguments = arguments
  if let environment { process.environment = environment }
  if let directory { process.currentDirectoryURL = URL(filePath: directory) }
  process.standardInput = FileHandle.nullDevice
  process.standardOutput = try FileHandle(forWritingTo: URL(filePath: output))
  process.standardError = try FileHandle(forWritingTo: URL(filePath: errors))
  try process.run()
  process.waitUntilExit()
  let code = process.terminationStatus
  return CommandResult(
    status: process.terminationReason == .uncaughtSignal ? 128 + code : code,
    output: Array(try Data(contentsOf: URL(filePath: output))),
    errors: String(decoding: try Data(contentsOf: URL(filePath: errors)), as: UTF8.self))
}

/// Where SwiftPM puts what it builds: the folder that this test program is in.
package func productsDirectory() -> String {
  URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    .path(percentEncoded: false)
}
