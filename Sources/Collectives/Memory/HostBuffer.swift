/// Elements in the host's memory, for a library that works on the CPU.
///
/// A slice shares the memory of what it is taken from and keeps it alive. The order of what threads
/// and streams do with the elements is for the program.
public struct HostBuffer<Element: CollectiveElement>: Sendable, CollectiveMemory {
  private final class Storage: Sendable {
    nonisolated(unsafe) let pointer: UnsafeMutableBufferPointer<Element>

    init(_ elements: [Element]) {
      pointer = .allocate(capacity: elements.count)
      _ = pointer.initialize(from: elements)
    }

    deinit { pointer.deallocate() }
  }

  private let storage: Storage
  private let bounds: Range<Int>

  /// The elements of an array.
  public init(_ elements: [Element]) {
    storage = Storage(elements)
    bounds = 0..<elements.count
  }

  private init(_ storage: Storage, _ bounds: Range<Int>) {
    self.storage = storage
    self.bounds = bounds
  }

  /// In elements.
  public var count: Int { bounds.count }

  /// Where they begin.
  public var address: UnsafeMutableRawPointer? {
    storage.pointer.baseAddress.map { UnsafeMutableRawPointer($0 + bounds.lowerBound) }
  }

  /// The elements themselves.
  public var elements: UnsafeMutableBufferPointer<Element> {
    UnsafeMutableBufferPointer(rebasing: storage.pointer[bounds])
  }

  /// Some of the elements, in the same memory.
  ///
  /// - Precondition: They are all there.
  public subscript(range: Range<Int>) -> HostBuffer {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= count,
      "\(range) is not within a buffer of \(count) elements")
    return HostBuffer(
      storage, bounds.lowerBound + range.lowerBound..<bounds.lowerBound + range.upperBound)
  }
}
