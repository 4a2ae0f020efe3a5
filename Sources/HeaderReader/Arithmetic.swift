internal import HeaderModel

/// C's operators on constants. `nil` where the result is not defined.
enum Arithmetic {
  /// `isSkipped` says that the result is not used, only its type.
  static func apply(_ sign: String, _ operand: Constant, isSkipped: Bool) -> Constant? {
    if sign == "!" { return operand.isTrue.map { .int($0 ? 0 : 1) } }
    guard let scalar = operand.scalar?.promoted, let payload = operand.converted(to: scalar) else {
      return nil
    }
    switch (sign, payload) {
    case ("+", _): return Constant(payload, .scalar(scalar))
    case ("-", .floating(let value)): return Constant(.floating(-value), .scalar(scalar))
    case ("-", .integer(let value)): return integer(-value, scalar, isSkipped)
    case ("~", .integer(let value)): return integer(~value, scalar, isSkipped)
    default: return nil
    }
  }

  static func apply(
    _ sign: String, _ left: Constant, _ right: Constant, isSkipped: Bool
  ) -> Constant? {
    guard let leftScalar = left.scalar, let rightScalar = right.scalar else { return nil }
    if sign == "<<" || sign == ">>" { return shift(sign, left, right, isSkipped) }
    let common = CType.Scalar.common(leftScalar, rightScalar)
    switch (left.converted(to: common), right.converted(to: common)) {
    case (.integer(let left), .integer(let right)):
      if let truth = compare(sign, left, right) { return .int(truth ? 1 : 0) }
      if sign == "/" || sign == "%", right == 0 {
        return isSkipped ? Constant(.integer(0), .scalar(common)) : nil
      }
      return combine(sign, left, right).flatMap { integer($0, common, isSkipped) }
    case (.floating(let left), .floating(let right)):
      if let truth = compare(sign, left, right) { return .int(truth ? 1 : 0) }
      return combine(sign, left, right).flatMap {
        Constant(.floating($0), .scalar(common)).converted(to: common).map {
          Constant($0, .scalar(common))
        }
      }
    default: return nil
    }
  }

  /// Unsigned results wrap around; a signed one that does not fit has no value.
  private static func integer(
    _ value: Int128, _ scalar: CType.Scalar, _ isSkipped: Bool
  ) -> Constant? {
    let wrapped = scalar.wrap(value)
    guard wrapped == value || !scalar.isSigned || isSkipped else { return nil }
    return Constant(.integer(wrapped), .scalar(scalar))
  }

  private static func shift(
    _ sign: String, _ left: Constant, _ right: Constant, _ isSkipped: Bool
  ) -> Constant? {
    guard let scalar = left.scalar?.promoted, !scalar.isFloating,
      case .integer(let value) = left.converted(to: scalar),
      case .integer(let count) = right.payload
    else { return nil }
    guard count >= 0, count < scalar.size * 8 else {
      return isSkipped ? Constant(.integer(0), .scalar(scalar)) : nil
    }
    if sign == ">>" { return Constant(.integer(value >> count), .scalar(scalar)) }
    // `1 << 31` is not defined by C's letter, but by every compiler, and common in headers.
    return Constant(.integer(scalar.wrap(value << count)), .scalar(scalar))
  }

  private static func compare<Value: Comparable>(
    _ sign: String, _ left: Value, _ right: Value
  ) -> Bool? {
    switch sign {
    case "==": left == right
    case "!=": left != right
    case "<": left < right
    case ">": left > right
    case "<=": left <= right
    case ">=": left >= right
    default: nil
    }
  }

  /// Operands have at most 64 bits, so that no product leaves the range of 128.
  private static func combine(_ sign: String, _ left: Int128, _ right: Int128) -> Int128? {
    switch sign {
    case "+": left + right
    case "-": left - right
    case "*": left.multipliedReportingOverflow(by: right).partialValue
    case "/": left / right
    case "%": left % right
    case "&": left & right
    case "|": left | right
    case "^": left ^ right
    default: nil
    }
  }

  private static func combine(_ sign: String, _ left: Double, _ right: Double) -> Double? {
    switch sign {
    case "+": left + right
    case "-": left - right
    case "*": left * right
    case "/": right == 0 ? nil : left / right
    default: nil
    }
  }
}
