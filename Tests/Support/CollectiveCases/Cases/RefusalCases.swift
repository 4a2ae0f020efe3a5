internal import CollectiveInterface
internal import Collectives

/// What a library lacks is refused before anything is called, and never done in another type.
let refusalCases: [Case] = [
  Case("unsupported-types") { try unsupportedTypes($0) },
  Case("unsupported-reductions") { try unsupportedReductions($0) },
  Case("unsupported-operations") { try unsupportedOperations($0) },
]

private func unsupportedTypes(_ member: Member) throws {
  try member.withCommunicator { communicator in
    let lacking = checkedTypes.filter { !communicator.dataTypes.contains($0.dataType) }
    guard !lacking.isEmpty else { throw Skip(reason: "the library has every type") }
    for type in lacking { try refuse(member, communicator, type) }
    try member.expectWorks(communicator, Array(0..<member.nRanks), "after types that it lacks")
  }
}

private func refuse<Element: CheckedElement>(
  _ member: Member, _ communicator: Communicator, _ type: Element.Type
) throws {
  let stream = try member.accelerator.makeStream()
  let name = Element.dataType.name
  let elements = (0..<member.nRanks).map { Element.anything(mixed($0)) }
  let send = try member.accelerator.makeBuffer(elements)
  let receive = try member.accelerator.makeBuffer(elements)
  let calls: [(String, () throws -> Void)] = [
    ("allReduce", { try communicator.allReduce(send, into: receive, on: stream) }),
    ("broadcast", { try communicator.broadcast(send, into: receive, root: 0, on: stream) }),
    ("allToAll", { try communicator.allToAll(send, into: receive, on: stream) }),
    ("send", { try communicator.send(send, to: 0, on: stream) }),
    (
      "allToAllV",
      {
        let blocks = Blocks(counts: Array(repeating: 1, count: member.nRanks))
        try communicator.allToAllV(send, blocks, into: receive, blocks, on: stream)
      }
    ),
  ]
  for (call, body) in calls {
    member.expectUnsupported("\(call) of \(name)", containing: "no data type \(name)", body)
  }
  try communicator.waitUntilFinished(stream, timeout: member.timeout)
  let after = try receive.array().withUnsafeBytes { Array($0) }
  member.findings.expect(
    elements.withUnsafeBytes { $0.elementsEqual(after) }, "a call that was refused has written")
}

private func unsupportedReductions(_ member: Member) throws {
  try member.withCommunicator { communicator in
    let stream = try member.accelerator.makeStream()
    let buffer = try member.accelerator.makeBuffer([Int32(1)])
    for op in ReductionOp.builtIn where !communicator.has(op) {
      member.expectUnsupported("the reduction \(op)", containing: "no reduction \(op)") {
        try communicator.allReduce(buffer, op, on: stream)
      }
    }
    guard member.library.isAvailable(.redOpCreatePreMulSum) else {
      return member.expectUnsupported("a pre-multiplied sum") {
        _ = try communicator.makePreMultipliedSum(Int32(2))
      }
    }
    let other = try member.communicator()
    let op = ReductionOp.custom(try other.makePreMultipliedSum(Int32(2)))
    member.expectError("another communicator's op", containing: "made by another communicator") {
      try communicator.allReduce(buffer, op, on: stream)
    }
    try other.destroy()
  }
}

private func unsupportedOperations(_ member: Member) throws {
  try member.withCommunicator { communicator in
    let buffer = try member.accelerator.makeBuffer([Int32(1)])
    let stream = try member.accelerator.makeStream()
    let operations: [(CollectiveOperation, () throws -> Void)] = [
      (.commRegister, { _ = try communicator.register(buffer) }),
      (.commWindowRegister, { _ = try communicator.registerWindow(buffer) }),
      (
        .memAlloc,
        { _ = try LibraryBuffer<Int32>(member.library, on: member.accelerator, count: 1) }
      ),
      (.commSuspend, { try communicator.suspend() }),
      (.commMemStats, { _ = try communicator.memory(.total) }),
      (.commGrow, { _ = try communicator.grow(to: member.nRanks + 1) }),
      (.paramGetParameter, { _ = try member.library.parameter("NCCL_BUFFSIZE") }),
      (
        .allReduceConfig,
        { try communicator.allReduce(buffer, on: stream, configuration: ["minCTAs": 1]) }
      ),
    ]
    for (operation, call) in operations where !member.library.isAvailable(operation) {
      member.expectUnsupported(operation.rawValue, call)
    }
    try member.expectWorks(communicator, Array(0..<member.nRanks), "after what it lacks")
  }
}
