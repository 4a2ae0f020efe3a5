import HeaderReader
import Rendering
import TestSupport
import Testing
import Workspace

/// What all cases are run with.
enum Shared {
  static let libclang = Result { try Libclang(path: nil) }
  static let templates = Result { try Project(root: repositoryRoot()).templateLibrary() }
}

@Suite struct GoldenTests {
  @Test("A case gives what was recorded for it", arguments: GoldenCase.all)
  func matches(_ golden: GoldenCase) throws {
    let run = try GoldenRun(golden, Shared.libclang.get(), Shared.templates.get())
    let problem = try Expectations(
      golden.name, in: "\(golden.directory)/Expected", filter: "GoldenTests/matches"
    ).problem(try run.stages(), mode: .current())
    if let problem { Issue.record("\(problem)") }
  }

  @Test("Every case has a header whose first line says what it is about")
  func areDescribed() throws {
    #expect(!GoldenCase.all.isEmpty, "BINDGEN_COLL_CASE names no case")
    for golden in GoldenCase.all {
      let headers = try golden.headers
      #expect(!headers.isEmpty, "\(golden.name) has no header")
      for header in headers {
        let text = try runTool("head", ["-c2", "\(golden.directory)/\(header)"])
        #expect(text == "//", "\(golden.name)/\(header)")
      }
    }
  }
}
