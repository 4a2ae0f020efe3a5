// A file of our own beside those that the plugin makes: what reads better than the vendor's calls.

extension ACCLLibrary {
  /// Gives every rank the sum of what all ranks give.
  public func allReduce(
    _ values: UnsafeMutableBufferPointer<Float>, context: ACCLContext, queue: ACCLQueue
  ) throws {
    try allReduce(
      context: context, input: values.baseAddress, output: values.baseAddress,
      count: Int32(values.count), type: .f32, op: .add, queue: queue)
  }
}
