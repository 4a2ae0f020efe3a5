internal import CollectiveInterface
internal import LibraryLoader

/// Memory that a communicator's collectives may use without copying it first. Given back with its last
/// reference; the memory must live longer.
public final class Registration: Sendable {
  private let communicator: Communicator
  private nonisolated(unsafe) let handle: UnsafeMutableRawPointer?

  init(_ communicator: Communicator, _ handle: UnsafeMutableRawPointer?) {
    self.communicator = communicator
    self.handle = handle
  }

  deinit { communicator.release(.commDeregister) { $0.handle = handle } }
}

/// Memory that all ranks registered together: symmetric, or the target of one-sided operations. Given
/// back with its last reference, which all ranks must let go of; the memory must live longer.
public final class Window: Sendable {
  /// What a window is for.
  public enum Use: Sendable {
    /// One-sided operations and what the library makes of it.
    case standard
    /// Collectives at the same offset on every rank.
    case symmetric
  }

  private let communicator: Communicator
  nonisolated(unsafe) let handle: UnsafeMutableRawPointer?

  init(_ communicator: Communicator, _ handle: UnsafeMutableRawPointer?) {
    self.communicator = communicator
    self.handle = handle
  }

  deinit { communicator.release(.commWindowDeregister) { $0.window = handle } }

  /// The address of the memory that this rank registered, as the library has it.
  ///
  /// - C: `ncclWinGetUserPtr`, since 2.29.2
  public func address() throws(CommunicatorError) -> UnsafeMutableRawPointer? {
    try communicator.prepare(.windowGetUserPointer)
    var arguments = communicator.arguments
    arguments.window = handle
    return try communicator.library.pointer(
      .windowGetUserPointer, arguments, rank: communicator.rank)
  }

  func usable(
    by other: Communicator, in operation: CollectiveOperation
  ) throws(CommunicatorError) -> UnsafeMutableRawPointer? {
    guard other === communicator else {
      throw CommunicatorError(
        .invalidArgument, in: operation.rawValue, "the window is another communicator's",
        rank: other.rank)
    }
    return handle
  }
}

extension Communicator {
  /// Registers memory of this rank.
  ///
  /// - C: `ncclCommRegister`, since 2.19.3
  public func register<Memory: CollectiveMemory>(
    _ memory: Memory
  ) throws(CommunicatorError) -> Registration {
    try prepare(.commRegister)
    var arguments = arguments
    arguments.buffer = memory.address
    arguments.size = try byteCount(of: memory, in: .commRegister)
    let handle = try marked { () throws(CommunicatorError) in
      try accelerator.withCurrent { () throws(CommunicatorError) in
        try library.pointer(.commRegister, arguments, rank: rank)
      }
    }
    return Registration(self, handle)
  }

  /// Registers memory of all ranks together: all call it, with as many bytes. The memory is the
  /// library's own kind (`makeLibraryBuffer`).
  ///
  /// - Throws: `CommunicatorError` of kind `unsupported` where the library accepts the call and gives no
  ///   window, as it does where the machine cannot have one.
  /// - C: `ncclCommWindowRegister`, since 2.27.3
  public func registerWindow<Memory: CollectiveMemory>(
    _ memory: Memory, for use: Window.Use = .symmetric
  ) throws(CommunicatorError) -> Window {
    try prepare(.commWindowRegister)
    var arguments = arguments
    arguments.buffer = memory.address
    arguments.size = try byteCount(of: memory, in: .commWindowRegister)
    arguments.flags = try code(
      .windowFlags, use == .symmetric ? "collSymmetric" : "default", in: .commWindowRegister)
    let returned = try marked { () throws(CommunicatorError) in
      try accelerator.withCurrent { () throws(CommunicatorError) in
        try library.handle(.commWindowRegister, arguments, rank: rank)
      }
    }
    if !isBlocking { try waitUntilReady() }
    guard let handle = returned.value else {
      throw CommunicatorError(
        .unsupported, in: "commWindowRegister",
        "the library accepted the memory and gave no window: it has none on this machine",
        rank: rank)
    }
    return Window(self, handle)
  }

  private func byteCount<Memory: CollectiveMemory>(
    of memory: Memory, in operation: CollectiveOperation
  ) throws(CommunicatorError) -> Int {
    let (size, overflows) = memory.count.multipliedReportingOverflow(
      by: Memory.Element.dataType.byteCount)
    try check(
      size >= 0 && !overflows, in: operation, "\(memory.count) elements are no size of memory")
    return size
  }
}
