import Files
import HeaderDiff
import HeaderReader
import ReleaseReview
import Rendering
import TestSupport
import Testing
import Workspace

/// What all cases are run with.
enum Shared {
  static let libclang = Result { try Libclang(path: nil) }
  static let templates = Result { try Project(root: repositoryRoot()).templateLibrary() }
}

@Suite struct RuleTests {
  @Test("A case is judged as was recorded for it", arguments: DiffCase.all)
  func matches(_ diff: DiffCase) throws {
    // The composite case keeps whole reports: see FormatTests.
    guard diff.rule != "composite" else { return }
    let text = Changes.text(try diff.report(Shared.libclang.get()))
    let problem = try Expectations(
      diff.name, in: "\(diff.directory)/Expected", filter: "RuleTests/matches"
    ).problem([GoldenStage("diff", [("changes.txt", Array(text.utf8))])], mode: .current())
    if let problem { Issue.record("\(problem)") }
  }

  @Test("Every rule has a case of its name, in which it applies", arguments: Rule.all.map(\.id))
  func isCovered(_ rule: String) throws {
    let found = DiffCase.named(rule)
    try #require(Files.isDirectory(found.directory), "Tests/DiffGolden/\(rule) is missing")
    let report = try found.report(Shared.libclang.get())
    let applied = Set(report.groups.flatMap(\.changes).map(\.rule.id))
    #expect(applied.contains(rule), "\(rule): only \(applied.sorted())")
  }

  @Test("Every case is a rule's, and says in its first line what it is about")
  func belong() throws {
    #expect(!DiffCase.all.isEmpty, "BINDGEN_COLL_CASE names no case")
    let known = Set(Rule.all.map(\.id) + ["composite"])
    for diff in DiffCase.all {
      #expect(known.contains(diff.rule), "\(diff.name) is no rule")
      guard Files.exists("\(diff.directory)/new.h") else { continue }
      let text = String(decoding: try Files.read("\(diff.directory)/new.h"), as: UTF8.self)
      #expect(text.hasPrefix("// "), "\(diff.name)/new.h")
    }
  }

  @Test("Rules are told apart by ids that waivers can name, and all say what they mean")
  func areWellFormed() {
    let ids = Rule.all.map(\.id)
    #expect(Set(ids).count == ids.count)
    for rule in Rule.all {
      let words = rule.id.split(separator: "-", omittingEmptySubsequences: false)
      let isKebab = words.allSatisfy { word in
        !word.isEmpty
          && word.utf8.allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
      }
      #expect(isKebab, "\(rule.id)")
      for text in [rule.effect, rule.advice] {
        #expect(text.contains(where: \.isLetter) && !text.hasSuffix("."), "\(rule.id): \(text)")
        #expect(text.split(separator: "`", omittingEmptySubsequences: false).count % 2 == 1)
      }
    }
  }
}
