// The custom all-reduce between the GPUs of one host, eagerly and from a graph; where it cannot work, the
// communicator's.
//
//   mpirun -np 4 custom-all-reduce [TABLE]
//
// TABLE is a file that `allreduce-bench tune` wrote.

import CUDARuntime
import Collectives
import CustomAllReduce
import Foundation
import NCCLBindings
import Rendezvous

/// Records calls and replays them; their buffers are registered with all ranks.
func replay(
  _ allReduce: CustomAllReduce, _ gradients: Buffer<Float>, _ sums: Buffer<Float>,
  _ communicator: Communicator, in context: Context
) throws {
  let stream = try Stream(context)
  let graph = try allReduce.capture(stream) { (stream) throws(CustomAllReduceError) in
    for _ in 0..<10 { try allReduce.allReduce(gradients, into: sums, on: stream) }
  }
  let executable = try graph.instantiate()
  for _ in 0..<100 { try executable.launch(in: stream) }
  try communicator.waitUntilFinished(stream, timeout: .seconds(60))
}

func run() throws -> Bool {
  let nccl = try NCCLLibrary.load()
  let environment = try LaunchEnvironment.current()
  let rendezvous = try environment.rendezvous()
  let accelerator = try Accelerator.automatic(
    nccl, device: environment.localRank ?? environment.rank)
  let communicator = try Communicator(nccl, rendezvous, on: accelerator)
  let (rank, nRanks) = (communicator.rank, communicator.nRanks)
  let stream = try accelerator.makeStream()
  let gradients = try accelerator.makeBuffer([Float](repeating: Float(rank), count: 4096))
  let sums = try accelerator.makeBuffer(of: Float.self, count: 4096)

  var options = CustomAllReduce.Options()
  if let path = CommandLine.arguments.dropFirst().first {
    options.selection = try SelectionTable(text: String(contentsOfFile: path, encoding: .utf8))
  }

  // Every rank makes one, and calls it in the same order.
  let allReduce = try CustomAllReduce(communicator, rendezvous: rendezvous, options: options)
  try allReduce.allReduce(gradients, into: sums, on: stream)
  try communicator.waitUntilFinished(stream, timeout: .seconds(60))
  // Whether a kernel of ours has given up on a rank.
  try allReduce.check()

  if let context = accelerator.context {
    try replay(allReduce, gradients, sums, communicator, in: context)
    try allReduce.check()
  }
  if rank == 0 {
    // Who computes such a call, and why.
    print(allReduce.explain(count: 4096, dataType: .float32))
  }
  let ranksSum = Float(nRanks * (nRanks - 1) / 2)
  let isRight = try sums.array().allSatisfy { $0 == ranksSum }
  print("rank \(rank) of \(nRanks): the sums are \(isRight ? "right" : "wrong")")

  // Before the communicator's end.
  try allReduce.close()
  try communicator.destroy()
  try rendezvous.close()
  return isRight
}

do { exit(try run() ? 0 : 1) } catch {
  print(error)
  exit(1)
}
