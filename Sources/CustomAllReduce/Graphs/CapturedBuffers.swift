internal import CUDARuntime
internal import Glibc

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
    /// Whose calls are recorded; others may have captures of their own.
    let thread = pthread_self()
    /// Calls are still recorded.
    var isRecording = true
    /// Other processes' memory that was opened for it.
    var opened: [PeerMemory: DeviceBuffer<UInt8>] = [:]
  }

  /// On the device; made at the first capture.
  private var slots: DeviceBuffer<UInt64>?
  private var used = 0
  private var capture: Capture?
  /// Of the captures that are done.
  private var opened: [PeerMemory: DeviceBuffer<UInt8>] = [:]

  /// Whether calls of this thread get slots.
  var isRecording: Bool {
    guard let capture else { return false }
    return capture.isRecording && pthread_equal(capture.thread, pthread_self()) != 0
  }

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

  /// Opens memory of another rank's for the capture that is under way.
  ///
  /// - Parameter descriptors: What the rank has given descriptors of.
  mutating func open(
    _ memory: Sharing, of peer: Peer, _ descriptors: [MappedPiece: PhysicalMemory],
    in context: Context
  ) throws(CUDAError) -> OpenedMemory {
    switch memory {
    case .none(let reason):
      throw .invalidArgument(
        "a captured buffer of rank \(peer.rank) is in memory that other ranks cannot open: "
          + "\(reason); take buffers from cuMemAlloc, or from cuMemCreate with file descriptors")
    case .handle(let handle):
      guard !peer.isSameProcess else { return .here }
      return try once(memory, of: peer) { () throws(CUDAError) in
        // Where it begins is all that matters: the offers say where in it the buffers are.
        try DeviceBuffer(
          context, opening: IPCMemoryHandle(bytes: handle, byteOffset: 0, byteCount: 0))
      }
    case .pieces(let pieces):
      guard !peer.isSameProcess else {
        // Who may use mapped memory is said of itself, not of the context that it was made in.
        for piece in pieces {
          try context.allowAccess(to: piece.address, byteCount: piece.byteCount)
        }
        return .here
      }
      return try once(memory, of: peer) { () throws(CUDAError) in
        let known = pieces.compactMap { descriptors[$0] }
        guard known.count == pieces.count else {
          throw .invalidArgument(
            "rank \(peer.rank) gave descriptors of \(known.count) of \(pieces.count) pieces")
        }
        return try DeviceBuffer(context, mapping: known)
      }
    }
  }

  /// What is open already stays so.
  private mutating func once(
    _ memory: Sharing, of peer: Peer, _ open: () throws(CUDAError) -> DeviceBuffer<UInt8>
  ) throws(CUDAError) -> OpenedMemory {
    let key = PeerMemory(rank: peer.rank, memory: memory)
    if let known = opened[key] ?? capture?.opened[key] { return .mapped(known) }
    let buffer = try open()
    capture?.opened[key] = buffer
    return .mapped(buffer)
  }
}

/// A rank, for one that opens its memory.
struct Peer {
  let rank: Int
  let isSameProcess: Bool
}

/// Memory of a rank's, for one that works on it.
enum OpenedMemory {
  /// Where its own process has it.
  case here
  /// Somewhere else.
  case mapped(DeviceBuffer<UInt8>)

  func address(of buffer: BufferOffer) -> UInt64 {
    switch self {
    case .here: buffer.address
    case .mapped(let memory):
      UInt64(UInt(bitPattern: memory.pointer)) + UInt64(buffer.offset)
    }
  }
}

/// Memory of a rank's that other processes open, once for all buffers that are in it.
private struct PeerMemory: Hashable {
  let rank: Int
  let memory: Sharing
}
