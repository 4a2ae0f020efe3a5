public import CUDADriverBindings
internal import LibraryLoader

/// A GPU.
public struct Device: Sendable {
  /// What it was found with.
  public let cuda: CUDA
  /// The driver's handle, which is not the ordinal.
  public let handle: Int32
  /// Its number among the devices that this process sees.
  public let ordinal: Int

  init(_ cuda: CUDA, ordinal: Int) throws(CUDAError) {
    self.cuda = cuda
    self.ordinal = ordinal
    guard let number = Int32(exactly: ordinal) else {
      throw .noSuchDevice("there is no device \(ordinal)")
    }
    handle = try calling { () throws(CollectiveError) in
      try cuda.driver.deviceGet(ordinal: number)
    }
  }
}

extension CUDA {
  /// The device with a number, counted from 0 among those that this process sees.
  ///
  /// - C: `cuDeviceGet`
  public func device(_ ordinal: Int) throws(CUDAError) -> Device {
    let count = try deviceCount()
    guard (0..<count).contains(ordinal) else {
      throw .noSuchDevice(
        "there is no device \(ordinal): this process sees \(count)\(VisibleDevices.remark)")
    }
    return try Device(self, ordinal: ordinal)
  }

  /// All devices that this process sees.
  public func devices() throws(CUDAError) -> [Device] {
    var devices: [Device] = []
    for ordinal in 0..<(try deviceCount()) { devices.append(try Device(self, ordinal: ordinal)) }
    return devices
  }

  /// The device with a UUID, written as `nvidia-smi -L` does, or a beginning of it that only one
  /// device has.
  ///
  /// - C: `cuDeviceGetUuid`
  public func device(uuid text: String) throws(CUDAError) -> Device {
    var found: [Device] = []
    for device in try devices() where try device.uuid().matches(text) { found.append(device) }
    guard let device = found.first else {
      throw .noSuchDevice("no device has the UUID \(text)\(VisibleDevices.remark)")
    }
    guard found.count == 1 else {
      throw .noSuchDevice("\(found.count) devices have UUIDs that begin with \(text)")
    }
    return device
  }

  /// The device at a place on the PCI bus, such as `0000:1B:00.0`; the domain may be left out.
  ///
  /// - C: `cuDeviceGetByPCIBusId`
  public func device(pciBusID: String) throws(CUDAError) -> Device {
    let handle: Int32
    do throws(CollectiveError) {
      handle = try driver.deviceGetByPCIBusId(pciBusId: pciBusID)
    } catch {
      throw .noSuchDevice(
        "there is no device at \(pciBusID)\(VisibleDevices.remark): \(error)")
    }
    for device in try devices() where device.handle == handle { return device }
    throw .noSuchDevice("the device at \(pciBusID) has no number")
  }
}

extension Device {
  /// The model's name, such as `NVIDIA H200`.
  ///
  /// - C: `cuDeviceGetName`
  public func name() throws(CUDAError) -> String {
    try text(256) { (bytes, count) throws(CollectiveError) in
      try cuda.driver.deviceGetName(name: bytes, len: count, device: handle)
    }
  }

  /// Its place on the PCI bus, such as `0000:1B:00.0`.
  ///
  /// - C: `cuDeviceGetPCIBusId`
  public func pciBusID() throws(CUDAError) -> String {
    try text(32) { (bytes, count) throws(CollectiveError) in
      try cuda.driver.deviceGetPCIBusId(pciBusId: bytes, len: count, device: handle)
    }
  }

  private func text(
    _ size: Int, _ write: (UnsafeMutablePointer<CChar>, Int32) throws(CollectiveError) -> Void
  ) throws(CUDAError) -> String {
    let bytes = UnsafeMutablePointer<CChar>.allocate(capacity: size)
    defer { bytes.deallocate() }
    bytes.initialize(repeating: 0, count: size)
    try calling { () throws(CollectiveError) in try write(bytes, Int32(size - 1)) }
    return String(cString: bytes)
  }

  /// What tells the device from all others.
  ///
  /// - C: `cuDeviceGetUuid`
  public func uuid() throws(CUDAError) -> DeviceUUID {
    DeviceUUID(
      bytes: try calling { () throws(CollectiveError) in
        try cuda.driver.deviceGetUuid(device: handle).bytes
      })
  }

  /// In bytes.
  ///
  /// - C: `cuDeviceTotalMem`
  public func totalMemory() throws(CUDAError) -> Int {
    try calling { () throws(CollectiveError) in try cuda.driver.deviceTotalMem(device: handle) }
  }

  /// - C: `cuDeviceGetAttribute`
  public func attribute(_ attribute: CUDeviceAttribute) throws(CUDAError) -> Int {
    Int(
      try calling { () throws(CollectiveError) in
        try cuda.driver.deviceGetAttribute(attrib: attribute, device: handle)
      })
  }

  /// Such as 9.0 for Hopper.
  public func computeCapability() throws(CUDAError) -> ComputeCapability {
    ComputeCapability(
      major: try attribute(.computeCapabilityMajor), minor: try attribute(.computeCapabilityMinor))
  }
}

/// What a GPU's instructions are.
public struct ComputeCapability: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The generation.
  public var major: Int
  /// The variant.
  public var minor: Int

  /// Makes one, such as 9.0.
  public init(major: Int, minor: Int) {
    self.major = major
    self.minor = minor
  }

  /// By generation, then by variant.
  public static func < (left: ComputeCapability, right: ComputeCapability) -> Bool {
    (left.major, left.minor) < (right.major, right.minor)
  }

  /// As NVIDIA writes it: `9.0`.
  public var description: String { "\(major).\(minor)" }
}

/// The 16 bytes that tell a device from all others.
public struct DeviceUUID: Hashable, Sendable, CustomStringConvertible {
  /// In the order in which they are written.
  public let bytes: [UInt8]

  /// Takes 16 bytes.
  public init(bytes: [UInt8]) { self.bytes = bytes }

  /// As `nvidia-smi -L` writes it: `GPU-8e9ddbd8-…`.
  public var description: String {
    var text = "GPU-"
    for (index, byte) in bytes.enumerated() {
      if [4, 6, 8, 10].contains(index) { text += "-" }
      text += (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
    return text
  }

  /// Whether a text, with or without `GPU-`, is its beginning. Case does not matter.
  func matches(_ text: String) -> Bool {
    let wanted = text.lowercased()
    let full = description.lowercased()
    return !wanted.isEmpty && wanted != "gpu-"
      && (full.hasPrefix(wanted) || full.dropFirst(4).hasPrefix(wanted))
  }
}
