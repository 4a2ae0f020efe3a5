internal import Collectives

/// How an operation's elements lie in the ranks' buffers.
///
/// As in nccl-tests the size is that of the larger of the two buffers, and the count is what the call
/// is given.
struct Layout: Sendable {
  /// Elements of a rank's buffers.
  let send: [Int]
  let receive: [Int]
  /// What the call is given; of the V forms, the elements of all blocks.
  let count: Int
  /// Where the ranks' two parts begin in one buffer; nil: it cannot be done in place.
  let inPlace: [(send: Int, receive: Int)]?
  /// Of the V forms: by rank, what it gives or gets.
  let blocks: Blocks
  /// Of an all-to-all-v.
  let exchange: Exchange?

  /// In elements.
  var capacity: Int { max(send.max() ?? 0, receive.max() ?? 0) }

  init(_ operation: Operation, elements: Int, elementSize: Int, nRanks: Int) throws {
    let ranks = 0..<nRanks
    let block = Self.block(elements / nRanks, elementSize)
    let all = [Int](repeating: elements, count: nRanks)
    let one = [Int](repeating: block, count: nRanks)
    let every = [Int](repeating: block * nRanks, count: nRanks)
    // Blocks of 1, 2, ... nRanks units.
    let unit = Self.block(elements / (nRanks * (nRanks + 1) / 2), elementSize)
    let uneven = Blocks(counts: ranks.map { unit * ($0 + 1) })
    let total = uneven.counts.reduce(0, +)
    let totals = [Int](repeating: total, count: nRanks)
    switch operation {
    case .allReduce, .reduce, .broadcast:
      self.init(all, all, elements, ranks.map { _ in (0, 0) })
    case .sendReceive: self.init(all, all, elements, nil)
    case .allGather, .gather: self.init(one, every, block, ranks.map { ($0 * block, 0) })
    case .reduceScatter, .scatter: self.init(every, one, block, ranks.map { (0, $0 * block) })
    case .allToAll: self.init(every, every, block, nil)
    case .allToAllV:
      let counts = ranks.map { rank in ranks.map { unit * (1 + (rank + $0) % nRanks) } }
      self.init(totals, totals, total, nil, exchange: try Exchange(counts: counts))
    case .allGatherV:
      self.init(uneven.counts, totals, total, uneven.displacements.map { ($0, 0) }, uneven)
    case .reduceScatterV:
      self.init(totals, uneven.counts, total, uneven.displacements.map { (0, $0) }, uneven)
    }
  }

  private init(
    _ send: [Int], _ receive: [Int], _ count: Int, _ inPlace: [(send: Int, receive: Int)]?,
    _ blocks: Blocks = Blocks(counts: []), exchange: Exchange? = nil
  ) {
    self.send = send
    self.receive = receive
    self.count = count
    self.inPlace = inPlace
    self.blocks = blocks
    self.exchange = exchange
  }

  /// Blocks of 16 bytes and more are multiples of that, as in nccl-tests: libraries copy so much at
  /// once.
  private static func block(_ count: Int, _ elementSize: Int) -> Int {
    let quantum = 16 / elementSize
    return count < quantum ? count : count / quantum * quantum
  }
}
