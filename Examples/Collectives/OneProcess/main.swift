// All GPUs of this machine from one process and one thread; with a CPU stand-in, four ranks.
//
//   one-process

import CUDARuntime
import Collectives
import Glibc
import NCCLBindings

func makeCommunicators(_ nccl: NCCLLibrary) throws -> [Communicator] {
  if (try? Accelerator.host(nccl)) != nil {
    return try Communicator.all(nccl, hostRanks: 4)
  }
  let contexts = try CUDA().devices().map { try Context($0) }
  return try Communicator.all(nccl, on: contexts)
}

func run() throws -> Bool {
  let nccl = try NCCLLibrary.load()
  let communicators = try makeCommunicators(nccl)
  let streams = try communicators.map { try $0.accelerator.makeStream() }
  let buffers = try communicators.map { try $0.accelerator.makeBuffer([Int64($0.rank)]) }

  // Without the group the first rank's call would wait for the others', which come after it.
  try nccl.group { () throws(CommunicatorError) in
    for (rank, communicator) in communicators.enumerated() {
      try communicator.allReduce(buffers[rank], .maximum, on: streams[rank])
    }
  }
  for (rank, communicator) in communicators.enumerated() {
    try communicator.waitUntilFinished(streams[rank], timeout: .seconds(60))
  }

  let isRight = try buffers.allSatisfy { try $0.array() == [Int64(communicators.count - 1)] }
  print("\(communicators.count) ranks: \(isRight ? "all is right" : "wrong results")")
  for communicator in communicators { try communicator.destroy() }
  return isRight
}

do { exit(try run() ? 0 : 1) } catch {
  print(error)
  exit(1)
}
