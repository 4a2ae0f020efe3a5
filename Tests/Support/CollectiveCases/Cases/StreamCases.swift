internal import CUDADriverBindings
internal import CUDARuntime
internal import Collectives

/// What collectives are put into.
let streamCases: [Case] = [
  Case("two-streams") { try twoStreams($0) },
  Case("default-stream") { try defaultStream($0) },
  Case("long-queue") { try longQueue($0) },
  Case("graph", hasNonBlocking: false) { try graph($0) },
]

/// One communicator in turn on two streams; the ranks agree on the order.
private func twoStreams(_ member: Member) throws {
  try member.withCommunicator { communicator in
    let streams = [try member.accelerator.makeStream(), try member.accelerator.makeStream()]
    let buffers = try (0..<20).map {
      try member.accelerator.makeBuffer([Int64](repeating: Int64($0 + member.rank), count: 5000))
    }
    for (index, buffer) in buffers.enumerated() {
      let stream = streams[index % 2]
      try communicator.allReduce(buffer, on: stream)
    }
    for stream in streams { try communicator.waitUntilFinished(stream, timeout: member.timeout) }
    let n = member.nRanks
    for (index, buffer) in buffers.enumerated() {
      let expected = Int64(n * index + n * (n - 1) / 2)
      member.findings.expect(
        try buffer.array().allSatisfy { $0 == expected }, "call \(index) on stream \(index % 2)")
    }
  }
}

/// The default stream is nil to every library.
private func defaultStream(_ member: Member) throws {
  try member.withCommunicator { communicator in
    let context = member.accelerator.context
    let whole = context.map { Stream($0, borrowing: CUStream(rawValue: nil)) }
    let stream = BorrowedStream(nil) { (try? whole?.isDone()) ?? true }
    let buffer = try member.accelerator.makeBuffer([Int32](repeating: 3, count: 777))
    try communicator.allReduce(buffer, on: stream)
    try communicator.waitUntilFinished(stream, timeout: member.timeout)
    let expected = Int32(3 * member.nRanks)
    member.findings.expect(try buffer.array().allSatisfy { $0 == expected }, "the default stream")
  }
}

/// More calls than anything holds at once, and one wait.
private func longQueue(_ member: Member) throws {
  try member.withCommunicator { communicator in
    let stream = try member.accelerator.makeStream()
    let buffer = try member.accelerator.makeBuffer([UInt32](repeating: 1, count: 10))
    let calls = 2000
    for _ in 0..<calls { try communicator.allReduce(buffer, .maximum, on: stream) }
    try communicator.allReduce(buffer, on: stream)
    try communicator.waitUntilFinished(stream, timeout: member.timeout)
    let expected = UInt32(member.nRanks)
    member.findings.expect(try buffer.array().allSatisfy { $0 == expected }, "after \(calls) calls")
  }
}

private func graph(_ member: Member) throws {
  guard member.accelerator.context != nil else { throw Skip(reason: "the CPU has no graphs") }
  try member.withCommunicator { communicator in
    guard let stream = try member.accelerator.makeStream() as? Stream else {
      throw Wrong(description: "the stream of a GPU is no Stream")
    }
    let one = try member.accelerator.makeBuffer([Int32](repeating: 0, count: 3001))
    let sum = try member.accelerator.makeBuffer(of: Int32.self, count: 3001)
    let gathered = try member.accelerator.makeBuffer(of: Int32.self, count: 3001 * member.nRanks)
    // What connects the ranks cannot be recorded.
    try communicator.allReduce(one, into: sum, on: stream)
    try communicator.allGather(sum, into: gathered, on: stream)
    try communicator.waitUntilFinished(stream, timeout: member.timeout)
    let graph = try Graph.capture(collectivesIn: stream) { () throws(CommunicatorError) in
      try communicator.allReduce(one, into: sum, on: stream)
      try communicator.allGather(sum, into: gathered, on: stream)
    }
    let executable = try graph.instantiate()
    let n = Int32(member.nRanks)
    for replay in 0..<10_000 {
      let value = Int32(replay + member.rank)
      try one.copy(from: [Int32](repeating: value, count: 3001))
      try executable.launch(in: stream)
      try communicator.waitUntilFinished(stream, timeout: member.timeout)
      let expected = n * Int32(replay) + n * (n - 1) / 2
      member.findings.expect(
        try gathered.array().allSatisfy { $0 == expected }, "replay \(replay) is not \(expected)")
    }
  }
}
