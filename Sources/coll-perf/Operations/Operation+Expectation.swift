internal import Collectives

/// Where some of a rank's received elements come from.
struct Segment: Sendable, Equatable {
  enum Source: Sendable, Equatable {
    /// A rank's elements, from an index in its send buffer on.
    case rank(Int, from: Int)
    /// All ranks' elements, combined, from an index in their send buffers on.
    case allRanks(from: Int)
  }

  /// In the receive buffer.
  let range: Range<Int>
  let source: Source
}

extension Operation {
  /// What a rank must have received; what is in no segment is not written.
  func expectation(_ layout: Layout, rank: Int, nRanks: Int, root: Int) -> [Segment] {
    let count = layout.count
    switch self {
    case .allReduce: return [Segment(range: 0..<count, source: .allRanks(from: 0))]
    case .reduce:
      return rank == root ? [Segment(range: 0..<count, source: .allRanks(from: 0))] : []
    case .broadcast: return [Segment(range: 0..<count, source: .rank(root, from: 0))]
    case .sendReceive:
      return [Segment(range: 0..<count, source: .rank((rank + nRanks - 1) % nRanks, from: 0))]
    case .allGather: return Self.blocks(of: count, nRanks, from: 0)
    case .gather: return rank == root ? Self.blocks(of: count, nRanks, from: 0) : []
    case .allToAll: return Self.blocks(of: count, nRanks, from: rank * count)
    case .reduceScatter:
      return [Segment(range: 0..<count, source: .allRanks(from: rank * count))]
    case .scatter: return [Segment(range: 0..<count, source: .rank(root, from: rank * count))]
    case .reduceScatterV:
      let range = 0..<layout.blocks.counts[rank]
      return [Segment(range: range, source: .allRanks(from: layout.blocks.displacements[rank]))]
    case .allGatherV:
      return Self.segments(layout.blocks) { .rank($0, from: 0) }
    case .allToAllV:
      guard let exchange = layout.exchange else { return [] }
      return Self.segments(exchange.receiveBlocks(of: rank)) { sender in
        .rank(sender, from: exchange.sendBlocks(of: sender).displacements[rank])
      }
    }
  }

  /// A block of each rank's, one after the other.
  private static func blocks(of count: Int, _ nRanks: Int, from start: Int) -> [Segment] {
    (0..<nRanks).map { sender in
      Segment(
        range: sender * count..<(sender + 1) * count, source: .rank(sender, from: start))
    }
  }

  private static func segments(
    _ blocks: Blocks, _ source: (Int) -> Segment.Source
  ) -> [Segment] {
    zip(blocks.displacements, blocks.counts).enumerated().map { sender, block in
      Segment(range: block.0..<block.0 + block.1, source: source(sender))
    }
  }
}
