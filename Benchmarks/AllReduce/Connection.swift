import CUDARuntime
import Collectives
import NCCLBindings
import Rendezvous

/// A communicator to compare with and to fall back to. Blocks until all ranks have come.
func connect(
  _ library: NCCLLibrary, _ meeting: Rendezvous, _ context: Context
) throws -> Communicator {
  let communicator = try Communicator(library, meeting, on: .cuda(context))
  // NCCL connects the ranks at the first call, which is not to be in a graph.
  let (stream, buffer) = (try Stream(context), try DeviceBuffer<Float>(context, count: 1 << 20))
  for count in [256, 1 << 20] {
    try communicator.allReduce(buffer[0..<count], on: stream)
    try stream.synchronize()
  }
  return communicator
}
