internal import CUDARuntime
internal import CollectiveInterface
internal import Collectives

/// Memory that the library knows of.
let memoryCases: [Case] = [
  Case("registration") { try registration($0) },
  Case("library-memory") { try libraryMemory($0) },
  Case("window") { try window($0) },
  Case("scalar-in-memory") { try scalarInMemory($0) },
]

/// Sums a buffer of ones, in place.
private func expectSum<Memory: CollectiveMemory>(
  _ member: Member, _ communicator: Communicator, _ memory: Memory, _ what: String
) throws where Memory.Element == Float {
  let stream = try member.accelerator.makeStream()
  let ones = try member.accelerator.makeBuffer([Float](repeating: 1, count: memory.count))
  let result = try member.accelerator.makeBuffer(of: Float.self, count: memory.count)
  // Into the memory and out of it: only the library need be able to reach it.
  try communicator.allReduce(ones, into: memory, on: stream)
  try communicator.allReduce(memory, into: result, on: stream)
  try communicator.waitUntilFinished(stream, timeout: member.timeout)
  let expected = Float(member.nRanks * member.nRanks)
  member.findings.expect(try result.array().allSatisfy { $0 == expected }, "\(what): the sum")
}

private func registration(_ member: Member) throws {
  try member.require(.commRegister)
  try member.withCommunicator { communicator in
    let buffer = try member.accelerator.makeBuffer([Float](repeating: 0, count: 10_000))
    for _ in 0..<3 {
      let registration = try communicator.register(buffer)
      try expectSum(member, communicator, buffer, "registered memory")
      withExtendedLifetime(registration) {}
    }
    try expectSum(member, communicator, buffer, "memory that was registered")
  }
}

private func libraryMemory(_ member: Member) throws {
  try member.require(.memAlloc)
  try member.withCommunicator { communicator in
    let buffer = try LibraryBuffer<Float>(member.library, on: member.accelerator, count: 10_000)
    try expectSum(member, communicator, buffer, "the library's memory")
    try expectSum(member, communicator, buffer[1000..<2001], "a slice of the library's memory")
    for count in [0, -1, Int.max] {
      member.expectError("\(count) elements", containing: "cannot have \(count) elements") {
        _ = try LibraryBuffer<Float>(member.library, on: member.accelerator, count: count)
      }
    }
  }
}

private func window(_ member: Member) throws {
  try member.require(.commWindowRegister)
  try member.require(.memAlloc)
  try member.withCommunicator { communicator in
    let buffer = try LibraryBuffer<Float>(member.library, on: member.accelerator, count: 1 << 20)
    let window: Window
    do throws(CommunicatorError) {
      window = try communicator.registerWindow(buffer)
    } catch {
      throw error.isUnsupported ? Skip(reason: error.text) : error as any Error
    }
    try expectSum(member, communicator, buffer, "a window")
    // All ranks let go of it together.
    try member.meeting.barrier()
    withExtendedLifetime(window) {}
  }
}

private func scalarInMemory(_ member: Member) throws {
  try member.require(.redOpCreatePreMulSum)
  try member.withCommunicator { communicator in
    let stream = try member.accelerator.makeStream()
    let scalar = try member.accelerator.makeBuffer([Float(0)])
    let op = ReductionOp.custom(try communicator.makePreMultipliedSum(scalarIn: scalar))
    let buffer = try member.accelerator.makeBuffer(of: Float.self, count: 100)
    // Each rank's is its own, and may change between calls.
    for factor: Float in [0.5, 3] {
      try scalar.copy(from: [factor * Float(communicator.rank + 1)])
      try buffer.copy(from: [Float](repeating: 4, count: 100))
      try communicator.allReduce(buffer, op, on: stream)
      try communicator.waitUntilFinished(stream, timeout: member.timeout)
      let expected = 4 * factor * Float(member.nRanks * (member.nRanks + 1) / 2)
      member.findings.expect(
        try buffer.array().allSatisfy { $0 == expected }, "fours times \(factor) and more")
    }
    member.expectError("two scalars", containing: "a scalar is one element") {
      _ = try communicator.makePreMultipliedSum(scalarIn: buffer)
    }
  }
}
