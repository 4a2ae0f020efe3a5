/// File descriptors that the ranks of several processes give each other.
///
/// They come in messages of a few, a round at a time, so that a socket's queue and the descriptors
/// that a user may have under way suffice: who sends a round has read the one before, which all have
/// sent.
struct DescriptorExchange {
  let exchange: any PeerExchange
  /// By rank, whether it is in another process.
  let isElsewhere: [Bool]
  /// By rank, how many descriptors it gives to every rank elsewhere.
  let counts: [Int]

  /// Every rank must call it, with the same counts. Blocks until all have.
  ///
  /// - Parameters:
  ///   - make: One of this rank's descriptors; it is closed when it has been sent.
  ///   - take: Is given a peer's descriptors in their order; each is closed when it returns.
  /// - Throws: on every rank, where it failed on one.
  func run(
    make: (Int) throws(CustomAllReduceError) -> Int32,
    take: (_ peer: Int, _ descriptor: Int32) throws(CustomAllReduceError) -> Void
  ) throws(CustomAllReduceError) {
    var mailbox: DescriptorMailbox?
    let addresses = try exchange.agreeInCapture { () throws(CustomAllReduceError) in
      let made = try exchanging { () throws(ExchangeError) in try DescriptorMailbox() }
      mailbox = made
      return made.address
    }
    guard let mailbox else { return }
    let perRound = DescriptorMailbox.descriptorsPerMessage
    let rounds = ((counts.max() ?? 0) + perRound - 1) / perRound
    func range(_ rank: Int, _ round: Int) -> Range<Int> {
      min(round * perRound, counts[rank])..<min((round + 1) * perRound, counts[rank])
    }
    func label(_ rank: Int, _ round: Int) -> DescriptorMailbox.Label {
      DescriptorMailbox.Label(rank: UInt32(rank), round: UInt32(round))
    }
    let peers = counts.indices.filter { isElsewhere[$0] }
    for round in 0...rounds {
      _ = try exchange.agreeInCapture { () throws(CustomAllReduceError) in
        for peer in peers where round > 0 && !range(peer, round - 1).isEmpty {
          let received = try exchanging { () throws(ExchangeError) in
            try mailbox.receive(label(peer, round - 1), count: range(peer, round - 1).count)
          }
          for descriptor in received { try take(peer, descriptor.number) }
          withExtendedLifetime(received) {}
        }
        let rank = exchange.rank
        var own: [Descriptor] = []
        for index in range(rank, round) { own.append(Descriptor(owning: try make(index))) }
        for peer in peers where !own.isEmpty {
          try exchanging { () throws(ExchangeError) in
            try mailbox.send(own, as: label(rank, round), to: addresses[peer], of: peer)
          }
        }
        return []
      }
    }
  }
}
