internal import Collectives

struct AllReduceCase: MatrixBody {
  func run<Element: CheckedElement>(_ matrix: Matrix<Element>, _ plan: Plan) throws {
    try matrix.forEachReduction(plan) { reduction in
      let mine = matrix.inputs.value(matrix.rank, reduction.op, isExact: reduction.isExact)
      let result = matrix.inputs.result(reduction.op, isExact: reduction.isExact)
      for count in matrix.counts(plan, reduction) {
        for inPlace in [nil, 0] {
          try matrix.check(
            .init(
              name: matrix.name("allReduce", count, inPlace, reduction), sendCount: count,
              receiveCount: count, sent: [.init(place: 0, count: count, pattern: mine)],
              received: [.init(place: 0, count: count, pattern: result)], inPlace: inPlace
            ) { send, receive, stream in
              try matrix.communicator.allReduce(send, into: receive, reduction.code, on: stream)
            })
        }
      }
    }
  }
}

struct ReduceCase: MatrixBody {
  func run<Element: CheckedElement>(_ matrix: Matrix<Element>, _ plan: Plan) throws {
    try matrix.forEachReduction(plan) { reduction in
      let mine = matrix.inputs.value(matrix.rank, reduction.op, isExact: reduction.isExact)
      let result = matrix.inputs.result(reduction.op, isExact: reduction.isExact)
      for count in matrix.counts(plan, reduction) {
        for root in plan.roots {
          for inPlace in [nil, 0] {
            let received =
              matrix.rank == root
              ? [Matrix.Piece(place: 0, count: count, pattern: result)] : []
            try matrix.check(
              .init(
                name: matrix.name("reduce", count, inPlace, reduction, root: root),
                sendCount: count, receiveCount: count,
                sent: [.init(place: 0, count: count, pattern: mine)], received: received,
                inPlace: inPlace
              ) { send, receive, stream in
                try matrix.communicator.reduce(
                  send, into: receive, reduction.code, root: root, on: stream)
              })
          }
        }
      }
    }
  }
}

struct ReduceScatterCase: MatrixBody {
  func run<Element: CheckedElement>(_ matrix: Matrix<Element>, _ plan: Plan) throws {
    let (rank, nRanks) = (matrix.rank, matrix.nRanks)
    try matrix.forEachReduction(plan) { reduction in
      let mine = matrix.inputs.value(rank, reduction.op, isExact: reduction.isExact)
      let result = matrix.inputs.result(reduction.op, isExact: reduction.isExact)
      for count in matrix.counts(plan, reduction) {
        for inPlace in [nil, rank * count] {
          try matrix.check(
            .init(
              name: matrix.name("reduceScatter", count, inPlace, reduction),
              sendCount: nRanks * count, receiveCount: count,
              sent: [.init(place: 0, count: nRanks * count, pattern: mine)],
              received: [.init(place: 0, count: count, pattern: result, start: rank * count)],
              inPlace: inPlace
            ) { send, receive, stream in
              try matrix.communicator.reduceScatter(
                send, into: receive, reduction.code, on: stream)
            })
        }
      }
    }
  }
}
