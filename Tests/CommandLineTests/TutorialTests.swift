import Foundation
import TestSupport
import Testing

/// The article "Bind a vendor library in ten minutes", typed as it stands. CI builds the result too,
/// with `Scripts/follow-tutorial`.
@Suite struct TutorialTests {
  @Test("Following it literally gives what it promises; only the build is left out")
  func follow() throws {
    let folder = try TemporaryDirectory()
    var environment = ProcessInfo.processInfo.environment
    let tools = URL(filePath: Tool.path).deletingLastPathComponent().path(percentEncoded: false)
    environment["PATH"] = "\(tools):\(environment["PATH"] ?? "")"
    let result = try runCommand(
      "\(repositoryRoot())/Scripts/follow-tutorial",
      ["--without-build", "--folder", folder.path], environment: environment)
    try #require(result.status == 0, "\(result.errors)")

    // It says that all guesses for its header are right: nothing was left to guess.
    #expect(!result.text.contains("not guessed"), "\(result.text)")
    #expect(result.text.contains("\nconsistent\n"))
    for path in [
      "Package.swift", "Profiles/toyccl.yml", "Generated/Models/toyccl/1.0.0.json",
      "Generated/Models/toyccl/1.1.0.json", "Generated/CToyCCLBindings/CToyCCLBindings.c",
      "Tests/ToyCCLBindingsTests/ToyCCLBindingsTests.swift",
      "Tests/ToyCCLBindingsTests/AllReduceTests.swift",
    ] {
      #expect(
        FileManager.default.fileExists(atPath: folder.file("toy-bindings/\(path)")), "\(path)")
    }
    let calls = try String(
      contentsOfFile: folder.file("toy-bindings/Generated/ToyCCLBindings/CheckedCalls.swift"),
      encoding: .utf8)
    for declaration in [
      "public func getUniqueID() throws(CollectiveError) -> ToyCCLUniqueID {",
      "public func commCount(\n    comm: ToyCCLComm,\n  ) throws(CollectiveError) -> Int32 {",
      "    op: ToyCCLReductionOp,\n    comm: ToyCCLComm,\n    stream: ToyCCLStream,\n",
      "public func commAbort(",
    ] {
      #expect(calls.contains(declaration), "\(declaration)")
    }
  }
}
