internal import Collectives

/// Sends and receives.
let pointToPointCases: [Case] = [
  matrixCase("ring", RingCase()),
  matrixCase("batch", BatchCase()),
  matrixCase("self-send", SelfSendCase()),
]

/// Each rank sends to the next one.
struct RingCase: MatrixBody {
  func run<Element: CheckedElement>(_ matrix: Matrix<Element>, _ plan: Plan) throws {
    let communicator = matrix.communicator
    let next = (matrix.rank + 1) % matrix.nRanks
    let previous = (matrix.rank + matrix.nRanks - 1) % matrix.nRanks
    // What nothing is done with need not be sent.
    for count in matrix.allCounts(plan) where count > 0 {
      try matrix.check(
        .init(
          name: matrix.name("ring", count, nil), sendCount: count, receiveCount: count,
          sent: [.init(place: 0, count: count, pattern: matrix.inputs.block(matrix.rank))],
          received: [.init(place: 0, count: count, pattern: matrix.inputs.block(previous))]
        ) { send, receive, stream in
          try communicator.library.group { () throws(CommunicatorError) in
            try communicator.send(send, to: next, on: stream)
            try communicator.receive(into: receive, from: previous, on: stream)
          }
        })
    }
  }
}

/// Each rank sends several messages to each other, the later ones larger; they match in order.
struct BatchCase: MatrixBody {
  func run<Element: CheckedElement>(_ matrix: Matrix<Element>, _ plan: Plan) throws {
    let (rank, nRanks) = (matrix.rank, matrix.nRanks)
    let sizes = [1, 7, 130]
    let total = sizes.reduce(0, +)
    func pieces(_ number: (Int) -> Int) -> [Matrix<Element>.Piece] {
      (0..<nRanks).map {
        .init(place: $0 * total, count: total, pattern: matrix.inputs.block(number($0)))
      }
    }
    try matrix.check(
      .init(
        name: "batch \(Element.dataType.name)", sendCount: nRanks * total,
        receiveCount: nRanks * total, sent: pieces { rank * nRanks + $0 },
        received: pieces { $0 * nRanks + rank }
      ) { send, receive, stream in
        var transfers: [Communicator.Transfer<Buffer<Element>>] = []
        for peer in 0..<nRanks {
          var start = peer * total
          for size in sizes {
            transfers.append(.send(send[start..<start + size], to: peer))
            transfers.append(.receive(into: receive[start..<start + size], from: peer))
            start += size
          }
        }
        try matrix.communicator.transfer(transfers, on: stream)
      })
  }
}

/// To oneself.
struct SelfSendCase: MatrixBody {
  func run<Element: CheckedElement>(_ matrix: Matrix<Element>, _ plan: Plan) throws {
    let (communicator, rank) = (matrix.communicator, matrix.rank)
    for count in matrix.allCounts(plan) where count > 0 {
      let pattern = matrix.inputs.block(rank)
      try matrix.check(
        .init(
          name: matrix.name("send to oneself", count, nil), sendCount: count, receiveCount: count,
          sent: [.init(place: 0, count: count, pattern: pattern)],
          received: [.init(place: 0, count: count, pattern: pattern)]
        ) { send, receive, stream in
          try communicator.transfer(
            [.receive(into: receive, from: rank), .send(send, to: rank)], on: stream)
        })
    }
  }
}
