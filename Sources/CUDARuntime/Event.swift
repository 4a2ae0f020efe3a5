internal import CCUDADriverBindings
public import CUDADriverBindings
internal import LibraryLoader

/// A mark in a stream, to wait for or to measure from.
public final class Event: Sendable {
  /// Whose streams it is for.
  public let context: Context
  /// The driver's handle.
  public let handle: CUEvent

  /// Makes an event.
  ///
  /// - Parameters:
  ///   - isTimed: Whether `milliseconds(since:)` is asked; others are cheaper.
  ///   - isShared: Whether other processes use it. Such an event is not timed.
  /// - C: `cuEventCreate`
  public init(
    _ context: Context, isTimed: Bool = false, isShared: Bool = false
  ) throws(CUDAError) {
    guard !(isTimed && isShared) else {
      throw .invalidArgument("an event that other processes use cannot be timed")
    }
    self.context = context
    // CU_EVENT_DISABLE_TIMING, CU_EVENT_INTERPROCESS
    let flags: UInt32 = (isTimed ? 0 : 2) | (isShared ? 4 : 0)
    handle = try context.call { (driver) throws(CollectiveError) in
      try driver.eventCreate(flags: flags)
    }
  }

  init(_ context: Context, opened handle: CUEvent) {
    self.context = context
    self.handle = handle
  }

  deinit {
    context.withCurrent { (driver) in _ = driver.functions.cuEventDestroy_v2?(handle.rawValue) }
  }

  /// Marks where the stream is now.
  ///
  /// - C: `cuEventRecord`
  public func record(in stream: Stream) throws(CUDAError) {
    try context.call { (driver) throws(CollectiveError) in
      try driver.eventRecord(event: handle, stream: stream.handle)
    }
  }

  /// Waits until the work before the mark is done. Blocks.
  ///
  /// - C: `cuEventSynchronize`
  public func synchronize() throws(CUDAError) {
    try context.call { (driver) throws(CollectiveError) in
      try driver.eventSynchronize(event: handle)
    }
  }

  /// Whether the work before the mark is done, or nothing was ever marked.
  ///
  /// - C: `cuEventQuery`
  public func isDone() throws(CUDAError) -> Bool {
    try context.isDone {
      $0.functions.cuEventQuery?(handle.rawValue)
    } _: { (driver) throws(CollectiveError) in
      try driver.eventQuery(event: handle)
    }
  }

  /// The time on the device between two marks that both are done; its resolution is half a
  /// microsecond.
  ///
  /// - C: `cuEventElapsedTime`
  public func milliseconds(since start: Event) throws(CUDAError) -> Double {
    Double(
      try context.call { (driver) throws(CollectiveError) in
        try driver.eventElapsedTime(hStart: start.handle, hEnd: handle)
      })
  }
}
