import Files
import Foundation
import HeaderDiff
import ReleaseReview
import Rendering
import TestSupport
import Testing

/// One report with everything in it, as each format writes it.
@Suite struct FormatTests {
  static func composite() throws -> Report {
    let diff = DiffCase.named("composite")
    let waivers = try Waiver.list(
      yaml: String(decoding: try Files.read("\(diff.directory)/waivers.yml"), as: UTF8.self),
      file: "waivers.yml")
    return try diff.report(Shared.libclang.get(), waivers: waivers)
  }

  private static func rendered() throws -> [(path: String, bytes: [UInt8])] {
    let (report, templates) = (try composite(), try Shared.templates.get())
    return try ReportFormat.allCases.map {
      ("report.\($0.fileExtension)", try templates.render(report, as: $0))
    }
  }

  @Test("Every format tells the composite case as was recorded")
  func matches() throws {
    let diff = DiffCase.named("composite")
    let problem = try Expectations(
      diff.name, in: "\(diff.directory)/Expected", filter: "FormatTests/matches"
    ).problem([GoldenStage("report", try Self.rendered())], mode: .current())
    if let problem { Issue.record("\(problem)") }
  }

  @Test("The composite case has every verdict, waived changes, and comments alone")
  func isComplete() throws {
    let report = try Self.composite()
    for verdict in ["compatible", "conditional", "breaking"] {
      #expect(report.groups.contains { $0.severity.word == verdict && !$0.isWaived })
    }
    #expect(report.groups.filter(\.isWaived).count == 2)
    #expect(report.groups.contains { $0.isDocumentation })
    #expect(report.interfaceProblem == nil)
  }

  @Test("JSON is JSON, and nothing in it is lost")
  func json() throws {
    let report = try Self.composite()
    let bytes = try Shared.templates.get().render(report, as: .json)
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    let changes = try #require(object["changes"] as? [[String: Any]])
    let expected = report.groups.flatMap(\.changes)
    #expect(changes.map { $0["symbol"] as? String } == expected.map(\.symbol))
    #expect(changes.map { $0["detail"] as? String } == expected.map(\.detail))
    #expect(changes.map { $0["new"] as? String } == expected.map(\.new))
  }

  /// The schema is OASIS's own, out of a package that carries it: Scripts/fetch-corpus gets it.
  private static let schema =
    (ProcessInfo.processInfo.environment["BINDGEN_COLL_CORPUS"]
      ?? "\(repositoryRoot())/.cache/corpus") + "/sarif/2.1.0/sarif-schema-2.1.0.json"

  @Test(
    "SARIF is what its schema says",
    .enabled(
      if: Files.exists(schema) || isCI,
      "the corpus is not there: run Scripts/fetch-corpus headers"))
  func sarif() throws {
    let directory = try TemporaryDirectory()
    let report = try directory.write(
      try Shared.templates.get().render(try Self.composite(), as: .sarif), to: "report.sarif")
    try runTool("python3", ["-c", Self.validate, Self.schema, report])
    // A validator that lets everything pass would be no test.
    let wrong = try directory.write(
      try String(contentsOfFile: report, encoding: .utf8).replacing(
        "\"level\": \"error\"", with: "\"level\": \"bad\""),
      to: "wrong.sarif")
    #expect(throws: (any Error).self) {
      try runTool("python3", ["-c", Self.validate, Self.schema, wrong])
    }
  }

  private static let validate = """
    import json, jsonschema, sys
    schema, report = (json.load(open(path, encoding="utf-8")) for path in sys.argv[1:])
    jsonschema.Draft7Validator.check_schema(schema)
    jsonschema.Draft7Validator(schema).validate(report)
    """

  @Test("HTML has no element, attribute or script that the template does not write")
  func html() throws {
    let directory = try TemporaryDirectory()
    let report = try directory.write(
      try Shared.templates.get().render(try Self.composite(), as: .html), to: "report.html")
    let said = try runTool("python3", ["-c", Self.outline, report])
    #expect(said == "balanced\n")
  }

  /// Python's parser reads what a browser would.
  private static let outline = """
    import html.parser, sys
    ELEMENTS = set("html head meta title style body h1 h2 h3 p div table thead tbody tr th td a "
                   "article ul li strong span code pre figure figcaption".split())
    ATTRIBUTES = {"lang", "charset", "name", "content", "class", "href", "id", "data-label"}
    class Outline(html.parser.HTMLParser):
        stack = []
        def handle_starttag(self, tag, attributes):
            assert tag in ELEMENTS, tag
            for name, value in attributes:
                assert name in ATTRIBUTES, (tag, name, value)
                assert name != "href" or value.startswith("#"), value
            if tag != "meta":
                self.stack.append(tag)
        def handle_endtag(self, tag):
            assert self.stack.pop() == tag, tag
    outline = Outline()
    outline.feed(open(sys.argv[1], encoding="utf-8").read())
    outline.close()
    print("balanced" if not outline.stack else outline.stack)
    """
}

extension ReportFormat {
  fileprivate var fileExtension: String {
    switch self {
    case .text: "txt"
    case .markdown: "md"
    case .json: "json"
    case .sarif: "sarif"
    case .html: "html"
    }
  }
}
