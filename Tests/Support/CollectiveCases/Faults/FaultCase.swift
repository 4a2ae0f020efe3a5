internal import CollectiveInterface
internal import Collectives
internal import Glibc

/// What every fault must come to: an error on every rank within a bounded time, nothing left behind,
/// and a process that goes on.
extension Member {
  /// What an error may take; far more than it does, far less than for ever.
  var bound: Duration { .seconds(60) }

  /// How long waits are that are meant to come to nothing.
  var shortWait: Duration { .milliseconds(500) }

  /// Runs a fault with all ranks, and looks at what is left of it.
  ///
  /// - Parameter survivors: The ranks that come out of it; the first makes their next communicator.
  func fault(survivors: [Int]? = nil, _ body: () throws -> Void) throws {
    let survivors = survivors ?? Array(0..<nRanks)
    // The ID of afterwards is shared before: with a rank lost the ranks may not meet again.
    let next = try sharedID()
    // Of threads one looks for all: they would see each other look.
    let looks = rank == 0 || !settings.areThreads
    if looks { try startTaskThreads() }
    try withCommunicator { try expectWorks($0, Array(0..<nRanks), "before the fault") }
    try meeting.barrier()
    ids = []
    let before = looks ? Resources(ids: []) : nil
    try meeting.barrier()
    let clock = ContinuousClock()
    let start = clock.now
    do { try body() } catch { findings.fail("\(error)") }
    let time = clock.now - start
    findings.expect(time < bound, "it took \(time) until all was over")
    guard survivors.contains(rank) else { return }
    if survivors.count == nRanks { try meeting.barrier() }
    if let before { expectNothingLeft(before) }
    if survivors.count == nRanks { try meeting.barrier() }
    try goOn(next, survivors)
  }

  private func goOn(_ id: UniqueID, _ survivors: [Int]) throws {
    guard let place = survivors.firstIndex(of: rank) else { return }
    let communicator = try communicator(id, place, survivors.count)
    try expectWorks(communicator, survivors, "after the fault")
    try communicator.destroy()
  }

  /// Threads and descriptors may take a moment to go: those of tasks five seconds, when they are idle.
  private func expectNothingLeft(_ before: Resources) {
    for _ in 0..<1200 where Resources(ids: ids).excess(over: before) != nil { usleep(10_000) }
    let excess = Resources(ids: ids).excess(over: before)
    findings.expect(excess == nil, "left behind: \(excess ?? "")")
  }

  /// The error must say that it is about another rank, or that time is up, whichever comes first; and
  /// the communicator must be at its end.
  func expectLost(
    _ what: String, _ communicator: Communicator, naming text: String = "",
    _ body: () throws -> Void
  ) {
    guard let error = expectError(what, containing: text, body) else { return }
    switch error.kind {
    case .asynchronous, .timedOut, .peerLost, .library, .device: break
    default: findings.expect(false, "\(what): another kind of error: \(error)")
    }
    findings.expect(!communicator.isUsable, "\(what): the communicator is usable still")
  }
}
