internal import HeaderModel

/// A value while a macro's expression is worked out.
struct Constant: Equatable {
  enum Payload: Equatable {
    case integer(Int128)
    case floating(Double)
    case string([UInt8])
  }

  var payload: Payload
  /// As C would say, or what the last cast named.
  var type: CType
  /// The type with typedefs and enumerations resolved: a scalar or a pointer.
  var resolved: CType

  init(_ payload: Payload, _ type: CType, resolved: CType? = nil) {
    self.payload = payload
    self.type = type
    self.resolved = resolved ?? type
  }

  static func int(_ value: Int128) -> Constant { Constant(.integer(value), .scalar(.int)) }

  var scalar: CType.Scalar? {
    if case .scalar(let scalar) = resolved { scalar } else { nil }
  }

  /// Whether C takes it for true; `nil` for what is neither number nor pointer.
  var isTrue: Bool? {
    switch payload {
    case .integer(let value): value != 0
    case .floating(let value): value != 0
    case .string: nil
    }
  }

  /// `nil` where C leaves the result open, as for a number that the integer type cannot hold.
  func converted(to scalar: CType.Scalar) -> Payload? {
    switch payload {
    case .string: return nil
    case .integer(let value):
      if scalar == .float { return .floating(Double(Float(value))) }
      if scalar == .double { return .floating(Double(value)) }
      return .integer(scalar.wrap(value))
    case .floating(let value):
      if scalar == .float { return .floating(Double(Float(value))) }
      if scalar == .double { return .floating(value) }
      if scalar == .bool { return .integer(value != 0 ? 1 : 0) }
      guard value.isFinite, abs(value) < 0x1p65 else { return nil }
      let integer = Int128(value)
      return scalar.range.contains(integer) ? .integer(integer) : nil
    }
  }
}

extension CType.Scalar {
  /// The values of an integer type.
  var range: ClosedRange<Int128> {
    let bits = Int128(size * 8)
    if self == .bool { return 0...1 }
    return isSigned ? -(1 << (bits - 1))...(1 << (bits - 1)) - 1 : 0...(1 << bits) - 1
  }

  /// The value that a conversion to this integer type gives.
  func wrap(_ value: Int128) -> Int128 {
    if self == .bool { return value == 0 ? 0 : 1 }
    let bits = Int128(size * 8)
    let low = value & ((1 << bits) - 1)
    return isSigned && low >> (bits - 1) != 0 ? low - (1 << bits) : low
  }

  /// What integers smaller than `int` become in an expression.
  var promoted: CType.Scalar { rank < CType.Scalar.int.rank ? .int : self }

  private var rank: Int {
    switch self {
    case .bool: 0
    case .char, .signedChar, .unsignedChar: 1
    case .short, .unsignedShort: 2
    case .int, .unsignedInt: 3
    case .long, .unsignedLong: 4
    case .longLong, .unsignedLongLong: 5
    case .float: 6
    case .double: 7
    }
  }

  /// C's usual arithmetic conversions.
  static func common(_ left: CType.Scalar, _ right: CType.Scalar) -> CType.Scalar {
    let (left, right) = (left.promoted, right.promoted)
    if left.isFloating || right.isFloating || left.isSigned == right.isSigned {
      return left.rank >= right.rank ? left : right
    }
    let (signed, unsigned) = left.isSigned ? (left, right) : (right, left)
    if unsigned.rank >= signed.rank { return unsigned }
    if signed.size > unsigned.size { return signed }
    return signed == .longLong ? .unsignedLongLong : .unsignedLong
  }
}
