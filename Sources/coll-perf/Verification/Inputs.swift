internal import Collectives

/// What every rank sends: values that each rank can work out for all others.
///
/// They are chosen so that results are exact in every type and in whatever order ranks are combined:
///
/// - sums, averages, minima, maxima: integers of a magnitude that the sum of all ranks' stays within
///   what the type holds exactly; where there are more ranks than that, only some of them give
///   something but 0;
/// - products: powers of two, ±½, ±1, ±2 (of integers 1 and 2), of which at most six ranks give
///   another than ±1;
/// - copies: any integer that the type holds exactly.
///
/// They repeat after a prime number of elements, so that a block at a wrong place shows, and neither
/// inputs nor results need be worked out for more elements than that.
struct Inputs: Sendable {
  static let period = 16381

  enum Kind: Sendable, Equatable {
    case copy, sum, product
  }

  let kind: Kind
  let nRanks: Int
  let isSigned: Bool
  let isInteger: Bool
  /// The largest magnitude of `copy` and `sum`.
  let largest: Int
  /// One of so many ranks gives what is not neutral.
  let sparsity: Int

  init<Element: CheckedElement>(_ reduction: ReductionOp?, _ type: Element.Type, nRanks: Int) {
    self.nRanks = nRanks
    isSigned = type.isSigned
    isInteger = type.unitRoundoff == nil
    let exact = type.largestExactInteger
    switch reduction {
    case nil:
      kind = .copy
      largest = min(exact, 1 << 20)
      sparsity = 1
    case .product:
      kind = .product
      largest = 2
      sparsity = (nRanks + 5) / 6
    default:
      kind = .sum
      largest = max(1, min(exact / nRanks, 1 << 10))
      sparsity = (nRanks + exact - 1) / exact
    }
  }

  /// A rank's element.
  func value(rank: Int, index: Int) -> Double {
    let place = index % Self.period
    let bits = Self.mix(UInt64(rank) << 32 | UInt64(place))
    // Other ranks at other places.
    let isNeutral = (rank + place) % sparsity != 0
    switch kind {
    case .copy, .sum:
      if isNeutral { return 0 }
      let magnitude = Int(bits >> 1) % (largest + 1)
      return Double(isSigned && bits & 1 == 1 ? -magnitude : magnitude)
    case .product:
      let sign: Double = isSigned && bits & 1 == 1 ? -1 : 1
      if isNeutral { return sign }
      let exponents = isInteger ? 0...1 : -1...1
      let exponent = exponents.lowerBound + Int(bits >> 1) % exponents.count
      return Double(sign: .plus, exponent: exponent, significand: sign)
    }
  }

  /// The first elements that a rank sends, as many as repeat.
  func table(rank: Int, count: Int) -> [Double] {
    (0..<min(count, Self.period)).map { value(rank: rank, index: $0) }
  }

  /// SplitMix64's last steps: neighbouring numbers come out unlike each other.
  private static func mix(_ number: UInt64) -> UInt64 {
    var bits = number &+ 0x9E37_79B9_7F4A_7C15
    bits = (bits ^ bits >> 30) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
    return bits ^ bits >> 31
  }
}
