package import CUDARuntime
internal import Collectives

/// Floats. Libraries differ in the order of a reduction, and in the precision between its steps, so
/// there are two kinds of inputs.
///
/// Exact ones are small integers for sums and powers of two for products: every partial result of
/// every order is a value of the type, and nothing is ever rounded.
///
/// Rounded ones are reals of magnitude up to 1.25. With u the unit roundoff of the type, each of the n - 1
/// steps of a reduction rounds once, a multiplication or division before or after it once more for
/// each element, and the reference in float64 has errors of its own, which for float64 are as large:
/// so a sum may be (2n + 2) u times the sum of the magnitudes from the reference, and a product as
/// many times its own. A result that is subnormal is off by steps of the smallest value instead, one
/// for each rounding.
package protocol CheckedFloat: CheckedElement {
  /// The nearest value.
  init(nearest value: Double)
  /// The same value.
  var float64: Double { get }
  init(bits: UInt64)
  /// Half of the distance from 1 to the next value.
  static var unitRoundoff: Double { get }
  /// The smallest value.
  static var smallest: Double { get }
}

extension CheckedFloat {
  package static func anything(_ bits: UInt64) -> Self { Self(bits: bits) }

  package static func exact(
    _ bits: UInt64, for op: CheckedOp, rank: Int, nRanks: Int
  ) -> Self {
    switch op {
    case .sum, .average, .preMultipliedSum:
      // Integers up to 1/u are values of the type, and 16 is as many different ones as are needed.
      let largest = min(Int(1 / unitRoundoff) / nRanks, 16)
      let magnitude = Double(bits >> 1 % UInt64(largest + 1))
      return Self(nearest: bits & 1 == 0 ? magnitude : -magnitude)
    case .product:
      // Of more than eight factors of two an FP8 overflows.
      let magnitude = rank < 8 ? [0.5, 1, 2][Int(bits >> 1 % 3)] : 1
      return Self(nearest: bits & 1 == 0 ? magnitude : -magnitude)
    case .minimum, .maximum: return rounded(bits, for: op) ?? .zero
    }
  }

  package static func rounded(_ bits: UInt64, for op: CheckedOp) -> Self? {
    let fraction = Double(bits >> 12) / Double(1 << 52)
    switch op {
    case .product: return Self(nearest: 0.75 + 0.5 * fraction)
    // Never zero: which of two zeros is the smaller is not defined.
    case .minimum, .maximum:
      return Self(nearest: bits & 1 == 0 ? 0.25 + fraction : -0.25 - fraction)
    default: return Self(nearest: 2 * fraction - 1)
    }
  }

  package static func scalar(_ number: Int, isExact: Bool) -> Self {
    Self(nearest: isExact ? (number % 2 == 0 ? -1 : 1) : (number % 2 == 0 ? 0.75 : -1.25))
  }

  package static func reduce(
    _ values: [Self], _ op: CheckedOp, scalars: [Self], isExact: Bool
  ) -> Foretold<Self> {
    var terms = values.map(\.float64)
    if op == .preMultipliedSum { terms = zip(terms, scalars).map { $0 * $1.float64 } }
    let result: Double
    var magnitude = terms.reduce(0) { $0 + $1.magnitude }
    switch op {
    case .sum, .preMultipliedSum: result = terms.reduce(0, +)
    case .average:
      result = terms.reduce(0, +) / Double(terms.count)
      magnitude /= Double(terms.count)
    case .product:
      result = terms.reduce(1, *)
      magnitude = result.magnitude
    case .minimum: result = terms.min() ?? 0
    case .maximum: result = terms.max() ?? 0
    }
    let n = Double(values.count)
    // A division by three is rounded whatever the elements.
    let isPower = values.count & (values.count - 1) == 0
    let isChoice = op == .minimum || op == .maximum
    let mayRound = !isChoice && (!isExact || op == .average && !isPower)
    return Foretold(
      nearest: Self(nearest: result), value: result,
      bound: mayRound ? (2 * n + 2) * unitRoundoff * magnitude + n * smallest : 0)
  }
}

extension Float16: CheckedFloat {
  package init(nearest value: Double) { self.init(value) }
  package init(bits: UInt64) { self.init(bitPattern: UInt16(truncatingIfNeeded: bits)) }
  package var float64: Double { Double(self) }
  package static var unitRoundoff: Double { 0x1p-11 }
  package static var smallest: Double { 0x1p-24 }
}

extension BFloat16: CheckedFloat {
  package init(nearest value: Double) { self.init(value) }
  package init(bits: UInt64) { self.init(bitPattern: UInt16(truncatingIfNeeded: bits)) }
  package var float64: Double { Double(self) }
  package static var unitRoundoff: Double { 0x1p-8 }
  package static var smallest: Double { 0x1p-133 }
}

extension Float: CheckedFloat {
  package init(nearest value: Double) { self.init(value) }
  package init(bits: UInt64) { self.init(bitPattern: UInt32(truncatingIfNeeded: bits)) }
  package var float64: Double { Double(self) }
  package static var unitRoundoff: Double { 0x1p-24 }
  package static var smallest: Double { 0x1p-149 }
}

extension Double: CheckedFloat {
  package init(nearest value: Double) { self = value }
  package init(bits: UInt64) { self.init(bitPattern: bits) }
  package var float64: Double { self }
  package static var unitRoundoff: Double { 0x1p-53 }
  package static var smallest: Double { 0x1p-1074 }
}

extension Float8E4M3: CheckedFloat {
  package init(nearest value: Double) { self.init(Float(value)) }
  package init(bits: UInt64) { self.init(bitPattern: UInt8(truncatingIfNeeded: bits)) }
  package var float64: Double { Double(Float(self)) }
  package static var unitRoundoff: Double { 0x1p-4 }
  package static var smallest: Double { 0x1p-9 }
}

extension Float8E5M2: CheckedFloat {
  package init(nearest value: Double) { self.init(Float(value)) }
  package init(bits: UInt64) { self.init(bitPattern: UInt8(truncatingIfNeeded: bits)) }
  package var float64: Double { Double(Float(self)) }
  package static var unitRoundoff: Double { 0x1p-3 }
  package static var smallest: Double { 0x1p-16 }
}
