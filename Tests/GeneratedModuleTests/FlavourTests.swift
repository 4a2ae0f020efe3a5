import LibraryLoader
import NCCLBindings
import TestSupport
import Testing

/// NCCL's name stands for other vendors' libraries too.
@Suite struct FlavourTests {
  /// NVIDIA's own is none of the others.
  @Test(.needsNCCL, arguments: Corpus.loadable)
  func realLibraries(release: String) throws {
    let nccl = try NCCLLibrary.load(path: Corpus.library(release))
    #expect(nccl.library.flavour == nil)
    #expect(nccl.library.layoutRelease?.description == release)
  }

  /// What each of them exports beside the calls that all have.
  private static let clones: [(flavour: String, code: Int, symbols: [String])] = [
    ("rccl", 22105, ["pncclAllReduce", "ncclAllToAll", "ncclAllToAllv", "mscclLoadAlgo"]),
    ("rccl", 22803, ["pncclAllReduce", "ncclAlltoAll", "mscclLoadAlgo", "ncclAllReduceWithBias"]),
    ("mscclpp", 702, ["ncclAllToAll", "ncclAllToAllv", "ncclGroupSimulateEnd"]),
    ("vccl", 22902, ["pncclAllReduce", "ncclAlltoAll", "ncclAlltoAllv"]),
    ("vccl", 22662, ["pncclAllReduce"]),
    ("ncclx", 22707, ["pncclAllReduce", "ncclAllToAllv", "ncclCommWorld"]),
    ("ncclx", 23203, ["pncclAllReduce", "ncclAlltoAll", "ncclGlobalRegisterWithPtr"]),
  ]

  private static func compile(_ code: Int, _ symbols: [String]) throws -> String {
    let others = symbols.map { "int \($0)(void) { return 0; }" }.joined(separator: "\n")
    return try FixtureLibrary.compile(
      source: """
        int ncclGetVersion(int *version) { *version = \(code); return 0; }
        int ncclGroupStart(void) { return 8; }
        int ncclGetUniqueId(void *id) { return 0; }
        int ncclCommInitRankConfig(void) { return 0; }
        \(others)
        """, name: "libnccl.so.2"
    ).path
  }

  /// Plain calls work; what a struct looks like is not known.
  @Test(arguments: clones.indices)
  func clone(index: Int) throws {
    let (flavour, code, symbols) = Self.clones[index]
    let nccl = try NCCLLibrary.load(path: try Self.compile(code, symbols))
    #expect(nccl.library.flavour == flavour)
    #expect(try Int(nccl.getVersion()) == code)
    let failure = try #require(throws: CollectiveError.self) { try nccl.groupStart() }
    #expect(failure.codeName == "timeout")
    let refusal = try #require(throws: CollectiveError.self) {
      try nccl.commInitRankConfig(
        nRanks: 1, uniqueID: try nccl.getUniqueID(), rank: 0, config: NCCLConfig(blocking: 1))
    }
    #expect(
      refusal.text?.hasPrefix(
        "ncclConfig_t has no known layout in the flavour \(flavour), which may have other fields "
          + "in NCCL's places; loaded ") == true, "\(refusal)")
    // Without the struct the call can be made.
    _ = try nccl.commInitRankConfig(
      nRanks: 1, uniqueID: try nccl.getUniqueID(), rank: 0, config: nil)
  }

  @Test func ambiguousClone() throws {
    let path = try Self.compile(22803, ["mscclLoadAlgo", "ncclAlltoAllv"])
    let error = try #require(throws: LoadError.self) { try NCCLLibrary.load(path: path) }
    #expect(
      error.description.hasSuffix(
        """
          rccl (AMD's RCCL): exports mscclLoadAlgo
          vccl (VCCL, whose own calls are in VCCLBindings): exports ncclAlltoAllv
          To fix: set LoadOptions.flavour to "rccl" or "vccl".
        """), "\(error)")
    // A word for NVIDIA's own, should it come to look like another's.
    let own = try NCCLLibrary.load(LoadOptions(path: path, flavour: "nvidia")).library
    #expect(own.layoutRelease == own.release && own.flavourSource == .named)
    let named = try NCCLLibrary.load(LoadOptions(path: path, flavour: "rccl"))
    #expect(named.library.flavour == "rccl" && named.library.flavourSource == .named)
  }
}
