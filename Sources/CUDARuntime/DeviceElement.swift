/// A type that may lie in a device's memory as it is: plain bits of a fixed size.
public protocol DeviceElement: BitwiseCopyable, Sendable {
  /// All bits clear.
  static var zero: Self { get }
}

extension DeviceElement {
  /// What a buffer of so many elements takes.
  static func byteCount(of count: Int) throws(CUDAError) -> Int {
    let (byteCount, overflows) = count.multipliedReportingOverflow(by: MemoryLayout<Self>.stride)
    guard count >= 0, !overflows else {
      throw .invalidArgument("a buffer cannot have \(count) elements")
    }
    return byteCount
  }
}

extension Int8: DeviceElement {}
extension UInt8: DeviceElement {}
extension Int16: DeviceElement {}
extension UInt16: DeviceElement {}
extension Int32: DeviceElement {}
extension UInt32: DeviceElement {}
extension Int64: DeviceElement {}
extension UInt64: DeviceElement {}
extension Float: DeviceElement {}
extension Double: DeviceElement {}
extension Float16: DeviceElement {}

extension BFloat16: DeviceElement {
  /// Positive zero.
  public static var zero: BFloat16 { BFloat16(bitPattern: 0) }
}

extension Float8E4M3: DeviceElement {
  /// Positive zero.
  public static var zero: Float8E4M3 { Float8E4M3(bitPattern: 0) }
}

extension Float8E5M2: DeviceElement {
  /// Positive zero.
  public static var zero: Float8E5M2 { Float8E5M2(bitPattern: 0) }
}
