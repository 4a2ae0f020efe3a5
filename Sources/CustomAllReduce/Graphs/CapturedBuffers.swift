internal import CUDARuntime

/// The buffers of captured calls that work on the buffers themselves.
///
/// 1. While a stream is captured each such call gets the next slot: memory on the device in which its
///    kernel will look for the addresses of all ranks.
/// 2. When the capture is over the ranks tell each other where their buffers are, open those of the
///    others, and fill the slots.
/// 3. Only then does anybody get the graph. If one rank cannot, all let go of what they opened.
///
/// Allocations of the peers that a graph uses stay open until the all-reduce is closed.
struct CapturedBuffers {
  /// A call's own buffers.
  struct Call: Hashable {
    let input: UInt64
    let output: UInt64
    let byteCount: Int
  }

  static let slotCount = 4096
  private static let slotBytes = 8 * ArgumentsLayout.registrationWords

  /// A capture that is under way.
  private struct Capture {
    var calls: [Call] = []
    /// Calls are still recorded.
    var isRecording = true
    /// Other processes' allocations that were opened for it, by their handles.
    var opened: [[UInt8]: DeviceBuffer<UInt8>] = [:]
  }

  /// On the device; made at the first capture.
  private var slots: DeviceBuffer<UInt64>?
  private var used = 0
  private var capture: Capture?
  /// Of the captures that are done.
  private var opened: [[UInt8]: DeviceBuffer<UInt8>] = [:]

  /// Whether calls get slots.
  var isRecording: Bool { capture?.isRecording ?? false }

  mutating func begin(_ context: Context) throws(CUDAError) {
    guard capture == nil else { throw .invalidArgument("a capture is under way already") }
    if slots == nil {
      let made = try DeviceBuffer<UInt64>(
        context, count: Self.slotCount * ArgumentsLayout.registrationWords)
      let stream = try Stream(context)
      try made.fill(0, in: stream)
      try stream.synchronize()
      slots = made
    }
    capture = Capture()
  }

  /// Ends without a graph: the slots are free again, and what was opened is closed.
  mutating func cancel() { capture = nil }

  /// Ends with a graph, which all ranks have.
  mutating func keep() {
    guard let capture else { return }
    used += capture.calls.count
    opened.merge(capture.opened) { known, _ in known }
    self.capture = nil
  }

  /// A slot for a call; nil: there is none left, or no capture.
  mutating func slot(for call: Call) -> UnsafeMutableRawPointer? {
    guard let slots, isRecording, let count = capture?.calls.count, used + count < Self.slotCount
    else { return nil }
    capture?.calls.append(call)
    return slots.pointer + (used + count) * Self.slotBytes
  }

  /// Ends the recording, and returns its calls.
  mutating func finishRecording() -> [Call] {
    capture?.isRecording = false
    return calls
  }

  /// The calls of the capture that is under way.
  var calls: [Call] { capture?.calls ?? [] }

  /// Fills the slots of the capture that is under way.
  ///
  /// - Parameter addresses: By call, then input and output, then rank.
  func fill(_ addresses: [[[UInt64]]]) throws(CUDAError) {
    guard let slots, capture != nil else { return }
    var words: [UInt64] = []
    for call in addresses {
      for buffers in call {
        words += buffers + Array(repeating: 0, count: ArgumentsLayout.maxRanks - buffers.count)
      }
    }
    let width = ArgumentsLayout.registrationWords
    try slots[used * width..<used * width + words.count].copy(from: words)
  }

  /// An address of a peer's, as this process sees it.
  mutating func open(
    _ buffer: BufferOffer, of peer: Int, in context: Context, isSameProcess: Bool
  ) throws(CUDAError) -> UInt64 {
    guard !isSameProcess else { return buffer.address }
    guard !buffer.handle.isEmpty else {
      throw .invalidArgument(
        "a captured buffer of rank \(peer) is in memory that the driver does not share with other "
          + "processes by handles of cuIpcGetMemHandle; take buffers from cuMemAlloc")
    }
    let handle = try IPCMemoryHandle(
      bytes: buffer.handle, byteOffset: 0, byteCount: buffer.allocationBytes)
    let known = opened[handle.bytes] ?? capture?.opened[handle.bytes]
    let allocation =
      if let known { known } else { try DeviceBuffer<UInt8>(context, opening: handle) }
    if known == nil { capture?.opened[handle.bytes] = allocation }
    return UInt64(UInt(bitPattern: allocation.pointer)) + UInt64(buffer.offset)
  }
}

/// Where a buffer is, for other ranks.
struct BufferOffer: Hashable {
  let address: UInt64
  /// Of the whole allocation; empty where it cannot be shared with other processes.
  let handle: [UInt8]
  let offset: Int
  /// At least what lies between the allocation's beginning and the buffer's end.
  let allocationBytes: Int

  init(_ address: UInt64, byteCount: Int, in context: Context) throws(CUDAError) {
    guard let pointer = UnsafeMutableRawPointer(bitPattern: UInt(address)) else {
      throw .invalidArgument("a captured buffer has no address")
    }
    self.address = address
    // Memory of another kind is no obstacle between threads.
    let whole = try? DeviceBuffer<UInt8>(context, borrowing: pointer, count: byteCount).ipcHandle()
    handle = whole?.bytes ?? []
    offset = whole?.byteOffset ?? 0
    allocationBytes = offset + byteCount
  }

  func append(to writer: inout ByteWriter) {
    writer.append(address)
    writer.append(handle)
    writer.append(UInt64(offset))
    writer.append(UInt64(allocationBytes))
  }

  init(from reader: inout ByteReader) throws(ExchangeError) {
    address = try reader.read()
    handle = try reader.readBytes()
    offset = Int(try reader.read(UInt64.self))
    allocationBytes = Int(try reader.read(UInt64.self))
  }
}
