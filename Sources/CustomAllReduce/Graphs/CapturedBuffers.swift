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
    /// Other processes' memory that was opened for it.
    var opened: [SharedMemory: DeviceBuffer<UInt8>] = [:]
  }

  /// On the device; made at the first capture.
  private var slots: DeviceBuffer<UInt64>?
  private var used = 0
  private var capture: Capture?
  /// Of the captures that are done.
  private var opened: [SharedMemory: DeviceBuffer<UInt8>] = [:]

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
  ///
  /// - Parameter memory: What the peer has given descriptors of.
  mutating func open(
    _ buffer: BufferOffer, of peer: Peer, _ memory: [MappedPiece: PhysicalMemory],
    in context: Context
  ) throws(CUDAError) -> UInt64 {
    guard !peer.isSameProcess else {
      // Who may use mapped memory is said of itself, not of the context that it was made in.
      if case .pieces(let pieces) = buffer.sharing {
        for piece in pieces {
          try context.allowAccess(to: piece.address, byteCount: piece.byteCount)
        }
      }
      return buffer.address
    }
    let key = SharedMemory(rank: peer.rank, sharing: buffer.sharing)
    let known = opened[key] ?? capture?.opened[key]
    let allocation =
      if let known { known } else { try Self.allocation(key, memory, in: context) }
    if known == nil { capture?.opened[key] = allocation }
    return UInt64(UInt(bitPattern: allocation.pointer)) + UInt64(buffer.offset)
  }

  private static func allocation(
    _ shared: SharedMemory, _ memory: [MappedPiece: PhysicalMemory], in context: Context
  ) throws(CUDAError) -> DeviceBuffer<UInt8> {
    switch shared.sharing {
    case .handle(let handle):
      // Where it begins is all that matters: the offers say where in it the buffers are.
      return try DeviceBuffer(
        context, opening: IPCMemoryHandle(bytes: handle, byteOffset: 0, byteCount: 0))
    case .pieces(let pieces):
      return try DeviceBuffer(context, mapping: pieces.compactMap { memory[$0] })
    case .none(let reason):
      throw .invalidArgument(
        "a captured buffer of rank \(shared.rank) is in memory that other processes cannot open: "
          + "\(reason); take buffers from cuMemAlloc, or from cuMemCreate with file descriptors")
    }
  }
}

/// A rank, for one that opens its memory.
struct Peer {
  let rank: Int
  let isSameProcess: Bool
}

/// Memory of a rank's that other processes open, once for all buffers that are in it.
private struct SharedMemory: Hashable {
  let rank: Int
  let sharing: BufferOffer.Sharing
}
