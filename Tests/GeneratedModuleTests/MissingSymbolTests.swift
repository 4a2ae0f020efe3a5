import LibraryLoader
import NCCLBindings
import Testing

/// A call that the loaded release lacks fails alone, and says precisely why.
@Suite(.needsNCCL) struct MissingSymbolTests {
  private func load(_ release: String) throws -> NCCLLibrary {
    try NCCLLibrary.load(path: Corpus.library(release))
  }

  /// 2.28.7, a patch release, brought ncclCommRevoke.
  @Test func revoke() throws {
    let nccl = try load("2.28.3")
    #expect(!nccl.isAvailable(.commRevoke))
    let error = try #require(throws: CollectiveError.self) {
      try nccl.commRevoke(comm: .null, flags: [])
    }
    #expect(error.kind == .symbolUnavailable)
    #expect(error.call == "ncclCommRevoke")
    #expect(
      error.description
        == "NCCL: ncclCommRevoke needs NCCL 2.28.7 or later; loaded 2.28.3 from "
        + "\(nccl.library.path) (path given)")
    #expect(error.release == LibraryRelease(2, 28, 3))

    #expect(try nccl.getVersion() == 22803)
    #expect(try nccl.getUniqueID().bytes != nccl.getUniqueID().bytes)
    try nccl.groupStart()
    try nccl.groupEnd()
  }

  @Test func revokeWhereItIs() throws {
    let nccl = try load("2.32.3")
    #expect(nccl.isAvailable(.commRevoke))
    // Whatever the library makes of a null communicator, it is the library that answers.
    do throws(CollectiveError) {
      try nccl.commRevoke(comm: .null, flags: [])
    } catch {
      #expect(error.kind != .symbolUnavailable)
    }
  }

  /// The missing function counts, not the missing structure that it would be given.
  @Test func theFunctionIsNamedBeforeItsStructure() throws {
    let oldest = try load("2.13.4")
    let config = try #require(throws: CollectiveError.self) {
      try oldest.commInitRankConfig(
        nRanks: 1, uniqueID: try oldest.getUniqueID(), rank: 0, config: NCCLConfig(blocking: 0))
    }
    #expect(config.kind == .symbolUnavailable)
    #expect(config.text?.hasPrefix("ncclCommInitRankConfig needs NCCL 2.14.3 or later; ") == true)
    let simulation = try #require(throws: CollectiveError.self) {
      _ = try oldest.groupSimulateEnd()
    }
    #expect(simulation.kind == .symbolUnavailable)
    #expect(simulation.call == "ncclGroupSimulateEnd")
  }

  @Test(arguments: Corpus.loadable)
  func everyMissingFunction(release: String) throws {
    let nccl = try load(release)
    let parts = release.split(separator: ".").compactMap { Int($0) }
    let number = LibraryRelease(parts[0], parts[1], parts[2])
    for (index, symbol) in NCCLLibrary.description.symbols.enumerated() {
      guard !nccl.library.isAvailable(index) else { continue }
      #expect(symbol.since > number, "\(symbol.name)")
      #expect(
        nccl.library.unavailable(index..<index + 1).text
          == "\(symbol.name) needs NCCL \(symbol.since) or later; loaded \(release) from "
          + "\(nccl.library.path) (path given)")
    }
  }
}
