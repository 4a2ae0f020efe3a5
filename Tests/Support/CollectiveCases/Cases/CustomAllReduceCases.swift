internal import Collectives
internal import CustomAllReduce

/// The all-reduce that is attached to a communicator: it takes calls, or the communicator does.
let customAllReduceCases: [Case] = [
  matrixCase("custom-all-reduce", CustomAllReduceCase()),
  Case("custom-all-reduce-off") { try off($0) },
  Case("custom-all-reduce-exchange") { try exchange($0) },
  Case("custom-all-reduce-end") { try end($0) },
]

/// Every type, reduction and count, odd ones too: the caller need not know who computes it.
private struct CustomAllReduceCase: MatrixBody {
  func run<Element: CheckedElement>(_ matrix: Matrix<Element>, _ plan: Plan) throws {
    let allReduce = try CustomAllReduce(matrix.communicator)
    try matrix.forEachReduction(plan) { reduction in
      let mine = matrix.inputs.value(matrix.rank, reduction.op, isExact: reduction.isExact)
      let result = matrix.inputs.result(reduction.op, isExact: reduction.isExact)
      for count in matrix.counts(plan, reduction) {
        for inPlace in [nil, 0] {
          try matrix.check(
            .init(
              name: matrix.name("custom allReduce", count, inPlace, reduction), sendCount: count,
              receiveCount: count, sent: [.init(place: 0, count: count, pattern: mine)],
              received: [.init(place: 0, count: count, pattern: result)], inPlace: inPlace
            ) { send, receive, stream in
              try allReduce.allReduce(send, into: receive, reduction.code, on: stream)
            })
        }
      }
    }
    try allReduce.close()
  }
}

/// Where there is no GPU it says so, and declines everything.
private func off(_ member: Member) throws {
  guard member.isHost else { throw Skip(reason: "there are GPUs") }
  try member.withCommunicator { communicator in
    let allReduce = try CustomAllReduce(communicator)
    let reasons = allReduce.refusals.map(\.description)
    member.findings.expect(
      reasons.count == 1 && reasons[0].contains("GPUs that the CUDA driver runs"), "\(reasons)")
    member.findings.expect(
      !allReduce.shouldUse(count: 1024, dataType: .float32), "it would take a call")
    let explanation = allReduce.explain(count: 1024, dataType: .float32).description
    member.findings.expect(
      explanation.hasPrefix("fallback: the custom all-reduce is off: "), explanation)
    try allReduce.check()
    // What the communicator refuses arrives as its own error.
    let stream = try member.accelerator.makeStream()
    let small = try member.accelerator.makeBuffer([Int32](repeating: 1, count: 2))
    let large = try member.accelerator.makeBuffer([Int32](repeating: 1, count: 3))
    try expectError(member, "2 elements for 3", containing: "3 elements do not fit into 2") {
      () throws(CustomAllReduceError) in
      try allReduce.allReduce(large, into: small, on: stream)
    }
    try expectError(member, "overlapping buffers", containing: "overlap") {
      () throws(CustomAllReduceError) in
      try allReduce.allReduce(large[0..<2], into: large[1..<3], on: stream)
    }
    let missing = checkedTypes.first { !communicator.dataTypes.contains($0.dataType) }
    if let missing {
      try expectError(
        member, "a type that the library lacks", containing: "has no data type \(missing.dataType)"
      ) { () throws(CustomAllReduceError) in
        try allReduce.allReduce(
          small.address, into: small.address, count: 1, dataType: missing.dataType, on: stream)
      }
    }
  }
}

/// Bytes of different lengths, over the communicator itself.
private func exchange(_ member: Member) throws {
  try member.withCommunicator { communicator in
    let exchange = CommunicatorExchange(communicator, timeout: member.timeout)
    member.findings.expect(
      exchange.rank == member.rank && exchange.nRanks == member.nRanks, "another rank")
    func bytes(_ rank: Int, _ round: Int) -> [UInt8] {
      (0..<((rank + round) % 3 * (1 + 1000 * round))).map { UInt8(truncatingIfNeeded: $0 + rank) }
    }
    for round in 0..<6 {
      let pieces = try exchange.allGather(bytes(member.rank, round))
      let expected = (0..<member.nRanks).map { bytes($0, round) }
      member.findings.expect(pieces == expected, "round \(round): \(pieces.map(\.count)) bytes")
    }
    try exchange.barrier()
    member.findings.expect(
      try exchange.allGather([]) == Array(repeating: [], count: member.nRanks), "of nothing")
  }
}

/// After its end it says so; the communicator goes on.
private func end(_ member: Member) throws {
  try member.withCommunicator { communicator in
    let allReduce = try CustomAllReduce(communicator)
    try allReduce.close()
    try allReduce.close()
    let stream = try member.accelerator.makeStream()
    let buffer = try member.accelerator.makeBuffer([Float](repeating: 1, count: 4))
    try expectError(member, "a call after the end", containing: "has been closed") {
      () throws(CustomAllReduceError) in
      try allReduce.allReduce(buffer, on: stream)
    }
    try member.expectWorks(communicator, Array(0..<member.nRanks), "after the end")
  }
}

private func expectError(
  _ member: Member, _ what: String, containing text: String,
  _ body: () throws(CustomAllReduceError) -> Void
) throws {
  do throws(CustomAllReduceError) {
    try body()
    member.findings.expect(false, "\(what): no error")
  } catch {
    member.findings.expect(
      error.description.contains(text), "\(what): the error does not say \"\(text)\": \(error)")
  }
}
