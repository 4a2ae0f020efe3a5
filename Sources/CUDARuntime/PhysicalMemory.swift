internal import CCUDADriverBindings
internal import CUDADriverBindings
internal import Glibc
internal import LibraryLoader

/// Memory of a device that has no address until it is mapped: by `DeviceBuffer(mapping:)`, in this
/// process and in others that have a descriptor of it, each with an address of its own.
///
/// It is given back when nobody has it mapped and the last reference and descriptor are gone.
public final class PhysicalMemory: Sendable {
  /// Where it is used from.
  public let context: Context
  /// In bytes.
  public let byteCount: Int
  let handle: UInt64

  private init(_ context: Context, handle: UInt64, byteCount: Int) {
    self.context = context
    self.handle = handle
    self.byteCount = byteCount
  }

  deinit {
    context.withCurrent { (driver) in _ = driver.functions.cuMemRelease?(handle) }
  }

  /// Takes memory of the context's device that can be shared with other processes; what is in it is
  /// undefined.
  ///
  /// - Parameter byteCount: Rounded up to a multiple of what the device gives at least, 2 MiB say.
  /// - C: `cuMemGetAllocationGranularity`, `cuMemCreate`
  public convenience init(_ context: Context, byteCount: Int) throws(CUDAError) {
    guard byteCount > 0, byteCount < Int.max / 2 else {
      throw .invalidArgument("\(byteCount) bytes of memory; at least 1")
    }
    let properties = MemoryProperties.shareable(on: context.device)
    let (handle, size) = try properties.withUnsafeBufferPointer { (properties) throws(CUDAError) in
      try context.call { (driver) throws(CollectiveError) in
        let granularity = try driver.memGetAllocationGranularity(
          prop: properties.baseAddress, option: .minimum)
        let size = (byteCount + granularity - 1) / max(granularity, 1) * granularity
        return (
          try driver.memCreate(size: size, prop: properties.baseAddress, flags: 0), size
        )
      }
    }
    self.init(context, handle: handle, byteCount: size)
  }

  /// Memory that another process made a descriptor of. The descriptor stays the caller's.
  ///
  /// - Parameter byteCount: As much as the other process has.
  /// - Throws: for what is no descriptor of memory.
  /// - C: `cuMemImportFromShareableHandle`
  public convenience init(
    _ context: Context, importing descriptor: Int32, byteCount: Int
  ) throws(CUDAError) {
    guard descriptor >= 0, byteCount > 0 else {
      throw .invalidArgument("descriptor \(descriptor) of \(byteCount) bytes is none of memory")
    }
    let handle = try context.call { (driver) throws(CollectiveError) in
      // The descriptor is passed in the place of the pointer.
      try driver.memImportFromShareableHandle(
        osHandle: UnsafeMutableRawPointer(bitPattern: Int(descriptor)),
        shHandleType: .posixFileDescriptor)
    }
    self.init(context, handle: handle, byteCount: byteCount)
  }

  /// What is mapped at an address.
  fileprivate convenience init(
    _ context: Context, mappedAt address: UInt64, byteCount: Int
  ) throws(CUDAError) {
    let handle = try context.call { (driver) throws(CollectiveError) in
      try driver.memRetainAllocationHandle(
        addr: UnsafeMutableRawPointer(bitPattern: UInt(address)))
    }
    self.init(context, handle: handle, byteCount: byteCount)
  }

  /// A file descriptor with which another process opens the memory; sent over a socket, since its
  /// number means nothing elsewhere. The caller closes it.
  ///
  /// - Throws: for memory that was not made to be shared so.
  /// - C: `cuMemExportToShareableHandle`
  public func makeDescriptor() throws(CUDAError) -> Int32 {
    var descriptor: Int32 = -1
    try context.call { (driver) throws(CollectiveError) in
      try driver.memExportToShareableHandle(
        shareableHandle: &descriptor, handle: handle, handleType: .posixFileDescriptor, flags: 0)
    }
    // Whatever program this one starts has no use for it.
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    return descriptor
  }
}

// MARK: addresses

extension DeviceBuffer where Element == UInt8 {
  /// Gives memory an address, one piece behind the other, from which the context's device can read
  /// and write it. It is unmapped with the last slice, which waits until the device has done what
  /// uses it.
  ///
  /// - C: `cuMemAddressReserve`, `cuMemMap`, `cuMemSetAccess`
  public init(_ context: Context, mapping pieces: [PhysicalMemory]) throws(CUDAError) {
    var byteCount = 0
    for piece in pieces {
      let (sum, overflows) = byteCount.addingReportingOverflow(piece.byteCount)
      guard !overflows else { throw .invalidArgument("more memory than there are addresses") }
      byteCount = sum
    }
    guard byteCount > 0 else { throw .invalidArgument("there is no memory to map") }
    let memory = try DeviceMemory(context, reserving: byteCount)
    for piece in pieces { try memory.map(piece) }
    try context.allowAccess(to: memory.address, byteCount: byteCount)
    self.init(memory, count: byteCount)
  }
}

extension Context {
  /// Lets the context's device read and write memory that is mapped in this process, by whoever.
  ///
  /// - C: `cuMemSetAccess`
  package func allowAccess(to address: UInt64, byteCount: Int) throws(CUDAError) {
    try MemoryProperties.access(for: device).withUnsafeBufferPointer { (access) throws(CUDAError) in
      try call { (driver) throws(CollectiveError) in
        try driver.memSetAccess(ptr: address, size: byteCount, desc: access.baseAddress, count: 1)
      }
    }
  }
}

/// Physical memory at an address.
package struct MappedPiece: Hashable, Sendable {
  /// Where it begins.
  package let address: UInt64
  /// In bytes.
  package let byteCount: Int

  /// What another process says of its own.
  package init(address: UInt64, byteCount: Int) {
    self.address = address
    self.byteCount = byteCount
  }

  /// The memory itself, to be shared.
  ///
  /// - C: `cuMemRetainAllocationHandle`
  package func memory(_ context: Context) throws(CUDAError) -> PhysicalMemory {
    try PhysicalMemory(context, mappedAt: address, byteCount: byteCount)
  }
}

extension DeviceBuffer {
  /// The physical memory that a buffer lies in, by address: what `cuMemMap` put there, be it ours,
  /// NCCL's or PyTorch's.
  ///
  /// - Throws: for memory of another kind.
  /// - C: `cuMemGetAddressRange`, `cuMemRetainAllocationHandle`
  package func mappedPieces() throws(CUDAError) -> [MappedPiece] {
    var pieces: [MappedPiece] = []
    var place = address
    repeat {
      let (base, size) = try context.call { (driver) throws(CollectiveError) in
        try driver.memGetAddressRange(pointer: place)
      }
      let piece = MappedPiece(address: base, byteCount: size)
      // Only mapped memory has a handle.
      _ = try piece.memory(context)
      pieces.append(piece)
      place = base + UInt64(size)
    } while place < address + UInt64(byteCount)
    return pieces
  }

  /// Whether `ipcHandle()` can be asked for: not for memory that is mapped, nor a memory pool's.
  ///
  /// - C: `cuPointerGetAttribute` with `CU_POINTER_ATTRIBUTE_IS_LEGACY_CUDA_IPC_CAPABLE`
  package func hasIPCHandle() throws(CUDAError) -> Bool {
    var answer: Int32 = 0
    try context.call { (driver) throws(CollectiveError) in
      try driver.pointerGetAttribute(
        data: &answer, attribute: .isLegacyCudaIpcCapable, ptr: address)
    }
    return answer != 0
  }
}

/// Structures of the driver's, in words. The headers of different releases spell `CUmemLocation`
/// differently and agree on where things stand.
private enum MemoryProperties {
  private static let pinned: UInt32 = 1
  private static let descriptors: UInt32 = 1
  private static let ofDevice: UInt32 = 1
  private static let readAndWrite: UInt32 = 3

  /// `CUmemAllocationProp`: type, kinds of handles, location, 16 bytes of what stays zero.
  static func shareable(on device: Device) -> [UInt32] {
    [pinned, descriptors] + location(device) + [0, 0, 0, 0]
  }

  /// `CUmemAccessDesc`: location, flags.
  static func access(for device: Device) -> [UInt32] { location(device) + [readAndWrite] }

  private static func location(_ device: Device) -> [UInt32] {
    [ofDevice, UInt32(bitPattern: device.handle)]
  }
}
