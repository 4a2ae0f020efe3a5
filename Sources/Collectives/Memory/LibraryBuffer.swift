public import CollectiveInterface
internal import LibraryLoader

/// Elements in memory that the library allocated, of the kind that it can register best. Given back
/// with its last reference; a slice keeps it.
public struct LibraryBuffer<Element: CollectiveElement>: Sendable, CollectiveMemory {
  private final class Storage: Sendable {
    let library: any CollectiveLibrary
    let accelerator: Accelerator
    nonisolated(unsafe) let pointer: UnsafeMutableRawPointer?

    init(
      _ library: any CollectiveLibrary, _ accelerator: Accelerator,
      _ pointer: UnsafeMutableRawPointer?
    ) {
      self.library = library
      self.accelerator = accelerator
      self.pointer = pointer
    }

    deinit {
      var arguments = CommunicatorArguments()
      arguments.pointer = pointer
      try? accelerator.withCurrent { () throws(CommunicatorError) in
        _ = try library.value(.memFree, arguments)
      }
    }
  }

  private let storage: Storage
  private let bounds: Range<Int>

  private init(_ storage: Storage, _ bounds: Range<Int>) {
    self.storage = storage
    self.bounds = bounds
  }

  /// Takes memory on an accelerator; what is in it is undefined.
  ///
  /// - C: `ncclMemAlloc`, since 2.19.3
  public init(
    _ library: any CollectiveLibrary, on accelerator: Accelerator, count: Int
  ) throws(CommunicatorError) {
    let (size, overflows) = count.multipliedReportingOverflow(by: Element.dataType.byteCount)
    guard count > 0, !overflows else {
      throw CommunicatorError(
        .invalidArgument, in: "memAlloc", "a buffer cannot have \(count) elements")
    }
    var arguments = CommunicatorArguments()
    arguments.size = size
    let pointer = try accelerator.withCurrent { () throws(CommunicatorError) in
      try library.pointer(.memAlloc, arguments)
    }
    self.init(Storage(library, accelerator, pointer), 0..<count)
  }

  /// In elements.
  public var count: Int { bounds.count }

  /// Where they begin.
  public var address: UnsafeMutableRawPointer? {
    storage.pointer.map { $0 + bounds.lowerBound * Element.dataType.byteCount }
  }

  /// Some of the elements, in the same memory.
  ///
  /// - Precondition: They are all there.
  public subscript(range: Range<Int>) -> LibraryBuffer {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= count,
      "\(range) is not within a buffer of \(count) elements")
    return LibraryBuffer(
      storage, bounds.lowerBound + range.lowerBound..<bounds.lowerBound + range.upperBound)
  }
}
