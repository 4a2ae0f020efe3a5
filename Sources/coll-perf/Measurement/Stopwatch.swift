/// How rounds of operations are timed.
struct Stopwatch {
  let iterations: Int
  let warmUps: Int
  let rounds: Int
  let drain: Drain

  /// Microseconds an operation, a figure for each round, as this rank sees them: from before the first
  /// call until the stream is done.
  ///
  /// A round begins when the one before has ended, and so, as operations wait for all ranks, at about
  /// the same time on all.
  func time(_ batch: Batch) throws -> [Double] {
    let launches = max(1, iterations / batch.operations)
    for _ in 0..<(warmUps + batch.operations - 1) / batch.operations { try batch.launch() }
    try drain()
    var times: [Double] = []
    for _ in 0..<rounds {
      let start = ContinuousClock.now
      for _ in 0..<launches { try batch.launch() }
      try drain.wait()
      let time = start.duration(to: .now).microseconds
      try drain.checkState()
      times.append(time / Double(launches * batch.operations))
    }
    return times
  }
}

extension Duration {
  var microseconds: Double {
    Double(components.seconds) * 1e6 + Double(components.attoseconds) / 1e12
  }
}

extension [Double] {
  /// The one in the middle, or half way between the two; 0 of none.
  var median: Double {
    guard !isEmpty else { return 0 }
    let sorted = sorted()
    return (sorted[(count - 1) / 2] + sorted[count / 2]) / 2
  }
}
