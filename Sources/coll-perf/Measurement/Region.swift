internal import CUDARuntime
internal import Collectives
internal import Glibc

/// Bytes of an accelerator's memory that hold the elements of one case after the other.
struct Region {
  let address: UnsafeMutableRawPointer
  let byteCount: Int
  /// nil: it is the host's memory.
  let context: Context?
  /// Keeps the memory, and the library's knowledge of it.
  private let owners: [Any]

  init(
    _ memory: some CollectiveMemory<UInt8>, on accelerator: Accelerator, keeping other: [Any] = []
  ) throws {
    guard let address = memory.address else { throw PerfError("there is no memory") }
    self.address = address
    byteCount = memory.count
    context = accelerator.context
    owners = [memory] + other
  }

  /// Some elements, from an index on, as collectives take them.
  func elements<Element: CollectiveElement>(
    _ type: Element.Type, at index: Int, count: Int
  ) -> BorrowedMemory<Element> {
    BorrowedMemory(address + index * MemoryLayout<Element>.stride, count: count)
  }

  /// Sets elements from an index on. Blocks.
  func write<Element: DeviceElement>(_ elements: [Element], at index: Int) throws {
    let place = address + index * MemoryLayout<Element>.stride
    if let context {
      try DeviceBuffer<Element>(context, borrowing: place, count: elements.count)
        .copy(from: elements)
    } else {
      elements.withUnsafeBytes { bytes in
        if let source = bytes.baseAddress { memcpy(place, source, bytes.count) }
      }
    }
  }

  /// Elements from an index on. Blocks.
  func read<Element: DeviceElement>(
    _ type: Element.Type, at index: Int, count: Int
  ) throws -> [Element] {
    let place = address + index * MemoryLayout<Element>.stride
    if let context {
      return try DeviceBuffer<Element>(context, borrowing: place, count: count).array()
    }
    return [Element](unsafeUninitializedCapacity: count) { buffer, initialized in
      if let start = buffer.baseAddress {
        memcpy(start, place, count * MemoryLayout<Element>.stride)
      }
      initialized = count
    }
  }

  /// Clears all bytes, so that sums of what is in it stay as they are. Blocks.
  func clear() throws {
    guard let context else {
      memset(address, 0, byteCount)
      return
    }
    let stream = try Stream(context)
    try DeviceBuffer<UInt8>(context, borrowing: address, count: byteCount).fill(0, in: stream)
    try stream.synchronize()
  }
}
