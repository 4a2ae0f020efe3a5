import CUDARuntime
import Collectives
import CustomAllReduce
import Glibc
import LibraryLoader
import NCCLBindings

/// Attached to a communicator of the real library, which takes what the kernels do not.
func checkAttached(_ rank: Rank) throws {
  guard !rank.sharesDevices else {
    return rank.say("attached: left out, for NCCL does not let ranks share a GPU")
  }
  let communicator = try rank.connect()
  // Over the communicator's own collectives first, then over the rendezvous.
  for meeting in [nil, rank.meeting] {
    let allReduce = try CustomAllReduce(communicator, rendezvous: meeting, options: rank.options())
    rank.expect(allReduce.refusals.isEmpty, "is on: \(allReduce.refusals)")
    try checkBothTake(rank, allReduce, communicator)
    try allReduce.close()
  }
  try communicator.destroy()
}

extension Rank {
  fileprivate func connect() throws -> Communicator {
    try Communicator(NCCLLibrary.load(), meeting, on: .cuda(context))
  }
}

/// Calls that are taken and calls that are not, one after the other, eagerly and in a graph.
private func checkBothTake(
  _ rank: Rank, _ allReduce: CustomAllReduce, _ communicator: Communicator
) throws {
  let nRanks = rank.nRanks
  let triangle = Float(nRanks * (nRanks + 1) / 2)
  let own = Float(rank.number + 1)
  let stream = try Stream(rank.context)
  let twice = ReductionOp.custom(try communicator.makePreMultipliedSum(Float(2)))
  /// Of float32, and whether our kernels take it; nil: that is the table's affair.
  let calls: [(count: Int, op: ReductionOp, isTaken: Bool?, result: Float)] = [
    (1024, .sum, true, triangle), (3, .sum, false, triangle), (1 << 20, .sum, true, triangle),
    (1 << 26, .sum, nil, triangle), (4096, twice, false, 2 * triangle),
    (4096, .maximum, true, Float(nRanks)), (4096, .average, true, triangle / Float(nRanks)),
  ]
  let inputs = try calls.map {
    try DeviceBuffer<Float>(rank.context, Array(repeating: own, count: $0.count))
  }
  let outputs = try calls.map { try DeviceBuffer<Float>(rank.context, count: $0.count) }
  func run(_ stream: Stream) throws(CustomAllReduceError) {
    for (call, (input, output)) in zip(calls, zip(inputs, outputs)) {
      try onDevice { () throws(CUDAError) in try output.fill(12345, in: stream) }
      try allReduce.allReduce(input, into: output, call.op, on: stream)
    }
  }
  func check(_ what: String) throws {
    try communicator.waitUntilFinished(stream, timeout: .seconds(30))
    try allReduce.check()
    for (call, output) in zip(calls, outputs) {
      let wrong = try output.array().first { $0 != call.result }
      rank.expect(
        wrong == nil,
        "\(what), \(call.op) of \(call.count): \(wrong ?? 0) for \(call.result)")
    }
  }
  for call in calls {
    guard let isTaken = call.isTaken else { continue }
    rank.expect(
      allReduce.shouldUse(count: call.count, dataType: .float32, call.op) == isTaken,
      "\(call.count), \(allReduce.explain(count: call.count, dataType: .float32, call.op))")
  }
  try run(stream)
  try check("attached")
  let integers = try DeviceBuffer<Int32>(rank.context, Array(repeating: 2, count: 64))
  try allReduce.allReduce(integers, on: stream)
  let doubles = try DeviceBuffer<Double>(rank.context, Array(repeating: 0.5, count: 64))
  try allReduce.allReduce(doubles, on: stream)
  let graph = try allReduce.capture(stream, run).instantiate()
  for _ in 0..<50 { try graph.launch(in: stream) }
  try check("attached, in a graph")
  rank.expect(try integers.array().allSatisfy { $0 == Int32(2 * nRanks) }, "integers")
  rank.expect(try doubles.array().allSatisfy { $0 == Double(nRanks) / 2 }, "doubles")
  // The graph works on them.
  withExtendedLifetime((inputs, twice)) {}
}

/// Calls until a rank is killed: the others must have an error in bounded time. Then the communicator
/// has the calls; that it misses a rank too, whoever watches it finds.
func waitToBeKilledAttached(_ rank: Rank) throws {
  let communicator = try rank.connect()
  let options = rank.options { $0.timeout = .seconds(1) }
  let allReduce = try CustomAllReduce(communicator, rendezvous: rank.meeting, options: options)
  try callUntilFailure(rank, allReduce)
  guard case .declined(.failed) = allReduce.explain(count: 1 << 10, dataType: .float32) else {
    return rank.expect(false, "after a failure the communicator has the calls")
  }
  communicator.watch(peers: rank.meeting)
  try expectMissingRank(rank, communicator) { try allReduce.allReduce($0, on: $1) }
  try allReduce.close()
}

/// A communicator's first call, in which the library connects the ranks, when one is gone.
func waitToBeKilledUnconnected(_ rank: Rank) throws {
  let communicator = try rank.connect()
  communicator.watch(callTimeout: .seconds(2))
  rank.sayReady()
  sleep(2)
  try expectMissingRank(rank, communicator) { try communicator.allReduce($0, on: $1) }
}

/// A call, or the wait for it, must end with an error in bounded time.
private func expectMissingRank(
  _ rank: Rank, _ communicator: Communicator,
  _ call: (DeviceBuffer<Float>, CUDARuntime.Stream) throws -> Void
) throws {
  let stream = try Stream(rank.context)
  let buffer = try DeviceBuffer<Float>(rank.context, Array(repeating: 1, count: 1 << 10))
  let start = ContinuousClock.now
  do {
    try call(buffer, stream)
    try communicator.waitUntilFinished(stream, timeout: .seconds(2))
    rank.expect(false, "the communicator misses a rank")
  } catch {
    rank.say("then: \(error)")
    rank.expect(ContinuousClock.now - start < .seconds(20), "\(error)")
  }
  try? communicator.abort()
}
