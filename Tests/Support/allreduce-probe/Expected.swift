import CUDARuntime
import Collectives
import TestSupport

/// An element type, with the arithmetic that the kernels promise.
protocol ProbeElement: CollectiveElement {
  associatedtype Bits: FixedWidthInteger & UnsignedInteger & Sendable
  init(bits: Bits)
  var bits: Bits { get }
  /// The nearest, the even one of two.
  init(rounding value: Float)
  var float: Float { get }
  /// How far rounding is from the value, in relation to it.
  static var epsilon: Double { get }
  /// The smallest step.
  static var step: Double { get }
}

extension Float: ProbeElement {
  init(bits: UInt32) { self.init(bitPattern: bits) }
  var bits: UInt32 { bitPattern }
  init(rounding value: Float) { self = value }
  var float: Float { self }
  static var epsilon: Double { 0x1p-24 }
  static var step: Double { 0x1p-149 }
}

extension Float16: ProbeElement {
  init(bits: UInt16) { self.init(bitPattern: bits) }
  var bits: UInt16 { bitPattern }
  init(rounding value: Float) { self.init(value) }
  var float: Float { Float(self) }
  static var epsilon: Double { 0x1p-11 }
  static var step: Double { 0x1p-24 }
}

extension BFloat16: ProbeElement {
  init(bits: UInt16) { self.init(bitPattern: bits) }
  var bits: UInt16 { bitPattern }
  init(rounding value: Float) { self.init(value) }
  var float: Float { Float(self) }
  static var epsilon: Double { 0x1p-8 }
  static var step: Double { 0x1p-133 }
}

/// The elements of a rank: ordinary numbers, and some of every kind that is special.
func elements<Element: ProbeElement>(_ count: Int, rank: Int, seed: Int) -> [Element] {
  var generator = SeededGenerator(seed: UInt64(seed * 64 + rank))
  let special: [Element] =
    [-0.0, 0, .infinity, -.infinity, .nan].map { Element(rounding: $0) }
    + [Element(bits: .max), Element(bits: 1), Element(bits: .max ^ (.max >> 1) | 1)]
  return (0..<count).map { _ in
    let random = generator.next()
    if random & 31 == 0 { return special[Int(random >> 32 & 7)] }
    let unit = Float(Int64(bitPattern: generator.next()) >> 40) * 0x1p-23
    return Element(rounding: unit * (random & 32 == 0 ? 1 : 100))
  }
}

/// What every rank must have: bits, from the elements of all ranks in their order.
func expected<Element: ProbeElement>(
  _ ranks: [[Element]], _ reductionOp: ReductionOp
) -> [Element] {
  ranks[0].indices.map { index in
    var total = ranks[0][index].float
    for rank in ranks.dropFirst() {
      let value = rank[index].float
      switch reductionOp {
      case .sum, .average: total += value
      case .product: total *= value
      case .maximum: total = maximum(total, value)
      case .minimum: total = -maximum(-total, -value)
      case .custom: preconditionFailure("the kernels have no custom operations")
      }
    }
    return Element(rounding: reductionOp == .average ? total / Float(ranks.count) : total)
  }
}

/// As the hardware: a NaN loses, and plus zero is more than minus zero.
private func maximum(_ left: Float, _ right: Float) -> Float {
  if left.isNaN { return right }
  if right.isNaN { return left }
  if left == right { return left.sign == .minus ? right : left }
  return left > right ? left : right
}

/// The first element that is not as it must be: the same bits, or a NaN for a NaN.
func firstDifference<Element: ProbeElement>(
  _ actual: ArraySlice<Element>, _ expected: ArraySlice<Element>
) -> Int? {
  actual.indices.first {
    actual[$0].bits != expected[$0].bits
      && !(actual[$0].float.isNaN && expected[$0].float.isNaN)
  }
}

/// The first element of a sum that is further from float64's than the rounding allows.
func firstBeyondBounds<Element: ProbeElement>(
  _ actual: [Element], _ ranks: [[Element]]
) -> Int? {
  actual.indices.first { index in
    let values = ranks.map { Double($0[index].float) }
    let exact = values.reduce(0, +)
    guard exact.isFinite else { return false }
    let magnitude = values.reduce(0) { $0 + $1.magnitude }
    let bound = exact.magnitude * Element.epsilon + magnitude * 0x1p-24 * Double(ranks.count)
    let difference = (Double(actual[index].float) - exact).magnitude
    // Sums of 16-bit numbers may pass their largest.
    return !(difference <= bound + Element.step) && !actual[index].float.isInfinite
  }
}
