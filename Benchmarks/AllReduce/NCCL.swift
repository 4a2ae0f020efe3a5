import CUDADriverBindings
import CUDARuntime
import CustomAllReduce
import LibraryLoader
import NCCLBindings

/// A rank of NCCL's, to compare with and to fall back to.
struct NCCLRank: FallbackAllReduce {
  let library: NCCLLibrary
  let communicator: NCCLComm

  /// Blocks until all ranks have come.
  init(
    _ library: NCCLLibrary, _ context: Context, _ exchange: any PeerExchange
  ) throws {
    self.library = library
    let id = exchange.rank == 0 ? try library.getUniqueID().bytes : []
    let bytes = try exchange.allGather(id)[0]
    let (rank, nRanks) = (Int32(exchange.rank), Int32(exchange.nRanks))
    try context.makeCurrent()
    communicator = try library.commInitRank(
      nRanks: nRanks, uniqueID: NCCLUniqueID(bytes: bytes), rank: rank
    ).value
    // NCCL connects the ranks at the first call, which is not to be in a graph.
    let (stream, buffer) = (try Stream(context), try DeviceBuffer<Float>(context, count: 1 << 20))
    for count in [256, 1 << 20] {
      try allReduce(
        buffer.pointer, into: buffer.pointer, count: count, dataType: .float32, reductionOp: .sum,
        in: stream)
      try stream.synchronize()
    }
  }

  func allReduce(
    _ input: UnsafeMutableRawPointer, into output: UnsafeMutableRawPointer, count: Int,
    dataType: CustomAllReduce.DataType, reductionOp: CustomAllReduce.ReductionOp, in stream: Stream
  ) throws {
    try library.allReduce(
      sendBuffer: input, recvBuffer: output, count: count, dataType: Self.type(dataType),
      op: Self.operation(reductionOp), comm: communicator,
      stream: NCCLStream(rawValue: stream.handle.rawValue))
  }

  private static func type(_ dataType: CustomAllReduce.DataType) -> NCCLDataType {
    switch dataType {
    case .float32: .float32
    case .float16: .float16
    case .bfloat16: .bfloat16
    }
  }

  private static func operation(_ reductionOp: CustomAllReduce.ReductionOp) -> NCCLReductionOp {
    switch reductionOp {
    case .sum: .sum
    case .product: .prod
    case .maximum: .max
    case .minimum: .min
    case .average: .avg
    }
  }
}
