internal import CUDADriverBindings
internal import LibraryLoader

/// What another process of this machine opens a device allocation with: 64 bytes to send.
public struct IPCMemoryHandle: Hashable, Sendable {
  /// As the driver made them.
  public let bytes: [UInt8]
  /// How far behind the allocation's beginning the buffer is, in bytes.
  public let byteOffset: Int
  /// The buffer's size in bytes.
  public let byteCount: Int

  /// Takes what another process sent.
  ///
  /// - Throws: `CUDAError.invalidArgument` if these are not as many bytes as a handle has.
  public init(bytes: [UInt8], byteOffset: Int, byteCount: Int) throws(CUDAError) {
    guard bytes.count == CUIPCMemoryHandle.byteCount, byteOffset >= 0, byteCount >= 0 else {
      throw .invalidArgument(
        "\(bytes.count) bytes are no memory handle, which has \(CUIPCMemoryHandle.byteCount)")
    }
    self.bytes = bytes
    self.byteOffset = byteOffset
    self.byteCount = byteCount
  }
}

extension DeviceBuffer {
  /// Makes a handle for other processes. The buffer must have come from `cuMemAlloc`, and must live
  /// as long as another process has it open.
  ///
  /// - C: `cuIpcGetMemHandle`, `cuMemGetAddressRange`
  public func ipcHandle() throws(CUDAError) -> IPCMemoryHandle {
    let (handle, base) = try context.call { (driver) throws(CollectiveError) in
      // The handle is the whole allocation's, wherever in it the address lies.
      (
        try driver.ipcGetMemHandle(pointer: address),
        try driver.memGetAddressRange(pointer: address).pbase
      )
    }
    return try IPCMemoryHandle(
      bytes: handle.bytes, byteOffset: Int(address - base), byteCount: byteCount)
  }

  /// Opens another process's buffer. It is closed with the last slice of it.
  ///
  /// - Throws: for a handle of this very process, which the driver refuses.
  /// - C: `cuIpcOpenMemHandle`
  public init(_ context: Context, opening handle: IPCMemoryHandle) throws(CUDAError) {
    let raw: CUIPCMemoryHandle
    do throws(ByteCountError) { raw = try CUIPCMemoryHandle(bytes: handle.bytes) } catch {
      throw .invalidArgument("\(error)")
    }
    let stride = MemoryLayout<Element>.stride
    guard handle.byteCount % stride == 0, handle.byteOffset % stride == 0 else {
      throw .invalidArgument(
        "\(handle.byteCount) bytes at \(handle.byteOffset) are no elements of \(stride)")
    }
    let address = try context.call { (driver) throws(CollectiveError) in
      // CU_IPC_MEM_LAZY_ENABLE_PEER_ACCESS
      try driver.ipcOpenMemHandle(handle: raw, flags: 1)
    }
    self.init(
      try DeviceMemory(context, address: address, .opened), offset: handle.byteOffset / stride,
      count: handle.byteCount / stride)
  }
}

extension Event {
  /// Makes 64 bytes with which another process opens the event, which must have been made shared.
  ///
  /// - C: `cuIpcGetEventHandle`
  public func ipcHandle() throws(CUDAError) -> [UInt8] {
    try context.call { (driver) throws(CollectiveError) in
      try driver.ipcGetEventHandle(event: handle).bytes
    }
  }

  /// Opens another process's event.
  ///
  /// - C: `cuIpcOpenEventHandle`
  public convenience init(_ context: Context, opening bytes: [UInt8]) throws(CUDAError) {
    let raw: CUIPCEventHandle
    do throws(ByteCountError) { raw = try CUIPCEventHandle(bytes: bytes) } catch {
      throw .invalidArgument("\(error)")
    }
    let handle = try context.call { (driver) throws(CollectiveError) in
      try driver.ipcOpenEventHandle(handle: raw)
    }
    self.init(context, opened: handle)
  }
}
