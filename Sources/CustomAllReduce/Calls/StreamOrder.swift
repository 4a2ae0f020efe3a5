internal import CUDARuntime

/// Keeps the launches of one all-reduce in one order, whatever streams they are put into: two that
/// ran at once would wait for each other's data.
///
/// What a graph does when it is launched is not seen from here: its user orders graphs among
/// themselves and with other calls, alike on all ranks. Nor can what a stream ran be waited for while
/// it records.
struct StreamOrder {
  /// The last stream that ran a call; as long as there has been only one stream, whatever it did.
  private var ran: Stream?
  /// The last stream that recorded a call, if it still records.
  private var recording: Stream?

  /// Must be called before a launch.
  ///
  /// - Throws: where two streams belong to two captures, with the driver's words.
  mutating func enter(_ stream: Stream) throws(CUDAError) {
    // Calls of one stream are in order. The driver is asked only where there are several.
    if recording == nil, ran == nil || ran?.handle == stream.handle {
      ran = stream
      return
    }
    let last = recording ?? ran
    recording = try last?.isCapturing() ?? false ? last : nil
    if try stream.isCapturing() {
      try order(stream, after: recording)
      recording = stream
    } else {
      if let ran, try !ran.isCapturing() { try order(stream, after: ran) }
      ran = stream
    }
  }

  private func order(_ stream: Stream, after last: Stream?) throws(CUDAError) {
    guard let last, last.handle != stream.handle else { return }
    let event = try Event(stream.context)
    try event.record(in: last)
    try stream.wait(for: event)
  }
}
