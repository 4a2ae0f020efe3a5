internal import CCUDADriverBindings
internal import CUDADriverBindings
internal import LibraryLoader

/// Memory of a device, given back when nobody holds it any more.
final class DeviceMemory: @unchecked Sendable {
  enum Origin: Sendable {
    case allocated
    /// Mapped from another process.
    case opened
    /// Somebody else's, who keeps it.
    case borrowed
  }

  let context: Context
  /// Its beginning, which the host does not look behind.
  let pointer: UnsafeMutableRawPointer
  private let origin: Origin

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

  deinit {
    let address = UInt64(UInt(bitPattern: pointer))
    switch origin {
    case .allocated:
      // Waits until the device has done what uses it.
      context.withCurrent { (driver) in _ = driver.functions.cuMemFree_v2?(address) }
    case .opened:
      context.withCurrent { (driver) in _ = driver.functions.cuIpcCloseMemHandle?(address) }
    case .borrowed: break
    }
  }
}
