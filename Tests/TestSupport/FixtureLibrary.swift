internal import Foundation

/// A small C library that a test compiles for itself.
package struct FixtureLibrary: Sendable {
  /// Its absolute path.
  package let path: String
  /// Where it lies.
  package let directory: TemporaryDirectory

  /// Compiles C source to a shared library with clang.
  ///
  /// - Parameters:
  ///   - source: The C source.
  ///   - flags: More flags, after "-shared -fPIC".
  ///   - name: The file's name.
  ///   - directory: Where to put it; nil: in a new one.
  @discardableResult
  package static func compile(
    source: String, flags: [String] = [], name: String = "libfixture.so",
    in directory: TemporaryDirectory? = nil
  ) throws -> FixtureLibrary {
    let directory = try directory ?? TemporaryDirectory()
    let sourcePath = try directory.write(source, to: "\(name).c")
    let path = directory.file(name)
    try runTool("clang", ["-shared", "-fPIC", "-o", path, sourcePath] + flags)
    return FixtureLibrary(path: path, directory: directory)
  }

  /// The file's bytes.
  package func bytes() throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: path)))
  }
}

/// A tool that a test needs failed.
package struct ToolFailure: Error, CustomStringConvertible {
  package let description: String
}

/// Runs a tool from PATH and returns what it prints; it throws what the tool says where it fails.
@discardableResult
package func runTool(_ name: String, _ arguments: [String]) throws -> String {
  guard let path = findTool(name) else { throw ToolFailure(description: "\(name) is not in PATH") }
  let process = Process()
  let output = Pipe()
  process.executableURL = URL(filePath: path)
  process.arguments = arguments
  process.standardOutput = output
  process.standardError = output
  try process.run()
  let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
  process.waitUntilExit()
  guard process.terminationStatus == 0 else {
    let command = ([name] + arguments).joined(separator: " ")
    throw ToolFailure(description: "\(command): status \(process.terminationStatus)\n\(text)")
  }
  return text
}

/// The path of a tool, or nil where PATH does not have it.
package func findTool(_ name: String) -> String? {
  let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
  return path.split(separator: ":").map { "\($0)/\(name)" }
    .first { FileManager.default.isExecutableFile(atPath: $0) }
}

/// The repository's root: the directory above that of a test target's file.
package func repositoryRoot(of file: String = #filePath) -> String {
  URL(filePath: file).resolvingSymlinksInPath().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path(percentEncoded: false)
}
