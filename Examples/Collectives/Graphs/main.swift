// Records collectives once and replays them many times, with one launch each.
//
//   mpirun -np 4 graphs

import CUDARuntime
import Collectives
import Glibc
import NCCLBindings
import Rendezvous

/// Records an all-reduce in two steps, replays it, and returns whether the results are right.
///
/// The graph is gone when this returns: NCCL's destroy waits, for ever, for graphs that hold its
/// collectives.
func replay(_ communicator: Communicator, in context: Context) throws -> Bool {
  let nRanks = communicator.nRanks
  let stream = try Stream(context)
  let send = try DeviceBuffer(context, [Float](repeating: 1, count: nRanks << 16))
  let block = try DeviceBuffer<Float>(context, count: 1 << 16)
  let receive = try DeviceBuffer<Float>(context, count: nRanks << 16)

  func collectives() throws(CommunicatorError) {
    try communicator.reduceScatter(send, into: block, on: stream)
    try communicator.allGather(block, into: receive, on: stream)
  }
  // Not recorded: the first calls connect the ranks.
  try collectives()
  try communicator.waitUntilFinished(stream, timeout: .seconds(60))

  let graph = try Graph.capture(collectivesIn: stream) { () throws(CommunicatorError) in
    try collectives()
  }
  let executable = try graph.instantiate()
  try receive.fill(0, in: stream)
  for _ in 0..<1000 { try executable.launch(in: stream) }
  try communicator.waitUntilFinished(stream, timeout: .seconds(60))
  return try receive.array().allSatisfy { $0 == Float(nRanks) }
}

func run() throws -> Bool {
  let nccl = try NCCLLibrary.load()
  let environment = try LaunchEnvironment.current()
  let accelerator = try Accelerator.automatic(
    nccl, device: environment.localRank ?? environment.rank)
  guard let context = accelerator.context else {
    print("rank \(environment.rank): no GPU here, and so no graphs: the library works on the CPU")
    return true
  }
  let rendezvous = try environment.rendezvous()
  let communicator = try Communicator(nccl, rendezvous, on: accelerator)
  let isRight = try replay(communicator, in: context)
  print("rank \(environment.rank): 1000 replays are \(isRight ? "right" : "wrong")")
  try communicator.destroy()
  try rendezvous.close()
  return isRight
}

do { exit(try run() ? 0 : 1) } catch {
  print(error)
  exit(1)
}
