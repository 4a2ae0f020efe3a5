/// What can be measured, one name for all vendors.
enum Operation: String, Sendable, CaseIterable {
  case allReduce, reduce, broadcast, allGather, reduceScatter, allToAll, gather, scatter
  case allToAllV, allGatherV, reduceScatterV
  /// Every rank sends to the next and receives from the one before.
  case sendReceive

  var reduces: Bool {
    switch self {
    case .allReduce, .reduce, .reduceScatter, .reduceScatterV: true
    default: false
    }
  }

  var hasRoot: Bool {
    switch self {
    case .reduce, .broadcast, .gather, .scatter: true
    default: false
    }
  }

  /// The bus bandwidth in units of the algorithm's, as nccl-tests defines it: what the slowest link
  /// must carry, so that figures of different operations and numbers of ranks can be compared with
  /// what the hardware has.
  func busFactor(nRanks: Int) -> Double {
    let n = Double(nRanks)
    return switch self {
    case .allReduce: 2 * (n - 1) / n
    case .reduce, .broadcast, .sendReceive: 1
    case .allGather, .reduceScatter, .allToAll, .gather, .scatter, .allToAllV, .allGatherV,
      .reduceScatterV:
      (n - 1) / n
    }
  }
}
