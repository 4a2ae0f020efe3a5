internal import Rendezvous

/// A rank's place in a run.
struct Seat: Sendable {
  let rank: Int
  let nRanks: Int
  /// The number of its GPU among those that its process sees.
  let device: Int
  let rendezvous: Rendezvous

  /// Ranks that are threads of this process and have nobody else.
  static func threads(_ count: Int, timeout: Duration) throws -> [Seat] {
    try Rendezvous.threads(count, timeout: timeout).enumerated().map { rank, rendezvous in
      Seat(rank: rank, nRanks: count, device: rank, rendezvous: rendezvous)
    }
  }

  /// The ranks of one of a launcher's processes, a thread each.
  static func launched(
    _ environment: LaunchEnvironment, threads: Int, timeout: Duration
  ) throws -> [Seat] {
    guard environment.nRanks > 1 else { return try Seat.threads(threads, timeout: timeout) }
    let localRank = environment.localRank ?? environment.rank
    if threads == 1 {
      return [
        Seat(
          rank: environment.rank, nRanks: environment.nRanks, device: localRank,
          rendezvous: try environment.rendezvous(timeout: timeout))
      ]
    }
    guard let address = environment.storeAddress else {
      throw PerfError(
        "\(environment.launcher) does not say where its ranks can meet: set COLL_STORE")
    }
    let nRanks = environment.nRanks * threads
    return try (0..<threads).map { thread in
      let rank = environment.rank * threads + thread
      let store = try address.open(
        job: environment.job, rank: rank, nRanks: nRanks, timeout: timeout)
      return Seat(
        rank: rank, nRanks: nRanks, device: localRank * threads + thread,
        rendezvous: Rendezvous(store, timeout: timeout))
    }
  }
}
