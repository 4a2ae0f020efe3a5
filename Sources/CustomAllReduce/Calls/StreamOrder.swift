internal import CUDARuntime

/// Keeps the launches of one all-reduce in one order, whatever streams they are put into: two that
/// ran at once would wait for each other's data.
///
/// What a graph does when it is launched is not seen from here: its user orders graphs among
/// themselves and with other calls, alike on all ranks.
struct StreamOrder {
  /// The last stream that ran a call, and the last that recorded one.
  private var ran: Stream?
  private var recorded: Stream?

  /// Must be called before a launch.
  ///
  /// - Throws: where two streams belong to two captures, with the driver's words.
  mutating func enter(_ stream: Stream) throws(CUDAError) {
    if try stream.isCapturing() {
      try order(stream, after: recorded) { (last) throws(CUDAError) in try last.isCapturing() }
      recorded = stream
    } else {
      try order(stream, after: ran) { (last) throws(CUDAError) in !(try last.isCapturing()) }
      ran = stream
    }
  }

  private func order(
    _ stream: Stream, after last: Stream?, where applies: (Stream) throws(CUDAError) -> Bool
  ) throws(CUDAError) {
    guard let last, last.handle != stream.handle, try applies(last) else { return }
    let event = try Event(stream.context)
    try event.record(in: last)
    try stream.wait(for: event)
  }
}
