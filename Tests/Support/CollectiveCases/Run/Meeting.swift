internal import Rendezvous

/// How the ranks meet in the middle of a case. A rank that throws says so, and the others hear of it
/// where they wait for it; the run goes on with the next case.
final class Meeting {
  let rank: Int
  let nRanks: Int
  private let store: any Store
  private let timeout: Duration
  private let trial: Int
  private var step = 0

  /// - Parameter trial: The same on all ranks, and another for each.
  init(_ rendezvous: Rendezvous, trial: Int) {
    store = rendezvous.store
    timeout = rendezvous.timeout
    rank = rendezvous.rank
    nRanks = rendezvous.nRanks
    self.trial = trial
  }

  /// What each rank gives, by rank.
  func allGather(_ bytes: [UInt8]) throws -> [[UInt8]] {
    step += 1
    try store.set(key(step, rank), bytes)
    let keys = (0..<nRanks).map { key(step, $0) }
    let deadline = ContinuousClock.now + timeout
    while true {
      do throws(RendezvousError) {
        return try store.get(keys, timeout: .milliseconds(200))
      } catch {
        guard error.kind == .timeout else { throw error }
        try refuseAbsence()
        guard ContinuousClock.now < deadline else { throw error }
      }
    }
  }

  /// What the root gives.
  func broadcast(_ bytes: [UInt8], root: Int) throws -> [UInt8] {
    try allGather(rank == root ? bytes : [])[root]
  }

  /// Waits until all ranks are here.
  func barrier() throws { _ = try allGather([]) }

  /// This rank comes to no meeting of the case any more.
  func leave() { try? store.set(absence(rank), []) }

  private func refuseAbsence() throws {
    for other in 0..<nRanks where (try? store.get([absence(other)], timeout: .zero)) != nil {
      throw Wrong(description: "rank \(other) has left the case")
    }
  }

  private func key(_ step: Int, _ rank: Int) -> String { "case-\(trial)-step-\(step)-rank-\(rank)" }

  private func absence(_ rank: Int) -> String { "case-\(trial)-absent-\(rank)" }
}
