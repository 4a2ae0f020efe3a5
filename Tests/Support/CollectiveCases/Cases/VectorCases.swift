internal import Collectives

/// How much each rank has for each other: also nothing, and more than a step.
private enum Counts {
  static func flat(_ nRanks: Int) -> [[Int]] {
    (0..<nRanks).map { sender in (0..<nRanks).map { 5 * sender + 3 * $0 + 1 } }
  }

  static func sparse(_ nRanks: Int) -> [[Int]] {
    (0..<nRanks).map { sender in
      (0..<nRanks).map { (sender + $0) % 3 == 0 ? 0 : 17 * (sender + 1) + $0 }
    }
  }

  static func nothing(_ nRanks: Int) -> [[Int]] {
    Array(repeating: Array(repeating: 0, count: nRanks), count: nRanks)
  }

  static func large(_ nRanks: Int, _ byteCount: Int) -> [[Int]] {
    var counts = nothing(nRanks)
    counts[0][nRanks - 1] = (256 << 10) / byteCount + 3
    counts[nRanks - 1][0] = 1
    return counts
  }

  static func all(_ plan: Plan, _ byteCount: Int) -> [(String, [[Int]])] {
    let n = plan.nRanks
    let some = [("sparse", sparse(n)), ("nothing", nothing(n))]
    return plan.isThin ? some : some + [("dense", flat(n)), ("large", large(n, byteCount))]
  }
}

/// Blocks with gaps between them, in the opposite order of the ranks.
private func scattered(_ counts: [Int]) -> Blocks {
  var displacements = [Int](repeating: 0, count: counts.count)
  var start = 2
  for rank in counts.indices.reversed() {
    displacements[rank] = start
    start += counts[rank] + 3
  }
  return Blocks(counts: counts, displacements: displacements)
}

extension Blocks {
  /// What a buffer for them must have.
  fileprivate var end: Int { zip(counts, displacements).map { $0 + $1 }.max() ?? 0 }
}

extension Matrix {
  fileprivate func pieces(_ blocks: Blocks, _ number: (Int) -> Int) -> [Piece] {
    (0..<nRanks).map {
      Piece(
        place: blocks.displacements[$0], count: blocks.counts[$0], pattern: inputs.block(number($0))
      )
    }
  }

  fileprivate func checkExchange(
    _ name: String, _ send: Blocks, _ receive: Blocks,
    _ enqueue: @escaping (Buffer<Element>, Buffer<Element>, any CollectiveStream) throws -> Void
  ) throws {
    try check(
      .init(
        name: "\(name) \(Element.dataType.name)", sendCount: send.end, receiveCount: receive.end,
        sent: pieces(send) { rank * nRanks + $0 }, received: pieces(receive) { $0 * nRanks + rank },
        enqueue: enqueue))
  }
}

struct AllToAllVBlocksCase: MatrixBody {
  func run<Element: CheckedElement>(_ matrix: Matrix<Element>, _ plan: Plan) throws {
    for (name, counts) in Counts.all(plan, MemoryLayout<Element>.stride) {
      for hasGaps in [false, true] {
        let (out, into) = (counts[matrix.rank], counts.map { $0[matrix.rank] })
        let send = hasGaps ? scattered(out) : Blocks(counts: out)
        let receive = hasGaps ? scattered(into) : Blocks(counts: into)
        try matrix.checkExchange("allToAllV of \(name) blocks, gaps \(hasGaps)", send, receive) {
          try matrix.communicator.allToAllV($0, send, into: $1, receive, on: $2)
        }
      }
    }
  }
}

struct AllToAllVExchangeCase: MatrixBody {
  func run<Element: CheckedElement>(_ matrix: Matrix<Element>, _ plan: Plan) throws {
    for (name, counts) in Counts.all(plan, MemoryLayout<Element>.stride) {
      for hasGaps in [false, true] {
        let exchange = try exchange(counts, hasGaps)
        let send = exchange.sendBlocks(of: matrix.rank)
        let receive = exchange.receiveBlocks(of: matrix.rank)
        try matrix.checkExchange("allToAllV of a \(name) exchange, gaps \(hasGaps)", send, receive)
        {
          try matrix.communicator.allToAllV($0, into: $1, exchange, on: $2)
        }
      }
    }
    let exchange = try exchange(Counts.sparse(plan.nRanks), false)
    let relay = try matrix.member.accelerator.makeBuffer(of: Element.self, count: 1024)
    try matrix.checkExchange(
      "allToAllV with a relay buffer", exchange.sendBlocks(of: matrix.rank),
      exchange.receiveBlocks(of: matrix.rank)
    ) {
      try matrix.communicator.allToAllV($0, into: $1, exchange, relay: relay, on: $2)
    }
  }

  private func exchange(_ counts: [[Int]], _ hasGaps: Bool) throws -> Exchange {
    guard hasGaps else { return try Exchange(counts: counts) }
    let transposed = counts.indices.map { column in counts.map { $0[column] } }
    return try Exchange(send: counts.map(scattered), receive: transposed.map(scattered))
  }
}

struct AllGatherVCase: MatrixBody {
  func run<Element: CheckedElement>(_ matrix: Matrix<Element>, _ plan: Plan) throws {
    let rank = matrix.rank
    for (name, matrixOfCounts) in Counts.all(plan, MemoryLayout<Element>.stride) {
      // What a rank gives must be known to all: a column of the matrix.
      let counts = matrixOfCounts.map { $0[plan.nRanks - 1] }
      for blocks in [Blocks(counts: counts), scattered(counts)] {
        for inPlace in [nil, -blocks.displacements[rank]] {
          try matrix.check(
            .init(
              name: matrix.name("allGatherV of \(name) blocks", counts[rank], inPlace),
              sendCount: counts[rank], receiveCount: blocks.end,
              sent: [.init(place: 0, count: counts[rank], pattern: matrix.inputs.block(rank))],
              received: matrix.pieces(blocks) { $0 }, inPlace: inPlace
            ) {
              try matrix.communicator.allGatherV($0, into: $1, blocks, on: $2)
            })
        }
      }
    }
  }
}

struct ReduceScatterVCase: MatrixBody {
  func run<Element: CheckedElement>(_ matrix: Matrix<Element>, _ plan: Plan) throws {
    let rank = matrix.rank
    let all = Counts.all(plan, MemoryLayout<Element>.stride)
    try matrix.forEachReduction(plan) { reduction in
      let mine = matrix.inputs.value(rank, reduction.op, isExact: reduction.isExact)
      let result = matrix.inputs.result(reduction.op, isExact: reduction.isExact)
      let isFirst = reduction.op == .sum && reduction.isExact
      for (name, matrixOfCounts) in isFirst ? all : Array(all.prefix(1)) {
        let counts = matrixOfCounts.map { $0[plan.nRanks - 1] }
        for blocks in [Blocks(counts: counts), scattered(counts)] {
          let place = blocks.displacements[rank]
          for inPlace in [nil, place] {
            try matrix.check(
              .init(
                name: matrix.name(
                  "reduceScatterV of \(name) blocks", counts[rank], inPlace, reduction),
                sendCount: blocks.end, receiveCount: counts[rank],
                sent: [.init(place: 0, count: blocks.end, pattern: mine)],
                received: [.init(place: 0, count: counts[rank], pattern: result, start: place)],
                inPlace: inPlace
              ) {
                try matrix.communicator.reduceScatterV(
                  $0, into: $1, blocks, reduction.code, on: $2)
              })
          }
        }
      }
    }
  }
}
