import CUDARuntime
import Collectives

/// Buffers in NCCL's own memory that all ranks have registered as symmetric windows, for which NCCL has
/// kernels of another kind.
struct SymmetricBuffers {
  let input: LibraryBuffer<UInt8>
  let output: LibraryBuffer<UInt8>
  private let windows: [Window]

  /// Every rank must call it.
  init(_ nccl: Communicator, _ stream: CUDARuntime.Stream, largest: Int) throws {
    input = try LibraryBuffer(nccl.library, on: nccl.accelerator, count: largest)
    output = try LibraryBuffer(nccl.library, on: nccl.accelerator, count: largest)
    windows = [try nccl.registerWindow(input), try nccl.registerWindow(output)]
    guard let address = input.address else { return }
    try DeviceBuffer<UInt8>(stream.context, borrowing: address, count: largest)
      .fill(0x3F, in: stream)
    try stream.synchronize()
  }
}
