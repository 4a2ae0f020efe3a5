internal import CUDARuntime
internal import Collectives

/// An element whose values can be worked out in float64.
protocol CheckedElement: CollectiveElement {
  /// A value that the type can hold.
  init(checked value: Double)
  var doubleValue: Double { get }
  /// Half the distance of neighbouring values, relative to them; nil: integers, which are exact.
  static var unitRoundoff: Double? { get }
  static var isSigned: Bool { get }
  /// All integers of a magnitude up to this are values of the type.
  static var largestExactInteger: Int { get }
}

extension CheckedElement where Self: FixedWidthInteger {
  init(checked value: Double) { self.init(value) }
  var doubleValue: Double { Double(self) }
  static var unitRoundoff: Double? { nil }
  static var largestExactInteger: Int { Int(clamping: Swift.min(UInt64(Self.max), 1 << 53)) }
}

extension Int8: CheckedElement {}
extension UInt8: CheckedElement {}
extension Int16: CheckedElement {}
extension UInt16: CheckedElement {}
extension Int32: CheckedElement {}
extension UInt32: CheckedElement {}
extension Int64: CheckedElement {}
extension UInt64: CheckedElement {}

extension CheckedElement where Self: BinaryFloatingPoint {
  init(checked value: Double) { self.init(value) }
  var doubleValue: Double { Double(self) }
  static var unitRoundoff: Double? { Double(Self.ulpOfOne) / 2 }
  static var isSigned: Bool { true }
  static var largestExactInteger: Int { 2 << Self.significandBitCount }
}

extension Float16: CheckedElement {}
extension Float: CheckedElement {}
extension Double: CheckedElement {}

extension BFloat16: CheckedElement {
  init(checked value: Double) { self.init(value) }
  var doubleValue: Double { Double(self) }
  static var unitRoundoff: Double? { 0x1p-8 }
  static var isSigned: Bool { true }
  static var largestExactInteger: Int { 1 << 8 }
}

extension Float8E4M3: CheckedElement {
  init(checked value: Double) { self.init(Float(value)) }
  var doubleValue: Double { Double(Float(self)) }
  static var unitRoundoff: Double? { 0x1p-4 }
  static var isSigned: Bool { true }
  static var largestExactInteger: Int { 1 << 4 }
}

extension Float8E5M2: CheckedElement {
  init(checked value: Double) { self.init(Float(value)) }
  var doubleValue: Double { Double(Float(self)) }
  static var unitRoundoff: Double? { 0x1p-3 }
  static var isSigned: Bool { true }
  static var largestExactInteger: Int { 1 << 3 }
}

extension DataType {
  /// Runs `body` with the Swift type of the elements.
  func withElement<Result>(_ body: (any CheckedElement.Type) throws -> Result) rethrows -> Result {
    switch self {
    case .int8: try body(Int8.self)
    case .uint8: try body(UInt8.self)
    case .int16: try body(Int16.self)
    case .uint16: try body(UInt16.self)
    case .int32: try body(Int32.self)
    case .uint32: try body(UInt32.self)
    case .int64: try body(Int64.self)
    case .uint64: try body(UInt64.self)
    case .float16: try body(Float16.self)
    case .bfloat16: try body(BFloat16.self)
    case .float32: try body(Float.self)
    case .float64: try body(Double.self)
    case .float8e4m3: try body(Float8E4M3.self)
    case .float8e5m2: try body(Float8E5M2.self)
    }
  }
}
