public import CUDARuntime

/// The types of elements that collectives work on, under one name for all vendors.
///
/// What number a type has, and whether there is one, is up to the loaded library. A type that it
/// lacks is refused, never narrowed.
public enum DataType: Int, Sendable, Hashable, CaseIterable {
  case int8, uint8, int16, uint16, int32, uint32, int64, uint64
  case float16, bfloat16, float32, float64
  case float8e4m3, float8e5m2

  /// What vendors' headers call it, without their prefix.
  public var name: String { "\(self)" }

  /// The bytes of an element.
  public var byteCount: Int {
    switch self {
    case .int8, .uint8, .float8e4m3, .float8e5m2: 1
    case .int16, .uint16, .float16, .bfloat16: 2
    case .int32, .uint32, .float32: 4
    case .int64, .uint64, .float64: 8
    }
  }
}

/// A Swift type whose values are elements of collectives.
public protocol CollectiveElement: DeviceElement {
  /// What libraries call it.
  static var dataType: DataType { get }
}

extension Int8: CollectiveElement {
  /// `int8`.
  public static var dataType: DataType { .int8 }
}

extension UInt8: CollectiveElement {
  /// `uint8`.
  public static var dataType: DataType { .uint8 }
}

extension Int16: CollectiveElement {
  /// `int16`.
  public static var dataType: DataType { .int16 }
}

extension UInt16: CollectiveElement {
  /// `uint16`.
  public static var dataType: DataType { .uint16 }
}

extension Int32: CollectiveElement {
  /// `int32`.
  public static var dataType: DataType { .int32 }
}

extension UInt32: CollectiveElement {
  /// `uint32`.
  public static var dataType: DataType { .uint32 }
}

extension Int64: CollectiveElement {
  /// `int64`.
  public static var dataType: DataType { .int64 }
}

extension UInt64: CollectiveElement {
  /// `uint64`.
  public static var dataType: DataType { .uint64 }
}

extension Float16: CollectiveElement {
  /// `float16`.
  public static var dataType: DataType { .float16 }
}

extension BFloat16: CollectiveElement {
  /// `bfloat16`.
  public static var dataType: DataType { .bfloat16 }
}

extension Float: CollectiveElement {
  /// `float32`.
  public static var dataType: DataType { .float32 }
}

extension Double: CollectiveElement {
  /// `float64`.
  public static var dataType: DataType { .float64 }
}

extension Float8E4M3: CollectiveElement {
  /// `float8e4m3`.
  public static var dataType: DataType { .float8e4m3 }
}

extension Float8E5M2: CollectiveElement {
  /// `float8e5m2`.
  public static var dataType: DataType { .float8e5m2 }
}
