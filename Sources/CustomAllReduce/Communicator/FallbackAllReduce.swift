public import Collectives

/// Who does what the custom all-reduce does not take: a communicator, or something of a program's own.
public protocol FallbackAllReduce: Sendable {
  /// Puts an all-reduce into the stream, as `ncclAllReduce` does. Both addresses may be the same.
  func allReduce(
    _ send: UnsafeMutableRawPointer?, into receive: UnsafeMutableRawPointer?, count: Int,
    dataType: DataType, _ op: ReductionOp, on stream: some CollectiveStream
  ) throws
}

/// A communicator's own all-reduce: any type, reduction and size that its library takes.
extension Communicator: FallbackAllReduce {}
