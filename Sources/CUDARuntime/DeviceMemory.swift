internal import CCUDADriverBindings
internal import CUDADriverBindings
internal import LibraryLoader

/// Memory of a device, given back when nobody holds it any more.
final class DeviceMemory: @unchecked Sendable {
  enum Origin: Sendable {
    case allocated
    /// Opened from another process.
    case opened
    /// Addresses of our own, so many bytes of them; behind them pieces of so many bytes are mapped.
    case reserved(byteCount: Int, pieces: [Int])
    /// Somebody else's, who keeps it.
    case borrowed
  }

  let context: Context
  /// Its beginning, which the host does not look behind.
  let pointer: UnsafeMutableRawPointer
  private var origin: Origin

  init(borrowing pointer: UnsafeMutableRawPointer, _ context: Context) {
    self.context = context
    self.pointer = pointer
    origin = .borrowed
  }

  /// Takes what the driver gave, at an address as it writes them.
  init(_ context: Context, address: UInt64, _ origin: Origin) throws(CUDAError) {
    guard let pointer = UnsafeMutableRawPointer(bitPattern: UInt(address)) else {
      throw .invalidArgument("the driver gave no memory")
    }
    self.context = context
    self.pointer = pointer
    self.origin = origin
  }

  /// Of the device's own memory. No byte is a byte more: the driver refuses an allocation of none.
  convenience init(_ context: Context, byteCount: Int) throws(CUDAError) {
    let address = try context.call { (driver) throws(CollectiveError) in
      try driver.memAlloc(bytesize: max(byteCount, 1))
    }
    try self.init(context, address: address, .allocated)
  }

  /// Addresses, behind which nothing is yet.
  convenience init(_ context: Context, reserving byteCount: Int) throws(CUDAError) {
    let address = try context.call { (driver) throws(CollectiveError) in
      try driver.memAddressReserve(size: byteCount, alignment: 0, addr: 0, flags: 0)
    }
    try self.init(context, address: address, .reserved(byteCount: byteCount, pieces: []))
  }

  /// As the driver writes it.
  var address: UInt64 { UInt64(UInt(bitPattern: pointer)) }

  /// Maps memory behind what is mapped already. Before anybody else has a reference.
  func map(_ piece: PhysicalMemory) throws(CUDAError) {
    guard case .reserved(let byteCount, let pieces) = origin else {
      throw .invalidArgument("memory is mapped to addresses that were reserved for it")
    }
    let place = address + UInt64(pieces.reduce(0, +))
    try context.call { (driver) throws(CollectiveError) in
      try driver.memMap(
        ptr: place, size: piece.byteCount, offset: 0, handle: piece.handle, flags: 0)
    }
    origin = .reserved(byteCount: byteCount, pieces: pieces + [piece.byteCount])
  }

  deinit {
    switch origin {
    case .allocated:
      // Waits until the device has done what uses it.
      context.withCurrent { (driver) in _ = driver.functions.cuMemFree_v2?(address) }
    case .opened:
      context.withCurrent { (driver) in _ = driver.functions.cuIpcCloseMemHandle?(address) }
    case .reserved(let byteCount, let pieces):
      context.withCurrent { (driver) in
        // Unmapping does not wait for what uses the memory.
        _ = driver.functions.cuCtxSynchronize?()
        var place = address
        for piece in pieces {
          _ = driver.functions.cuMemUnmap?(place, piece)
          place += UInt64(piece)
        }
        _ = driver.functions.cuMemAddressFree?(address, byteCount)
      }
    case .borrowed: break
    }
  }
}
