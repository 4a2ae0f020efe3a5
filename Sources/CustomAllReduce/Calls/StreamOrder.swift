internal import CUDARuntime

/// Keeps the launches of one all-reduce in one order, whatever streams they are put into: two that
/// ran at once would wait for each other's data.
///
/// What a graph does when it is launched is not seen from here: its user orders graphs among
/// themselves and with other calls, alike on all ranks. What a stream ran before it began to record
/// is waited for by a mark that was made then.
struct StreamOrder {
  /// The last stream that ran a call.
  private var ran: Stream?
  /// Behind what it ran, if it may record by now.
  private var mark: Event?
  /// The last stream that recorded a call, if it still records.
  private var recording: Stream?

  /// Must be called before a stream begins to record, if it is known.
  mutating func willRecord(_ stream: Stream) throws(CUDAError) {
    guard ran?.handle == stream.handle, try !stream.isCapturing() else { return }
    let mark = try Event(stream.context)
    try mark.record(in: stream)
    self.mark = mark
  }

  /// Must be called before a launch.
  ///
  /// - Throws: where two streams belong to two captures, with the driver's words; where the stream
  ///   that ran the last call records and has no mark.
  mutating func enter(_ stream: Stream) throws(CUDAError) {
    // Calls of one stream are in order. The driver is asked only where there are several.
    if recording == nil, mark == nil, ran?.handle == stream.handle {
      ran = stream
      return
    }
    let last = recording ?? ran
    recording = try last?.isCapturing() ?? false ? last : nil
    if try stream.isCapturing() {
      if let recording { try order(stream, after: recording) }
      recording = stream
    } else {
      if let ran { try order(stream, afterWhatRan: ran) }
      ran = stream
      mark = nil
    }
  }

  private func order(_ stream: Stream, afterWhatRan ran: Stream) throws(CUDAError) {
    guard ran.handle != stream.handle else { return }
    guard try ran.isCapturing() else { return try order(stream, after: ran) }
    guard let mark else {
      throw .invalidArgument(
        "the stream that ran the last call is being captured, and nothing can wait for what it ran "
          + "before: capture with CustomAllReduce.capture, or a stream that runs no calls, or call "
          + "when the capture is over")
    }
    try stream.wait(for: mark)
  }

  private func order(_ stream: Stream, after last: Stream) throws(CUDAError) {
    guard last.handle != stream.handle else { return }
    let event = try Event(stream.context)
    try event.record(in: last)
    try stream.wait(for: event)
  }
}
