internal import CCUDADriverBindings
public import CUDADriverBindings
internal import LibraryLoader

/// A queue of work for a device: what is put into one runs in order, what is in two may run at once.
///
/// Safe to use from several threads, as far as the order of their calls does not matter.
public final class Stream: Sendable {
  /// Where it runs.
  public let context: Context
  /// The driver's handle, for calls to a vendor's library.
  public let handle: CUStream
  private let isOwned: Bool

  /// Makes a stream that does not wait for the legacy default stream.
  ///
  /// - Parameter priority: The lower the number, the sooner; numbers out of the device's range are
  ///   brought into it.
  /// - C: `cuStreamCreateWithPriority`
  public init(_ context: Context, priority: Int = 0) throws(CUDAError) {
    self.context = context
    handle = try context.call { (driver) throws(CollectiveError) in
      // CU_STREAM_NON_BLOCKING
      try driver.streamCreateWithPriority(flags: 1, priority: Int32(clamping: priority))
    }
    isOwned = true
  }

  /// Takes a stream that belongs to somebody else, who keeps it as long as this object lives: one
  /// of PyTorch's, say. `CUStream(rawValue: nil)` is the legacy default stream.
  public init(_ context: Context, borrowing handle: CUStream) {
    self.context = context
    self.handle = handle
    isOwned = false
  }

  deinit {
    guard isOwned else { return }
    // What is in it is finished before the driver lets go of it.
    context.withCurrent { (driver) in _ = driver.functions.cuStreamDestroy_v2?(handle.rawValue) }
  }

  /// Waits until everything in the stream is done. Blocks.
  ///
  /// - Throws: what went wrong in the stream since it was last asked, as GPUs report late.
  /// - C: `cuStreamSynchronize`
  public func synchronize() throws(CUDAError) {
    try context.call { (driver) throws(CollectiveError) in
      try driver.streamSynchronize(stream: handle)
    }
  }

  /// Whether everything in the stream is done.
  ///
  /// - C: `cuStreamQuery`
  public func isDone() throws(CUDAError) -> Bool {
    try context.isDone {
      $0.functions.cuStreamQuery?(handle.rawValue)
    } _: { (driver) throws(CollectiveError) in
      try driver.streamQuery(stream: handle)
    }
  }

  /// What comes after waits until the event's work is done. Does not block.
  ///
  /// - C: `cuStreamWaitEvent`
  public func wait(for event: Event) throws(CUDAError) {
    try context.call { (driver) throws(CollectiveError) in
      try driver.streamWaitEvent(stream: handle, event: event.handle, flags: 0)
    }
  }
}
