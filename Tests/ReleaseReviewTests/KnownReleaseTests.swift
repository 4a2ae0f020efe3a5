import BindingPlan
import HeaderDiff
import HeaderModel
import ReleaseReview
import TestSupport
import Testing
import Workspace

/// The changes that generic tools grade wrongly, on the real headers' models.
@Suite struct KnownReleaseTests {
  private let project = Project(root: repositoryRoot())

  private func report(
    _ vendor: String, _ old: String, _ new: String
  ) throws -> Report {
    Report(
      try project.model(named: "\(vendor)@\(old)"), try project.model(named: "\(vendor)@\(new)"),
      profile: try project.profile(vendor), others: try project.models(of: vendor))
  }

  /// The rules that a symbol's changes fall under.
  private func rules(_ report: Report, _ symbol: String) -> [String] {
    report.groups.filter { $0.symbol == symbol }.flatMap(\.changes).map(\.rule.id)
  }

  @Test func fieldInTailPaddingOfAVersionedStructureIsCompatible() throws {
    let report = try report("nccl", "2.25.1", "2.26.2")
    #expect(
      rules(report, "ncclConfig_t.trafficClass") == ["versioned-field-in-tail-padding"])
    #expect(report.verdicts == .compatible)
  }

  @Test func retargetedHandleAndRenamedTagOnlyConcernCodeThatNamesThem() throws {
    let report = try report("nccl", "2.27.7", "2.28.3")
    #expect(rules(report, "ncclWindow_t") == ["handle-retargeted"])
    #expect(rules(report, "ncclConfig_t") == ["record-tag-renamed"])
    #expect(rules(report, "ncclConfig_t.nvlinkCentricSched") == ["versioned-field-appended"])
    #expect(
      report.verdicts == Verdicts(source: .conditional, abi: .compatible, swift: .compatible))
  }

  @Test func patchReleaseAddsAFunction() throws {
    let report = try report("nccl", "2.28.3", "2.28.7")
    #expect(rules(report, "ncclCommRevoke") == ["function-added"])
    let group = try #require(report.groups.first { $0.symbol == "ncclCommRevoke" })
    #expect(group.changes[0].twin == "pncclCommRevoke")
    #expect(group.swift.first?.hasPrefix("func commRevoke(") == true)
    #expect(report.verdicts == .compatible)
  }

  @Test func sentinelMovesItsNumberIsReusedAFunctionBecomesAMacroAndTheConfigGrows() throws {
    let report = try report("nccl", "2.29.7", "2.30.3")
    #expect(rules(report, "ncclNumResults") == ["sentinel-moved"])
    #expect(rules(report, "ncclTimeout") == ["sentinel-number-reused"])
    #expect(rules(report, "ncclResetDebugInit") == ["function-became-macro"])
    #expect(rules(report, "ncclConfig_t.maxP2pPeers") == ["versioned-field-appended"])
    #expect(
      report.verdicts == Verdicts(source: .conditional, abi: .conditional, swift: .conditional))
  }

  @Test func typedefThatBecameAPointerBreaksSourceAndNotTheABI() throws {
    let report = try report("nccl", "2.30.4", "2.30.7")
    #expect(rules(report, "ncclParamHandle_t") == ["typedef-became-pointer"])
    #expect(rules(report, "ncclParamGetI32").contains("parameter-respelled"))
    #expect(
      rules(report, "ncclConfig_t.graphStreamOrdering") == ["versioned-field-in-tail-padding"])
    #expect(report.verdicts.source == .breaking)
    #expect(report.verdicts.abi == .compatible)
  }

  @Test func appendedParameterBreaksCAndTheModuleCarriesBoth() throws {
    let report = try report("succl", "1.0.0", "2.0.0")
    #expect(
      rules(report, "succlAllReduce") == ["parameter-appended", "swift-parameter-defaulted"])
    #expect(report.verdicts == Verdicts(source: .breaking, abi: .breaking, swift: .compatible))
  }

  @Test func twoAritiesOfOneRelease() throws {
    let report = try report("vccl", "2.29.2-relay-pointer", "2.29.2-relay-buffer")
    #expect(
      rules(report, "ncclAlltoAllv") == ["parameter-inserted", "parameter-const-removed"])
    #expect(report.verdicts == Verdicts(source: .breaking, abi: .breaking, swift: .conditional))
  }

  /// The compatible growth of every other pair stays compatible for binaries.
  @Test func noOtherReleaseOfNCCLBreaksBinaries() throws {
    let headers = try project.models(of: "nccl")
    let series = ReleaseSeries(try project.profile("nccl"), headers)
    let breaking = series.reports.filter { $0.verdicts.abi == .breaking }
    // pncclGetError was a misnomer, and went.
    #expect(breaking.map(\.new.identifier) == ["2.16.2"])
  }
}
