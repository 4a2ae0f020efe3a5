import HeaderDiff
import HeaderModel
import Testing

@testable import ReleaseReview

@Suite struct WaiverTests {
  private static let old = Header(
    vendor: "toy", release: Release(1, 0, 0), target: "x86_64-unknown-linux-gnu",
    functions: [Function(name: "toyGone", result: .void, parameters: [])])
  private static let new = Header(
    vendor: "toy", release: Release(1, 1, 0), target: "x86_64-unknown-linux-gnu",
    functions: [Function(name: "toyCame", result: .void, parameters: [])])

  private func waivers(_ lines: String) throws -> [Waiver] {
    try Waiver.list(yaml: lines, file: "toy.waivers.yml")
  }

  private let accepted = """
    - rule: function-removed
      symbol: toyGone
      release: 1.1.0
      reason: nobody called it
      expires: 2027-03-01

    """

  @Test func aWaivedChangeDoesNotCount() throws {
    let waivers = try waivers(accepted)
    let report = Report(Self.old, Self.new, profile: nil, waivers: waivers)
    #expect(Report(Self.old, Self.new, profile: nil).verdicts.abi == .breaking)
    #expect(report.verdicts == .compatible)
    #expect(report.groups.filter(\.isWaived).map(\.symbol) == ["toyGone"])
    let day = try #require(Day("2027-03-01"))
    #expect(report.problems(of: waivers, on: day) == [])
  }

  @Test func anExpiredWaiverIsAProblem() throws {
    let waivers = try waivers(accepted)
    let report = Report(Self.old, Self.new, profile: nil, waivers: waivers)
    let day = try #require(Day("2027-03-02"))
    #expect(
      report.problems(of: waivers, on: day).map(\.description) == [
        """
        toy.waivers.yml:1: error: the waiver of function-removed for toyGone expired on 2027-03-01 \
        [waiver-expired]
          help: look at the change again, and renew it or take it out
        """
      ])
  }

  @Test func aWaiverThatMatchesNothingIsAProblemForItsReleaseOnly() throws {
    let waivers = try waivers(accepted.replacing("toyGone", with: "toyStayed"))
    let report = Report(Self.old, Self.new, profile: nil, waivers: waivers)
    let day = try #require(Day("2026-01-01"))
    #expect(report.problems(of: waivers, on: day).map(\.rule) == ["waiver-unmatched"])
    let other = Report(Self.new, Self.old, profile: nil, waivers: waivers)
    #expect(other.problems(of: waivers, on: day) == [])
  }

  @Test(
    arguments: [
      ("- rule: function-gone\n  symbol: a\n  reason: b\n  expires: 2027-01-01\n", "waiver-rule"),
      (
        "- rule: function-removed\n  symbol: a\n  reason: b\n  expires: 2027-02-30\n",
        "waiver-expires"
      ),
      (
        "- rule: function-removed\n  symbol: a\n  reason: '-'\n  expires: 2027-01-01\n",
        "waiver-reason"
      ),
      ("- rule: function-removed\n  symbol: a\n  reason: b\n", "profile-missing-key"),
      (
        "- rule: function-removed\n  symbl: a\n  reason: b\n  expires: 2027-01-01\n",
        "profile-unknown-key"
      ),
      ("rule: function-removed\n", "profile-wrong-type"),
    ])
  func badWaiversAreRefused(_ yaml: String, _ rule: String) throws {
    #expect {
      try waivers(yaml)
    } throws: { error in
      (error as? Diagnostic)?.rule == rule
    }
  }

  @Test(arguments: [
    ("2028-02-29", true), ("2027-02-29", false), ("2100-02-29", false), ("2027-13-01", false),
    ("2027-4-01", false), ("2027-04-31", false), ("27-04-01", false), ("2027-04-01 ", false),
  ])
  func daysAreThoseOfTheCalendar(_ text: String, _ isDay: Bool) {
    #expect((Day(text) != nil) == isDay)
  }
}
