internal import CCUDADriverBindings
internal import CUDADriverBindings
internal import LibraryLoader

/// Bytes on a device, freed when nobody holds them any more.
final class DeviceMemory: Sendable {
  enum Origin: Sendable {
    case allocated
    /// Mapped from another process.
    case opened
    /// Somebody else's, who keeps it.
    case borrowed
  }

  let context: Context
  let address: UInt64
  let byteCount: Int
  private let origin: Origin
  /// Kept alive with the memory, such as what it was borrowed from.
  private let owner: (any Sendable)?

  init(
    _ context: Context, address: UInt64, byteCount: Int, _ origin: Origin,
    owner: (any Sendable)? = nil
  ) {
    self.context = context
    self.address = address
    self.byteCount = byteCount
    self.origin = origin
    self.owner = owner
  }

  /// Of the device's own memory. No byte is a byte more: the driver refuses an allocation of none.
  init(_ context: Context, byteCount: Int) throws(CUDAError) {
    self.context = context
    self.byteCount = byteCount
    origin = .allocated
    owner = nil
    address = try context.call { (driver) throws(CollectiveError) in
      try driver.memAlloc(bytesize: max(byteCount, 1))
    }
  }

  deinit {
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
