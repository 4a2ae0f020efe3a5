public import Collectives
public import Rendezvous

extension CustomAllReduce {
  /// Attaches an all-reduce to a communicator, with all of its ranks: each must call this. What is not
  /// taken goes to the communicator, by the same call.
  ///
  /// ```swift
  /// let allReduce = try CustomAllReduce(communicator)
  /// try allReduce.allReduce(gradients, into: sums, on: stream)
  /// ```
  ///
  /// Blocks until all ranks have come; kernels that no cache has are compiled first, which takes about
  /// a second for each data type. On GPUs the communicator connects its ranks first, which its first call
  /// would otherwise do, in the middle of a capture perhaps, or when a rank is gone. Where that takes
  /// longer than a minute it is aborted; a communicator that blocks may wait longer in the library, for
  /// which `Communicator.watch(callTimeout:)` has a limit. The all-reduce is closed before the
  /// communicator is destroyed.
  ///
  /// On a CPU stand-in, on an accelerator of the program's own, and on GPUs that cannot do this, it is
  /// off: `refusals` says why, and all calls go to the communicator.
  ///
  /// - Parameters:
  ///   - communicator: Whose ranks they are, and who does what is not taken.
  ///   - rendezvous: How the ranks exchange what they need to share memory; the same ranks, and open
  ///     until the all-reduce is closed. nil: over the communicator; see `CommunicatorExchange`.
  ///   - options: The same on all ranks.
  /// - Throws: `CustomAllReduceError.exchange` where the ranks do not find each other, or the
  ///   communicator of another cannot reduce,
  ///   `invalidArgument` for another communicator's rendezvous, `fallback` where the communicator cannot
  ///   reduce.
  public convenience init(
    _ communicator: Communicator, rendezvous: Rendezvous? = nil, options: Options = Options()
  ) throws(CustomAllReduceError) {
    let exchange = try Self.exchange(communicator, rendezvous)
    if let context = communicator.accelerator.context {
      try Self.connect(communicator, exchange)
      try self.init(context, exchange: exchange, options: options, fallback: communicator)
    } else {
      // The ranks of a communicator work on one kind of accelerator: all find this.
      self.init(
        exchange: exchange, options: options, fallback: communicator,
        outcome: .refused([
          Refusal(
            rank: nil, reason: "it works on GPUs that the CUDA driver runs, the communicator not")
        ]))
    }
  }

  /// Has the library connect the ranks, for messages that go different ways. Blocks until it has.
  private static func connect(
    _ communicator: Communicator, _ exchange: any PeerExchange
  ) throws(CustomAllReduceError) {
    var made: (stream: any CollectiveStream, buffer: Buffer<Float>)?
    try together(exchange) { () throws(CommunicatorError) in
      made = (
        try communicator.accelerator.makeStream(),
        try communicator.accelerator.makeBuffer(of: Float.self, count: 1 << 20)
      )
    }
    guard let (stream, buffer) = made else { return }
    try together(exchange) { () throws(CommunicatorError) in
      for count in [256, buffer.count] { try communicator.allReduce(buffer[0..<count], on: stream) }
      try communicator.waitUntilFinished(stream, timeout: connectionTimeout)
    }
  }

  /// A step of the communicator's that all ranks make, or all throw.
  private static func together(
    _ exchange: any PeerExchange, _ step: () throws(CommunicatorError) -> Void
  ) throws(CustomAllReduceError) {
    var failure: CommunicatorError?
    let agreement = try exchanging { () throws(ExchangeError) in
      try exchange.agree { () throws(CustomAllReduceError) in
        do throws(CommunicatorError) { try step() } catch {
          failure = error
          throw .fallback(error)
        }
        return []
      }
    }
    if let failure { throw .fallback(failure) }
    if case .refused(let refusals) = agreement {
      throw .exchange(
        ExchangeError(
          "the communicator does not reduce: " + refusals.map(\.description).joined(separator: "; ")
        ))
    }
  }

  private static let connectionTimeout = Duration.seconds(60)

  private static func exchange(
    _ communicator: Communicator, _ rendezvous: Rendezvous?
  ) throws(CustomAllReduceError) -> any PeerExchange {
    guard let rendezvous else { return CommunicatorExchange(communicator) }
    guard rendezvous.rank == communicator.rank, rendezvous.nRanks == communicator.nRanks else {
      throw .invalidArgument(
        "rank \(communicator.rank) of \(communicator.nRanks) of the communicator is rank "
          + "\(rendezvous.rank) of \(rendezvous.nRanks) of the rendezvous; they are the same ranks")
    }
    return RendezvousExchange(rendezvous)
  }
}
