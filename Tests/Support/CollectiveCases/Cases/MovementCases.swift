internal import Collectives

struct BroadcastCase: MatrixBody {
  func run<Element: CheckedElement>(_ matrix: Matrix<Element>, _ plan: Plan) throws {
    for count in matrix.allCounts(plan) {
      for root in plan.roots {
        for inPlace in [nil, 0] {
          let (mine, theirs) = (matrix.inputs.block(matrix.rank), matrix.inputs.block(root))
          try matrix.check(
            .init(
              name: matrix.name("broadcast", count, inPlace, root: root), sendCount: count,
              receiveCount: count, sent: [.init(place: 0, count: count, pattern: mine)],
              received: [.init(place: 0, count: count, pattern: theirs)], inPlace: inPlace
            ) { send, receive, stream in
              try matrix.communicator.broadcast(send, into: receive, root: root, on: stream)
            })
        }
      }
    }
  }
}

struct AllGatherCase: MatrixBody {
  func run<Element: CheckedElement>(_ matrix: Matrix<Element>, _ plan: Plan) throws {
    for count in matrix.allCounts(plan) {
      for inPlace in [nil, -matrix.rank * count] {
        try matrix.check(
          .init(
            name: matrix.name("allGather", count, inPlace), sendCount: count,
            receiveCount: matrix.nRanks * count,
            sent: [.init(place: 0, count: count, pattern: matrix.inputs.block(matrix.rank))],
            received: matrix.blocks(count) { $0 }, inPlace: inPlace
          ) { send, receive, stream in
            try matrix.communicator.allGather(send, into: receive, on: stream)
          })
      }
    }
  }
}

struct AllToAllCase: MatrixBody {
  func run<Element: CheckedElement>(_ matrix: Matrix<Element>, _ plan: Plan) throws {
    let (rank, nRanks) = (matrix.rank, matrix.nRanks)
    for count in matrix.allCounts(plan) {
      try matrix.check(
        .init(
          name: matrix.name("allToAll", count, nil), sendCount: nRanks * count,
          receiveCount: nRanks * count, sent: matrix.blocks(count) { rank * nRanks + $0 },
          received: matrix.blocks(count) { $0 * nRanks + rank }
        ) { send, receive, stream in
          try matrix.communicator.allToAll(send, into: receive, on: stream)
        })
    }
  }
}

struct GatherCase: MatrixBody {
  func run<Element: CheckedElement>(_ matrix: Matrix<Element>, _ plan: Plan) throws {
    let rank = matrix.rank
    for count in matrix.allCounts(plan) {
      for root in plan.roots {
        // In place on the root alone, whose block is in the buffer that it collects into.
        for inPlace in [nil, -rank * count] {
          try matrix.check(
            .init(
              name: matrix.name("gather", count, inPlace, root: root), sendCount: count,
              receiveCount: matrix.nRanks * count,
              sent: [.init(place: 0, count: count, pattern: matrix.inputs.block(rank))],
              received: rank == root ? matrix.blocks(count) { $0 } : [], inPlace: inPlace
            ) { send, receive, stream in
              try matrix.communicator.gather(send, into: receive, root: root, on: stream)
            })
        }
      }
    }
  }
}

struct ScatterCase: MatrixBody {
  func run<Element: CheckedElement>(_ matrix: Matrix<Element>, _ plan: Plan) throws {
    let (rank, nRanks) = (matrix.rank, matrix.nRanks)
    for count in matrix.allCounts(plan) {
      for root in plan.roots {
        for inPlace in [nil, rank * count] {
          let mine = matrix.inputs.block(root * nRanks + rank)
          try matrix.check(
            .init(
              name: matrix.name("scatter", count, inPlace, root: root), sendCount: nRanks * count,
              receiveCount: count, sent: matrix.blocks(count) { rank * nRanks + $0 },
              received: [.init(place: 0, count: count, pattern: mine)], inPlace: inPlace
            ) { send, receive, stream in
              try matrix.communicator.scatter(send, into: receive, root: root, on: stream)
            })
        }
      }
    }
  }
}

extension Matrix {
  /// A block of each rank, one after the other.
  ///
  /// - Parameter number: Which block is a rank's.
  func blocks(_ count: Int, _ number: (Int) -> Int) -> [Piece] {
    (0..<nRanks).map {
      Piece(place: $0 * count, count: count, pattern: inputs.block(number($0)))
    }
  }
}
