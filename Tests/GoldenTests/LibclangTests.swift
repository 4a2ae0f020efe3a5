import Files
import HeaderReader
import TestSupport
import Testing

/// The cases hold for every libclang, not only for the one that recorded them.
@Suite struct LibclangTests {
  /// Those that Debian's packages install.
  private static let others: [String] = {
    let versions = (try? Files.list("/usr/lib")) ?? []
    return versions.filter { $0.hasPrefix("llvm-") }.map { "/usr/lib/\($0)/lib/libclang.so.1" }
      .filter { Files.exists($0) }
  }()

  @Test(
    "Another libclang gives the same",
    .enabled(if: !others.isEmpty, "there is no libclang of Debian's packages"), arguments: others)
  func matches(_ path: String) throws {
    let libclang = try Libclang(path: path)
    for golden in GoldenCase.all {
      let run = try GoldenRun(golden, libclang, Shared.templates.get())
      let problem = try Expectations(
        "\(golden.name) with \(path)", in: "\(golden.directory)/Expected",
        filter: "GoldenTests/matches"
      ).problem(try run.stages(), mode: .never)
      if let problem { Issue.record("\(problem)") }
    }
  }
}
