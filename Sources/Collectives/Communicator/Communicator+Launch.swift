public import CollectiveInterface
public import Rendezvous

extension Communicator {
  /// Makes a communicator of all ranks of a rendezvous. All of them call it.
  ///
  /// Blocks until all ranks have come, at most for the rendezvous' timeout: its error names those that
  /// are missing. Then the library connects them, which is fast but has no limit of its own where the
  /// communicator is to block; where it is not, this waits until it is ready, no longer than the
  /// timeout.
  ///
  /// - Parameters:
  ///   - accelerator: This rank's device; ranks must not share one.
  ///   - configuration: Equal on all ranks.
  /// - Throws: `CommunicatorError` of kind `rendezvous`, or as the initialiser with an ID.
  /// - C: `ncclGetUniqueId`, `ncclCommInitRank`, `ncclCommInitRankConfig`
  public convenience init(
    _ library: any CollectiveLibrary, _ rendezvous: Rendezvous, on accelerator: Accelerator,
    configuration: CommunicatorConfiguration? = nil
  ) throws(CommunicatorError) {
    let made = rendezvous.rank == 0 ? try UniqueID(madeBy: library).bytes : []
    let bytes: [UInt8]
    do throws(RendezvousError) {
      bytes = try rendezvous.broadcast(made, root: 0)
      // The library waits for ranks without end: so they are all here before it is called.
      try rendezvous.barrier()
    } catch {
      throw CommunicatorError(.rendezvous, in: "Communicator", error.text, rank: rendezvous.rank)
    }
    try self.init(
      library, id: try UniqueID(bytes: bytes, for: library), rank: rendezvous.rank,
      nRanks: rendezvous.nRanks, on: accelerator, configuration: configuration)
    if !isBlocking { try waitUntilReady(timeout: rendezvous.timeout) }
  }
}

/// A rendezvous whose ranks have not closed their stores notices one that is gone: over TCP when its
/// connection breaks, in a folder when its lock is free.
extension Rendezvous: PeerMonitor {
  /// The ranks that are lost, or what another rank has told of; asks the store, which is quick. Nothing
  /// while a call of the rendezvous waits for other ranks: that call throws it.
  public func problem() -> String? {
    guard !isInCall else { return nil }
    do throws(RendezvousError) {
      let lost = try store.lostRanks()
      return lost.isEmpty ? nil : "lost: \(lost.map { "rank \($0)" }.joined(separator: ", "))"
    } catch {
      // Somebody ended the job, and said why; or the store is closed, and nobody watches.
      return error.kind == .closed ? nil : error.text
    }
  }

  /// Tells all ranks why the job is over.
  public func tell(_ problem: String) {
    try? store.fail(
      RendezvousError(.ranksLost, "rank \(rank) has given up: \(problem)", ranks: [rank]))
  }
}
