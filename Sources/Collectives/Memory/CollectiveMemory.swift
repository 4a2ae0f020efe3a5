public import CUDARuntime

/// Elements that a library's collectives may read and write: a device's memory, or the host's where
/// the library works on the CPU.
public protocol CollectiveMemory<Element> {
  associatedtype Element: CollectiveElement
  /// In elements.
  var count: Int { get }
  /// Where they begin; may be nil where there are none.
  var address: UnsafeMutableRawPointer? { get }
}

extension DeviceBuffer: CollectiveMemory where Element: CollectiveElement {
  /// The address on the device.
  public var address: UnsafeMutableRawPointer? { pointer }
}

/// Memory that somebody else owns and keeps while calls use it: a tensor's, say.
public struct BorrowedMemory<Element: CollectiveElement>: CollectiveMemory {
  /// Where it begins.
  public let address: UnsafeMutableRawPointer?
  /// In elements.
  public let count: Int

  /// `count` elements at an address.
  public init(_ address: UnsafeMutableRawPointer?, count: Int) {
    self.address = address
    self.count = count
  }
}
