import Foundation
import TestSupport
import Testing

@Suite("A rank dies", .serialized, .timeLimit(.minutes(60)))
struct DeathTests {
  /// What the survivors of four print; the dead rank is the last.
  static func check(_ rank: Int, _ text: String) {
    // Of the step before its death the others may not have the result yet.
    for step in 0..<2 { #expect(text.contains("rank \(rank), step \(step): 4.0\n"), "\(text)") }
    let error = text.split(separator: "\n").first { $0.hasPrefix("rank \(rank), working: ") }
    #expect(error?.contains("rank 3") == true, "\(text)")
    #expect(text.contains("rank \(rank), again: 3.0\n"), "\(text)")
  }

  @Test("A program that makes no sense alone is not started alone")
  func alone() throws {
    let result = try Example.errorsAndTimeouts.run()
    #expect(result.status == 1)
    #expect(result.text.hasPrefix("no launcher has set a rank"), "\(result.text)")
  }

  @Test("The others get an error that names it, and go on", arguments: ["file", "tcp"])
  func killed(store: String) throws {
    let folder = try TemporaryDirectory()
    let port = try freePort()
    let address = store == "file" ? "file://\(folder.path)" : "tcp://127.0.0.1:\(port)"
    let left = try sharedMemoryLeft {
      let results = try Example.errorsAndTimeouts.run(
        in: Variables.manual.environments(4, folder: folder.path).map {
          $0.merging(["COLL_STORE": address]) { $1 }
        })
      #expect(results[3].status == 128 + SIGKILL)
      for (rank, result) in results.prefix(3).enumerated() {
        #expect(result.status == 0, "\(result.errors)")
        Self.check(rank, result.text)
      }
    }
    #expect(left.isEmpty)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }
}
