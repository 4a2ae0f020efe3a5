internal import Rendezvous

/// What one rank has measured of a case in one place.
struct LocalTiming {
  /// Microseconds an operation, by round.
  let times: [Double]
  /// nil: not checked.
  let wrong: Int?
}

/// What all ranks together have: a round takes as long as on the slowest of them.
struct Timing: Sendable, Equatable {
  /// In microseconds: the median of the rounds, the least, the most.
  let time: Double
  let least: Double
  let most: Double
  /// Elements of all ranks; nil: not checked.
  let wrong: Int?

  /// Of all ranks' figures.
  init(_ ranks: [LocalTiming]) {
    let rounds = (ranks.first?.times ?? []).indices.map { round in
      ranks.map { $0.times[round] }.max() ?? 0
    }
    self.init(
      time: rounds.median, least: rounds.min() ?? 0, most: rounds.max() ?? 0,
      wrong: ranks.reduce(Int?(0)) { sum, rank in
        sum.flatMap { sum in rank.wrong.map { sum + $0 } }
      })
  }

  init(time: Double, least: Double, most: Double, wrong: Int?) {
    (self.time, self.least, self.most, self.wrong) = (time, least, most, wrong)
  }
}

extension Rendezvous {
  /// Gives every rank all ranks' numbers.
  func exchange(_ numbers: [Double]) throws -> [[Double]] {
    let bytes = numbers.flatMap { number in
      (0..<8).map { UInt8(truncatingIfNeeded: number.bitPattern >> ($0 * 8)) }
    }
    return try allGather(bytes).map { bytes in
      stride(from: 0, to: bytes.count - 7, by: 8).map { start in
        Double(bitPattern: (0..<8).reduce(0) { $0 | UInt64(bytes[start + $1]) << ($1 * 8) })
      }
    }
  }

  /// The ranks' timings of a case as one.
  func combine(_ timing: LocalTiming) throws -> Timing {
    Timing(
      try exchange([Double(timing.wrong ?? -1)] + timing.times).map { numbers in
        LocalTiming(
          times: Array(numbers.dropFirst()), wrong: numbers[0] < 0 ? nil : Int(numbers[0]))
      })
  }
}
