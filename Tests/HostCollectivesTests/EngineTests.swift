import CHostCases
import CHostCollectives
import Testing

/// What the C half reports, as an expectation.
private func expectNoFailures(
  _ report: hcase_report, sourceLocation: SourceLocation = #_sourceLocation
) {
  var report = report
  let text = withUnsafeBytes(of: &report.text) { bytes in
    String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
  }
  #expect(
    report.failures == 0, "\(report.failures) of \(report.cases): \(text)",
    sourceLocation: sourceLocation)
  #expect(report.cases > 0, sourceLocation: sourceLocation)
}

/// Chunks so small that a few thousand elements need several.
private func smallChunks() -> hc_config {
  hc_config(blocking: 1, timeout_ms: 60_000, chunk_bytes: 4096, name: nil)
}

/// One of the C half's scenarios.
struct Scenario: Sendable, CustomTestStringConvertible {
  let index: Int32

  var testDescription: String { String(cString: hcase_scenario_at(index).name) }

  static var all: [Scenario] { (0..<hcase_scenario_count).map(Scenario.init) }
}

@Suite("Threads as ranks")
struct EngineTests {
  @Test("Small floats convert exactly, all values and all midpoints")
  func conversions() {
    var report = hcase_report()
    hcase_conversions(&report)
    expectNoFailures(report)
  }

  @Test("Collectives x types x reductions x in place x counts", arguments: [1, 2, 3, 4])
  func collectives(ranks: Int32) {
    var report = hcase_report()
    var config = smallChunks()
    hcase_with_threads(ranks, &config, hcase_all, &report)
    expectNoFailures(report)
  }

  @Test("The same with more ranks than processors, and fewer counts", arguments: [8])
  func manyRanks(ranks: Int32) {
    var report = hcase_report()
    var config = smallChunks()
    hcase_with_threads(ranks, &config, hcase_some, &report)
    expectNoFailures(report)
  }

  @Test("Exchanges of messages in groups", arguments: [1, 2, 3, 4, 8])
  func exchanges(ranks: Int32) {
    var report = hcase_report()
    var config = smallChunks()
    hcase_with_threads(ranks, &config, hcase_exchanges, &report)
    expectNoFailures(report)
  }

  @Test("Scenarios", arguments: Scenario.all)
  func scenario(_ scenario: Scenario) throws {
    let run = try #require(hcase_scenario_at(scenario.index).run)
    var report = hcase_report()
    run(&report)
    expectNoFailures(report)
  }

  @Test("Every status has words")
  func statusTexts() {
    for code in 0...7 {
      let words = String(cString: hc_status_text(hc_status(UInt32(code))))
      #expect(!words.isEmpty && words != "unknown status")
    }
    #expect(String(cString: hc_status_text(hc_status(99))) == "unknown status")
  }
}
