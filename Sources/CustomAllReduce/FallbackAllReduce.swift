public import CUDARuntime

/// Who does what the custom all-reduce does not take: a communicator.
public protocol FallbackAllReduce: Sendable {
  /// Puts an all-reduce into the stream, as ncclAllReduce does. `input` and `output` may be equal.
  func allReduce(
    _ input: UnsafeMutableRawPointer, into output: UnsafeMutableRawPointer, count: Int,
    dataType: CustomAllReduce.DataType, reductionOp: CustomAllReduce.ReductionOp, in stream: Stream
  ) throws
}
