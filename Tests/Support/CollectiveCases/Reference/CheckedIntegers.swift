internal import Collectives

/// Integers: libraries compute them exactly, and sums and products wrap around.
package protocol CheckedInteger: CheckedElement, FixedWidthInteger {}

extension CheckedInteger {
  package static func anything(_ bits: UInt64) -> Self { Self(truncatingIfNeeded: bits) }

  package static func exact(
    _ bits: UInt64, for op: CheckedOp, rank: Int, nRanks: Int
  ) -> Self {
    // Whether a sum that overflows is averaged right is not defined: eight ranks of these are within
    // an Int8.
    if op == .average {
      return Self(truncatingIfNeeded: isSigned ? Int(bits % 31) - 15 : Int(bits % 16))
    }
    return Self(truncatingIfNeeded: bits)
  }

  package static func rounded(_ bits: UInt64, for op: CheckedOp) -> Self? { nil }

  package static func scalar(_ number: Int, isExact: Bool) -> Self { number % 2 == 0 ? 3 : 5 }

  package static func reduce(
    _ values: [Self], _ op: CheckedOp, scalars: [Self], isExact: Bool
  ) -> Foretold<Self> {
    let result: Self
    switch op {
    case .sum: result = values.reduce(0, &+)
    case .product: result = values.reduce(1, &*)
    case .minimum: result = values.min() ?? 0
    case .maximum: result = values.max() ?? 0
    case .average: result = values.reduce(0, &+) / Self(values.count)
    case .preMultipliedSum:
      result = zip(values, scalars).reduce(0) { $0 &+ $1.0 &* $1.1 }
    }
    return Foretold(nearest: result)
  }
}

extension Int8: CheckedInteger {}
extension UInt8: CheckedInteger {}
extension Int16: CheckedInteger {}
extension UInt16: CheckedInteger {}
extension Int32: CheckedInteger {}
extension UInt32: CheckedInteger {}
extension Int64: CheckedInteger {}
extension UInt64: CheckedInteger {}
