internal import Glibc
internal import Synchronization

/// An exchange between ranks that are threads of one process.
public final class ThreadExchange: PeerExchange {
  /// This rank.
  public let rank: Int
  /// How many threads there are.
  public let nRanks: Int
  private let table: Table

  private init(rank: Int, _ table: Table) {
    self.rank = rank
    nRanks = table.nRanks
    self.table = table
  }

  /// Makes one for each thread, in the order of the ranks.
  ///
  /// - Parameter timeout: How long a thread waits for the others before it throws.
  public static func make(nRanks: Int, timeout: Duration = .seconds(60)) -> [ThreadExchange] {
    let table = Table(nRanks: nRanks, timeout: timeout)
    return (0..<max(nRanks, 0)).map { ThreadExchange(rank: $0, table) }
  }

  /// Blocks until every thread has come; a thread that waits sleeps.
  ///
  /// - Throws: when the time is over, with the ranks that are missing, on this and every later call.
  public func allGather(_ bytes: [UInt8]) throws(ExchangeError) -> [[UInt8]] {
    try table.allGather(bytes, rank: rank)
  }
}

/// Where the threads of one exchange meet.
private final class Table: Sendable {
  private struct Round {
    /// What came from each rank in this round.
    var pieces: [[UInt8]?]
    /// What the round before gave, and how many rounds there were.
    var result: [[UInt8]] = []
    var number = 0
    var failure: ExchangeError?
  }

  let nRanks: Int
  private let timeout: Duration
  private let round: Mutex<Round>

  init(nRanks: Int, timeout: Duration) {
    self.nRanks = nRanks
    self.timeout = timeout
    round = Mutex(Round(pieces: Array(repeating: nil, count: max(nRanks, 0))))
  }

  func allGather(_ bytes: [UInt8], rank: Int) throws(ExchangeError) -> [[UInt8]] {
    let number = try enter(bytes, rank: rank)
    let end = ContinuousClock.now + timeout
    while true {
      let outcome: Result<[[UInt8]], ExchangeError>? = round.withLock { round in
        // The next round cannot end before this thread enters it.
        if round.number > number { return .success(round.result) }
        if let failure = round.failure { return .failure(failure) }
        guard ContinuousClock.now > end else { return nil }
        let failure = Self.missing(round.pieces)
        round.failure = failure
        return .failure(failure)
      }
      if let outcome { return try outcome.get() }
      usleep(50)
    }
  }

  private func enter(_ bytes: [UInt8], rank: Int) throws(ExchangeError) -> Int {
    let outcome: Result<Int, ExchangeError> = round.withLock { round in
      if let failure = round.failure { return .failure(failure) }
      let number = round.number
      round.pieces[rank] = bytes
      let pieces = round.pieces.compactMap { $0 }
      if pieces.count == round.pieces.count {
        round.result = pieces
        round.number += 1
        round.pieces = Array(repeating: nil, count: pieces.count)
      }
      return .success(number)
    }
    return try outcome.get()
  }

  private static func missing(_ pieces: [[UInt8]?]) -> ExchangeError {
    let ranks = pieces.indices.filter { pieces[$0] == nil }.map(String.init)
    return ExchangeError(
      "rank\(ranks.count == 1 ? "" : "s") \(ranks.joined(separator: ", ")) did not come")
  }
}
