public import CollectiveInterface
internal import LibraryLoader

extension Communicator {
  /// Sends all elements to a rank, which receives as many. Several sends and receives that need each
  /// other belong into a group.
  ///
  /// - C: `ncclSend`
  public func send<Memory: CollectiveMemory>(
    _ buffer: Memory, to peer: Int, on stream: some CollectiveStream
  ) throws(CommunicatorError) {
    try check(rank: peer, "peer", in: .send)
    var arguments = try arguments(
      buffer.address, nil, buffer.count, Memory.Element.dataType, stream, in: .send)
    arguments.peer = peer
    try enqueue(.send, arguments)
  }

  /// Fills the buffer with what a rank sends, which must be as many elements.
  ///
  /// - C: `ncclRecv`
  public func receive<Memory: CollectiveMemory>(
    into buffer: Memory, from peer: Int, on stream: some CollectiveStream
  ) throws(CommunicatorError) {
    try check(rank: peer, "peer", in: .recv)
    var arguments = try arguments(
      nil, buffer.address, buffer.count, Memory.Element.dataType, stream, in: .recv)
    arguments.peer = peer
    try enqueue(.recv, arguments)
  }

  /// A send or a receive of a batch.
  public enum Transfer<Memory: CollectiveMemory> {
    case send(Memory, to: Int)
    case receive(into: Memory, from: Int)
  }

  /// Sends and receives that make progress together.
  ///
  /// - C: `ncclSend`, `ncclRecv` in a group
  public func transfer<Memory: CollectiveMemory>(
    _ transfers: [Transfer<Memory>], on stream: some CollectiveStream
  ) throws(CommunicatorError) {
    try library.group { () throws(CommunicatorError) in
      for transfer in transfers {
        switch transfer {
        case .send(let buffer, to: let peer): try send(buffer, to: peer, on: stream)
        case .receive(into: let buffer, from: let peer):
          try receive(into: buffer, from: peer, on: stream)
        }
      }
    }
  }

  // MARK: One-sided

  /// Writes elements into a peer's window, and signals it when they are there.
  ///
  /// - Parameters:
  ///   - window: This rank's handle of the window that all ranks registered.
  ///   - offset: Where to write in the peer's part of it, in bytes.
  /// - C: `ncclPutSignal`, since 2.29.2
  public func put<Memory: CollectiveMemory>(
    _ buffer: Memory, to peer: Int, window: Window, offset: Int, signalIndex: Int = 0,
    context: Int = 0, on stream: some CollectiveStream
  ) throws(CommunicatorError) {
    try check(rank: peer, "peer", in: .putSignal)
    var arguments = try arguments(
      buffer.address, nil, buffer.count, Memory.Element.dataType, stream, in: .putSignal)
    arguments.peer = peer
    arguments.window = try window.usable(by: self, in: .putSignal)
    arguments.windowOffset = offset
    arguments.signalIndex = signalIndex
    arguments.context = context
    try enqueue(.putSignal, arguments)
  }

  /// Signals a peer.
  ///
  /// - C: `ncclSignal`, since 2.29.2
  public func signal(
    _ peer: Int, signalIndex: Int = 0, context: Int = 0, on stream: some CollectiveStream
  ) throws(CommunicatorError) {
    try check(rank: peer, "peer", in: .signal)
    var arguments = CollectiveArguments()
    arguments.peer = peer
    arguments.signalIndex = signalIndex
    arguments.context = context
    arguments.stream = stream.address
    try enqueue(.signal, arguments)
  }

  /// Waits, in the stream, for signals of other ranks.
  ///
  /// - C: `ncclWaitSignal`, since 2.29.2
  public func wait(
    for signals: [SignalWait], on stream: some CollectiveStream
  ) throws(CommunicatorError) {
    var arguments = CollectiveArguments()
    arguments.waits = signals
    arguments.stream = stream.address
    try enqueue(.waitSignal, arguments)
  }
}
