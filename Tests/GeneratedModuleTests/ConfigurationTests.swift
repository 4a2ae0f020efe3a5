import LibraryLoader
import NCCLBindings
import Testing

/// What a caller sets in a configuration reaches the library, or is refused; nothing is dropped.
@Suite struct ConfigurationTests {
  private func initialise(_ nccl: NCCLLibrary, _ config: NCCLConfig?) throws(CollectiveError) {
    _ = try nccl.commInitRankConfig(
      nRanks: 1, uniqueID: try nccl.getUniqueID(), rank: 0, config: config)
  }

  // --- Real libraries ---

  @Test(.needsNCCL) func aFieldThatIsTooNew() throws {
    let nccl = try NCCLLibrary.load(path: Corpus.library("2.19.3"))
    let error = try #require(throws: CollectiveError.self) {
      try initialise(nccl, NCCLConfig(commName: "ring"))
    }
    #expect(error.kind == .fieldUnsupported)
    #expect(error.call == "ncclConfig_t")
    #expect(
      error.description
        == "NCCL: ncclConfig_t.commName needs NCCL 2.27.3 or later; loaded 2.19.3 from "
        + "\(nccl.library.path) (path given)")
  }

  /// The library's own error shows that it was called.
  @Test(
    .needsNCCL, .needsNoDriver,
    arguments: [
      ("2.19.3", NCCLConfig(blocking: 1, cgaClusterSize: 2, maxCTAs: 8, splitShare: 1)),
      ("2.28.3", NCCLConfig(trafficClass: 3, commName: "ring", nvlsCTAs: 4)),
      ("2.32.3", NCCLConfig(commName: "ring", numRmaSig: 1, nvlsHostMode: 1)),
    ])
  func fieldsThatAreKnown(release: String, config: NCCLConfig) throws {
    let nccl = try NCCLLibrary.load(path: Corpus.library(release))
    let error = try #require(throws: CollectiveError.self) { try initialise(nccl, config) }
    // Where it fails for want of a GPU, NCCL leaves a group open on this thread.
    try? nccl.groupEnd()
    #expect(error.kind == .status(code: 1), "\(error)")
    #expect(error.call == "ncclCommInitRankConfig")
  }

  // --- Libraries compiled beside the real headers ---

  /// The field is in 2.26.2's header and not in 2.25.1's, in structures of the same size.
  @Test(.needsNCCLHeaders) func aFieldInPadding() throws {
    let before = try NCCLFixture("2.25.1").nccl
    let error = try #require(throws: CollectiveError.self) {
      try initialise(before, NCCLConfig(trafficClass: 3))
    }
    #expect(
      error.text?.hasPrefix("ncclConfig_t.trafficClass needs NCCL 2.26.2 or later; ") == true)
    try initialise(try NCCLFixture("2.26.2").nccl, NCCLConfig(trafficClass: 3))
  }

  /// Texts live while the call runs, numbers arrive, and the stamp is the loaded release's.
  @Test(.needsNCCLHeaders) func valuesArrive() throws {
    let fixture = try NCCLFixture("2.32.3")
    let name = String(repeating: "a name too long for a small string ", count: 1)
    let comm = try fixture.nccl.commInitRankConfig(
      nRanks: 1, uniqueID: try fixture.nccl.getUniqueID(), rank: 0,
      config: NCCLConfig(blocking: 7, netName: "Socket", commName: name))
    #expect(comm.value.rawValue == UnsafeMutableRawPointer(bitPattern: 0x5eed))
    #expect(try fixture.text(0) == "Socket")
    #expect(try fixture.text(1) == name)
    #expect(try UInt32(truncatingIfNeeded: fixture.number("version")) == 23203)
    #expect(try UInt32(truncatingIfNeeded: fixture.number("blocking")) == 7)
    try initialise(fixture.nccl, nil)
    #expect(try UInt32(truncatingIfNeeded: fixture.number("version")) == 0)

    try fixture.nccl.allReduceConfig(
      sendBuffer: nil, recvBuffer: nil, count: 0, dataType: .float32, op: .sum, comm: .null,
      stream: .null, config: NCCLCollConfig(algSelection: "ring", userProfilerTag: 1 << 40))
    #expect(try fixture.text(2) == "ring")
    #expect(try fixture.number("profilerTag") == 1 << 40)

    try fixture.nccl.setEncryption(config: NCCLEncryptionConfig(mode: 1, psk: "key"))
    #expect(try fixture.text(3) == "key")
    #expect(try UInt32(truncatingIfNeeded: fixture.number("encryptionMode")) == 1)
  }

  @Test(.needsNCCLHeaders) func whatTheLibraryWritesComesBack() throws {
    let fixture = try NCCLFixture("2.22.3")
    #expect(try fixture.nccl.groupSimulateEnd().estimatedTime == 1.5)
    #expect(try UInt32(truncatingIfNeeded: fixture.number("simulationMagic")) == 0x7468_5283)
  }

  @Test(.needsNCCLHeaders) func textsWithAZeroByte() throws {
    let nccl = try NCCLFixture("2.32.3").nccl
    let error = try #require(throws: CollectiveError.self) {
      try initialise(nccl, NCCLConfig(commName: "a\0b"))
    }
    #expect(error.kind == .invalidArgument)
    #expect(error.text == "commName has a zero byte, where C ends the text")
  }
}
