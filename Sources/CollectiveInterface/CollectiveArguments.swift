/// The arguments of an operation that is put into a stream, whatever the vendor. Each operation has
/// its own of them; the rest are not looked at.
///
/// Counts and displacements are in elements; codes are the vendor's.
public struct CollectiveArguments {
  /// What is sent.
  public var sendBuffer: UnsafeRawPointer?
  /// Where the result goes.
  public var recvBuffer: UnsafeMutableRawPointer?
  /// As the operation counts: of an all-gather what one rank sends, of a reduce-scatter what one
  /// rank receives.
  public var count = 0
  /// A code of `CollectiveCode.dataType`.
  public var dataType = 0
  /// A code of `CollectiveCode.reductionOp`, or one that the library made.
  public var op = 0
  /// The rank that gives or gets the data of a rooted operation.
  public var root = 0
  /// The other rank of a point-to-point operation.
  public var peer = 0
  /// The communicator.
  public var comm: UnsafeMutableRawPointer?
  /// The stream.
  public var stream: UnsafeMutableRawPointer?

  /// Of an `allToAllV`, matrices of nRanks by nRanks: row r is what rank r sends to each.
  public var sendCounts: UnsafePointer<Int>?
  /// Where each block begins in its sender's buffer; a matrix likewise.
  public var sendDisplacements: UnsafePointer<Int>?
  /// Row r is what rank r receives from each.
  public var recvCounts: UnsafePointer<Int>?
  /// Where each block begins in its receiver's buffer; a matrix likewise.
  public var recvDisplacements: UnsafePointer<Int>?
  /// Device memory through which the library may forward; nil: none.
  public var relayBuffer: UnsafeMutableRawPointer?
  /// In elements.
  public var relayCount = 0

  /// The peer's registered window of a one-sided operation.
  public var window: UnsafeMutableRawPointer?
  /// Into that, in bytes.
  public var windowOffset = 0
  /// Which of the signals.
  public var signalIndex = 0
  /// Which of the contexts of one-sided operations.
  public var context = 0
  /// Of the operation.
  public var flags = 0
  /// The signals to wait for.
  public var waits: [SignalWait] = []
  /// The operation's own configuration.
  public var configuration: ConfigurationFields?

  /// None set.
  public init() {}
}

/// How many signals of a peer an operation waits for.
public struct SignalWait: Sendable, Hashable {
  /// The rank that signals.
  public var peer: Int
  /// How many times.
  public var count: Int
  /// Which of the signals.
  public var signalIndex: Int
  /// Which of the contexts.
  public var context: Int

  /// Waits for `count` signals of a rank.
  public init(peer: Int, count: Int = 1, signalIndex: Int = 0, context: Int = 0) {
    self.peer = peer
    self.count = count
    self.signalIndex = signalIndex
    self.context = context
  }
}
