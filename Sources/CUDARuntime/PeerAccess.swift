public import CUDADriverBindings
internal import LibraryLoader

extension Device {
  /// Whether this device can read and write the other's memory directly.
  ///
  /// - C: `cuDeviceCanAccessPeer`
  public func canAccess(_ peer: Device) throws(CUDAError) -> Bool {
    try calling { () throws(CollectiveError) in
      try cuda.driver.deviceCanAccessPeer(device: handle, peerDev: peer.handle)
    } != 0
  }

  /// - C: `cuDeviceGetP2PAttribute`
  public func attribute(
    _ attribute: CUDeviceP2PAttribute, to peer: Device
  ) throws(CUDAError) -> Int {
    Int(
      try calling { () throws(CollectiveError) in
        try cuda.driver.deviceGetP2PAttribute(
          attrib: attribute, srcDevice: handle, dstDevice: peer.handle)
      })
  }
}

extension Context {
  /// Lets kernels and copies of this context use the memory of another device's context. Once is
  /// enough; to ask again is no error.
  ///
  /// - C: `cuCtxEnablePeerAccess`
  public func enableAccess(to peer: Context) throws(CUDAError) {
    do throws(CUDAError) {
      try call { (driver) throws(CollectiveError) in
        try driver.ctxEnablePeerAccess(peerContext: peer.handle, flags: 0)
      }
    } catch {
      if error.hasCode(.errorPeerAccessAlreadyEnabled) { return }
      throw error
    }
  }

  /// - C: `cuCtxDisablePeerAccess`
  public func disableAccess(to peer: Context) throws(CUDAError) {
    try call { (driver) throws(CollectiveError) in
      try driver.ctxDisablePeerAccess(peerContext: peer.handle)
    }
  }
}
