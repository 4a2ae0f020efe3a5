import LibraryLoader
import NCCLBindings
import Testing

/// What each release exports, against what the headers declare.
@Suite(.needsNCCL) struct NCCLReportTests {
  /// How many functions a release's header declares, without the profiling twins, and what its
  /// library exports beyond every header.
  struct Expectation {
    var declared: Int
    var undeclared: [String] = []
  }

  /// The functions of nccl_device.h that 2.28.3 exports; each has a twin.
  private static let device = [
    "DevCommCreate", "DevCommDestroy", "LLA2ACalcSlots", "LLA2ACreateRequirement",
    "LsaBarrierCreateRequirement", "TeamLsa", "TeamRail", "TeamRankToLsa", "TeamRankToWorld",
    "TeamWorld",
  ]

  /// Those that 2.32.3 has besides.
  private static let laterDevice = [
    "CommQueryProperties", "GetCftDeviceLeInfo", "GetLsaDevicePointer",
    "GetLsaMultimemDevicePointer", "GetMultimemDeviceLeInfo", "GetMultimemDevicePointer",
    "GetPeerDeviceLeInfo", "GetPeerDevicePointer", "GinBarrierCreateRequirement",
    "GinInboxA2ACreateRequirement", "GinOutboxCreateRequirement", "TeamCft", "TeamCftMultimem",
  ]

  private static let internals = "ncclResetDebugInitInternal"

  private static let expectations = [
    "2.13.4": Expectation(declared: 24),
    "2.19.3": Expectation(declared: 31),
    "2.21.5": Expectation(declared: 31),
    "2.28.3": Expectation(declared: 40, undeclared: withTwins(device) + [internals]),
    "2.32.3": Expectation(declared: 72, undeclared: withTwins(device + laterDevice) + [internals]),
  ]

  private static func withTwins(_ names: [String]) -> [String] {
    names.flatMap { ["nccl\($0)", "pnccl\($0)"] }
  }

  @Test(arguments: Corpus.loadable)
  func report(release: String) throws {
    let expected = try #require(Self.expectations[release])
    let nccl = try NCCLLibrary.load(path: Corpus.library(release))
    let report = nccl.library.report()
    // From 2.30.3 on the header has a macro in the place of this function, which stays exported.
    let beyond = report.present.filter { $0 == "ncclResetDebugInit" && release == "2.32.3" }
    #expect(report.present.count - beyond.count == expected.declared)
    #expect(beyond.isEmpty == (release != "2.32.3"))
    #expect(report.present.count + report.missing.count == NCCLFunction.all.count)
    #expect(report.missing.filter(\.isExpected).isEmpty)
    #expect(report.missing.allSatisfy { $0.since.description > release })
    #expect(report.undecided.isEmpty)
    #expect(report.exportsProblem == nil)
    #expect(report.unexpected == expected.undeclared.sorted())
    #expect(
      NCCLFunction.all.filter(nccl.isAvailable).map(\.description) == report.present)
  }

  @Test func words() throws {
    let report = try NCCLLibrary.load(path: Corpus.library("2.28.3")).library.report().description
    #expect(report.hasPrefix("NCCL 2.28.3\n  file: "))
    #expect(report.contains("\n  version code: 22803\n"))
    #expect(report.contains("\n  symbols present: 40 of 73\n"))
    #expect(report.contains("\n    ncclCommRevoke (since 2.28.7)\n"))
    #expect(report.contains("\n  exported, but not declared by any known header: 21\n"))
    #expect(report.contains("\n    ncclResetDebugInitInternal\n"))
  }
}
