import Collectives
import Foundation
import FoundationXML
import TestSupport
import Testing

@testable import coll_perf

/// The forms of one report, against files that were recorded:
/// `BINDGEN_COLL_RECORD=failed swift test --filter ReportTests/matches`.
@Suite struct ReportTests {
  static let report: Report = {
    var settings = Settings()
    settings.isChecked = true
    let devices = (0..<2).map { rank in
      DeviceInfo(
        rank: rank, host: "a<b", processID: 10 + rank, ordinal: rank, name: "NVIDIA H200",
        pciBusID: "0000:1\(rank):00.0")
    }
    var report = Report(
      subject: Report.Subject(
        command: ["coll-perf", "-c"], label: "NCCL 2.28.3 & co", date: "2026-01-02T03:04:05Z",
        vendor: "NCCL", libraryPath: "/usr/lib/libnccl.so.2", release: "2.28.3", flavour: nil,
        isStandIn: false, devices: devices), settings: settings)
    for (index, size) in [1024, 32768, 1 << 20, 32 << 20].enumerated() {
      let time = 6.25 + Double(size) / 300_000
      let timing = Timing(time: time, least: time * 0.9, most: time * 1.5, wrong: 0)
      report.rows.append(
        Row(
          test: Case(
            operation: .allReduce, dataType: .bfloat16, reduction: .sum, root: nil, size: size),
          count: size / 2, byteCount: size, nRanks: 2, outOfPlace: timing,
          inPlace: Timing(time: time, least: time, most: time, wrong: index == 3 ? 7 : 0)))
      report.rows.append(
        Row(
          test: Case(
            operation: .broadcast, dataType: .bfloat16, reduction: nil, root: 1, size: size),
          count: size / 2, byteCount: size, nRanks: 2, outOfPlace: timing, inPlace: nil))
    }
    report.overhead = Overhead(count: 256, samples: 100, communicator: 2100, direct: 2000)
    return report
  }()

  private var plot: String {
    get throws {
      let documents = [try PlotDocument(Self.report.json, named: "test")]
      return try Plot(documents, title: "a < b & \"c\"").svg()
    }
  }

  @Test func matches() throws {
    let report = Self.report
    let rows = report.rows.filter { $0.test.operation == .allReduce }
    let table =
      Table.header(report.subject, report.settings) + Table.columns(.allReduce)
      + rows.map { Table.row($0) } + Table.footer(report)
      + (report.overhead.map { Table.overhead($0) } ?? [])
    let files = [
      ("report.json", report.json.rendered()), ("plot.svg", try plot),
      ("table.txt", table.map { $0 + "\n" }.joined()),
    ].map { ($0.0, Array($0.1.utf8)) }
    let problem = try Expectations(
      "report", in: "\(repositoryRoot())/Tests/CollPerfTests/Expected",
      filter: "ReportTests/matches"
    ).problem([GoldenStage("report", files)], mode: try RecordMode.current())
    #expect(problem == nil, "\(problem ?? "")")
  }

  @Test func plotIsWellFormed() throws {
    let parser = XMLParser(data: Data(try plot.utf8))
    #expect(parser.parse(), "\(parser.parserError.map { "\($0)" } ?? "")")
  }

  /// Lines stay within the page, and no two labels of an axis or legend are at one place.
  @Test func plotHasRoomForWhatIsInIt() throws {
    let document = try PlotDocument(Self.report.json, named: "test")
    let text = try Plot([document, document]).svg()
    let page = try #require(try /viewBox="0 0 (\d+) (\d+)"/.firstMatch(in: text))
    let (width, height) = (try #require(Double(page.1)), try #require(Double(page.2)))
    var places: Set<String> = []
    for match in text.matches(of: /<text [^>]*x="([\d.]+)" y="([\d.]+)"/) {
      #expect(places.insert("\(match.1) \(match.2)").inserted)
      #expect(try #require(Double(match.1)) < width && #require(Double(match.2)) < height)
    }
    for match in text.matches(of: /cx="([-\d.]+)" cy="([-\d.]+)"/) {
      #expect(try (0...width).contains(#require(Double(match.1))))
      #expect(try (0...height).contains(#require(Double(match.2))))
    }
  }

  @Test func slowestRankCounts() {
    let timing = Timing([
      LocalTiming(times: [1, 5, 2], wrong: 1), LocalTiming(times: [3, 4, 1], wrong: 2),
    ])
    #expect(timing == Timing(time: 3, least: 2, most: 5, wrong: 3))
    #expect(Timing([LocalTiming(times: [1], wrong: nil)]).wrong == nil)
    #expect([4.0, 1, 3, 2].median == 2.5)
  }

  @Test func plotsOtherProgramsResults() throws {
    let text = """
      {"schema": "coll-perf-1", "label": "PyTorch", "n_ranks": 2, "measurements": [
        {"operation": "allReduce", "data_type": "float32", "size_bytes": 4,
         "out_of_place": {"time_us": 1.5, "busbw_gb_s": 2}}]}
      """
    let document = try PlotDocument(try JSONParser.parse(Array(text.utf8)), named: "torch.json")
    #expect(try Plot([document]).svg().contains("allReduce, float32, 2 ranks, PyTorch"))
  }

  @Test(arguments: [
    ("{}", "schema"), (#"{"schema": "coll-perf-1"}"#, "label"),
    (
      #"{"schema": "coll-perf-1", "label": "", "n_ranks": 1, "measurements": [{"operation": ""}]}"#,
      "measurement 0: \"data_type\""
    ),
  ])
  func saysWhatAFileLacks(text: String, words: String) throws {
    let json = try JSONParser.parse(Array(text.utf8))
    #expect {
      try PlotDocument(json, named: "a.json")
    } throws: { "\($0)".contains("a.json") && "\($0)".contains(words) }
  }
}
