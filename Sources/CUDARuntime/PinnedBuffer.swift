internal import CCUDADriverBindings
internal import CUDADriverBindings
internal import LibraryLoader

/// Host memory that stays where it is, so that devices copy to and from it without the processor.
public final class PinnedBuffer<Element: DeviceElement>: @unchecked Sendable {
  /// Where it was made; every device's streams may use it.
  public let context: Context
  /// In elements.
  public let count: Int
  /// The first element. Who uses it while a stream copies races with the device.
  public let pointer: UnsafeMutablePointer<Element>

  /// Takes memory, with all elements zero.
  ///
  /// - C: `cuMemHostAlloc`
  public init(_ context: Context, count: Int) throws(CUDAError) {
    let byteCount = try Element.byteCount(of: count)
    self.context = context
    self.count = count
    let memory = try context.call { (driver) throws(CollectiveError) in
      // CU_MEMHOSTALLOC_PORTABLE: for all contexts.
      try driver.memHostAlloc(bytesize: max(byteCount, 1), flags: 1)
    }
    guard let memory else { throw .invalidArgument("the driver gave no memory") }
    pointer = memory.bindMemory(to: Element.self, capacity: max(count, 1))
    pointer.initialize(repeating: .zero, count: count)
  }

  deinit {
    context.withCurrent { (driver) in
      _ = driver.functions.cuMemFreeHost?(UnsafeMutableRawPointer(pointer))
    }
  }

  /// In bytes.
  public var byteCount: Int { count * MemoryLayout<Element>.stride }

  /// The elements.
  public var elements: UnsafeMutableBufferPointer<Element> {
    UnsafeMutableBufferPointer(start: pointer, count: count)
  }
}
