internal import CUDARuntime
package import Collectives

/// A type of elements whose reductions can be foretold.
package protocol CheckedElement: CollectiveElement, CustomStringConvertible {
  /// Any value at all, also NaN: for what only moves elements.
  static func anything(_ bits: UInt64) -> Self

  /// A value whose reduction over the ranks is exact, whatever the order and the precision of what is
  /// between.
  static func exact(_ bits: UInt64, for op: CheckedOp, rank: Int, nRanks: Int) -> Self

  /// A value whose reduction is rounded; nil: the type has none.
  static func rounded(_ bits: UInt64, for op: CheckedOp) -> Self?

  /// What a pre-multiplied sum of exact values, or of rounded ones, multiplies with: two of them.
  static func scalar(_ number: Int, isExact: Bool) -> Self

  /// What a reduction must come to.
  ///
  /// - Parameters:
  ///   - values: By rank.
  ///   - scalars: What a pre-multiplied sum multiplies them with.
  static func reduce(
    _ values: [Self], _ op: CheckedOp, scalars: [Self], isExact: Bool
  ) -> Foretold<Self>
}

/// What an element must be.
package struct Foretold<Element: CheckedElement> {
  /// Its nearest value.
  var nearest: Element
  /// In float64; of integers not looked at.
  var value = 0.0
  /// How far from `value` a result may be; 0: it must be `nearest`, bit by bit.
  var bound = 0.0
}

/// The reductions that are checked.
package enum CheckedOp: String, CaseIterable {
  case sum, product, minimum, maximum, average, preMultipliedSum

  /// Of those that libraries bring along.
  var builtIn: ReductionOp? {
    switch self {
    case .sum: .sum
    case .product: .product
    case .minimum: .minimum
    case .maximum: .maximum
    case .average: .average
    case .preMultipliedSum: nil
    }
  }
}

/// All types, whether a library has them or not.
package let checkedTypes: [any CheckedElement.Type] = [
  Int8.self, UInt8.self, Int16.self, UInt16.self, Int32.self, UInt32.self, Int64.self, UInt64.self,
  Float16.self, BFloat16.self, Float.self, Double.self, Float8E4M3.self, Float8E5M2.self,
]
