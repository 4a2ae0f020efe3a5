internal import CUDADriverBindings
internal import LibraryLoader

/// Elements in a device's memory, or some of those of another buffer.
///
/// A slice shares the memory of what it is taken from and keeps it alive; the memory is freed with
/// the last of them, which waits until the device has done what uses it. Two threads may hold one;
/// the order of what they do with the elements is for streams and events.
public struct DeviceBuffer<Element: DeviceElement>: Sendable {
  let memory: DeviceMemory
  private let offset: Int
  /// In elements.
  public let count: Int

  init(_ memory: DeviceMemory, offset: Int = 0, count: Int) {
    self.memory = memory
    self.offset = offset
    self.count = count
  }

  /// Takes memory of the device; what is in it is undefined.
  ///
  /// - Throws: `CUDAError.call` with CUDA_ERROR_OUT_OF_MEMORY where there is not enough.
  /// - C: `cuMemAlloc`
  public init(_ context: Context, count: Int) throws(CUDAError) {
    let byteCount = try Element.byteCount(of: count)
    self.init(try DeviceMemory(context, byteCount: byteCount), count: count)
  }

  /// The same, with the elements of an array in it. Blocks until they are there.
  public init(_ context: Context, _ elements: [Element]) throws(CUDAError) {
    try self.init(context, count: elements.count)
    try copy(from: elements)
  }

  /// Memory that belongs to somebody else, who keeps it as long as this buffer and its slices live.
  public init(_ context: Context, borrowing pointer: UnsafeMutableRawPointer, count: Int) {
    self.init(DeviceMemory(borrowing: pointer, context), count: count)
  }

  /// Where it lies.
  public var context: Context { memory.context }
  /// In bytes.
  public var byteCount: Int { count * MemoryLayout<Element>.stride }
  /// The address on the device, for kernels and for a vendor's library; not to be used on the host.
  public var pointer: UnsafeMutableRawPointer {
    memory.pointer + offset * MemoryLayout<Element>.stride
  }
  /// The same as the driver has it.
  var address: UInt64 { UInt64(UInt(bitPattern: pointer)) }

  /// Whether the address is a multiple of `bytes`.
  public func isAligned(to bytes: Int) -> Bool { bytes > 0 && address % UInt64(bytes) == 0 }

  /// Some of the elements, in the same memory.
  ///
  /// - Precondition: They are all there.
  public subscript(bounds: Range<Int>) -> DeviceBuffer {
    precondition(
      bounds.lowerBound >= 0 && bounds.upperBound <= count,
      "\(bounds) is not within a buffer of \(count) elements")
    return DeviceBuffer(memory, offset: offset + bounds.lowerBound, count: bounds.count)
  }
}

extension DeviceBuffer {
  /// Copies an array to the beginning. Blocks until it is there.
  ///
  /// - C: `cuMemcpyHtoD`, `cuStreamSynchronize`
  public func copy(from elements: [Element]) throws(CUDAError) {
    try check(elements.count)
    guard !elements.isEmpty else { return }
    try elements.withUnsafeBufferPointer { (elements) throws(CUDAError) in
      try context.call { (driver) throws(CollectiveError) in
        try driver.memcpyHtoD(
          dstDevice: address, srcHost: elements.baseAddress,
          byteCount: elements.count * MemoryLayout<Element>.stride)
        // The driver returns when it has a copy of the elements. Streams do not wait for the one in
        // which it brings them to the device.
        try driver.streamSynchronize(stream: .null)
      }
    }
  }

  /// All elements as an array. Blocks until they are there.
  ///
  /// - C: `cuMemcpyDtoH`
  public func array() throws(CUDAError) -> [Element] {
    guard count > 0 else { return [] }
    var elements = [Element](repeating: .zero, count: count)
    try elements.withUnsafeMutableBufferPointer { (elements) throws(CUDAError) in
      try context.call { (driver) throws(CollectiveError) in
        try driver.memcpyDtoH(
          dstHost: elements.baseAddress, srcDevice: address, byteCount: byteCount)
      }
    }
    return elements
  }

  /// Has the stream copy another buffer to the beginning: of the same device, or of one that this
  /// one can reach. Does not block.
  ///
  /// - C: `cuMemcpyAsync`
  public func copy(from other: DeviceBuffer, in stream: Stream) throws(CUDAError) {
    try check(other.count)
    guard other.count > 0 else { return }
    try stream.context.call { (driver) throws(CollectiveError) in
      try driver.memcpyAsync(
        dst: address, src: other.address, byteCount: other.byteCount, stream: stream.handle)
    }
  }

  /// Has the stream copy pinned host memory to the beginning. Does not block.
  ///
  /// - C: `cuMemcpyHtoDAsync`
  public func copy(from other: PinnedBuffer<Element>, in stream: Stream) throws(CUDAError) {
    try check(other.count)
    guard other.count > 0 else { return }
    try stream.context.call { (driver) throws(CollectiveError) in
      try driver.memcpyHtoDAsync(
        dstDevice: address, srcHost: other.pointer, byteCount: other.byteCount,
        stream: stream.handle)
    }
  }

  /// Has the stream copy all elements to the beginning of pinned host memory. Does not block; the
  /// elements are there when the stream has come so far.
  ///
  /// - C: `cuMemcpyDtoHAsync`
  public func copy(to other: PinnedBuffer<Element>, in stream: Stream) throws(CUDAError) {
    guard count <= other.count else {
      throw .invalidArgument("\(count) elements do not fit into \(other.count)")
    }
    guard count > 0 else { return }
    try stream.context.call { (driver) throws(CollectiveError) in
      try driver.memcpyDtoHAsync(
        dstHost: other.pointer, srcDevice: address, byteCount: byteCount, stream: stream.handle)
    }
  }

  /// Has the stream set every element to a value. Does not block.
  ///
  /// - C: `cuMemsetD8Async`, `cuMemsetD16Async`, `cuMemsetD32Async`
  public func fill(_ value: Element, in stream: Stream) throws(CUDAError) {
    guard count > 0 else { return }
    let bytes = withUnsafeBytes(of: value) { Array($0) }
    try stream.context.call { (driver) throws(CollectiveError) in
      switch bytes.count {
      case 1:
        try driver.memsetD8Async(
          dstDevice: address, uc: bytes[0], n: count, stream: stream.handle)
      case 2:
        try driver.memsetD16Async(
          dstDevice: address, us: UInt16(bytes[0]) | UInt16(bytes[1]) << 8, n: count,
          stream: stream.handle)
      case 4:
        try driver.memsetD32Async(
          dstDevice: address, ui: Self.word(bytes[0..<4]), n: count, stream: stream.handle)
      default:
        // Eight bytes: each half by itself, as the columns of a table of two.
        try driver.memsetD2D32Async(
          dstDevice: address, dstPitch: 8, ui: Self.word(bytes[0..<4]), width: 1, height: count,
          stream: stream.handle)
        try driver.memsetD2D32Async(
          dstDevice: address + 4, dstPitch: 8, ui: Self.word(bytes[4..<8]), width: 1,
          height: count, stream: stream.handle)
      }
    }
  }

  private static func word(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    bytes.reversed().reduce(0) { $0 << 8 | UInt32($1) }
  }

  private func check(_ other: Int) throws(CUDAError) {
    guard other <= count else {
      throw .invalidArgument("\(other) elements do not fit into \(count)")
    }
  }
}
