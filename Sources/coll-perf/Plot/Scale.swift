/// Turns values into places on an axis.
struct Scale: Sendable {
  struct Tick: Sendable, Equatable {
    let value: Double
    let label: String
  }

  let isLogarithmic: Bool
  let bounds: ClosedRange<Double>
  let ticks: [Tick]

  /// From 0 to 1.
  func place(of value: Double) -> Double {
    let (low, high) = (position(bounds.lowerBound), position(bounds.upperBound))
    return (position(value) - low) / (high - low)
  }

  private func position(_ value: Double) -> Double {
    isLogarithmic ? binaryLogarithm(value) : value
  }

  /// Sizes in bytes: powers of two, at most so many of them labelled.
  static func sizes(_ values: [Double], mostLabels: Int = 8) -> Scale {
    let bounds = padded(values)
    let exponents = exponents(bounds, of: 2)
    let stride = max(1, (exponents.count + mostLabels - 1) / mostLabels)
    let ticks = exponents.enumerated().compactMap { index, exponent in
      index % stride == 0
        ? Tick(value: power(2, exponent), label: ByteCount(1 << exponent).description) : nil
    }
    return Scale(isLogarithmic: true, bounds: bounds, ticks: ticks)
  }

  /// Times in microseconds, from and to 1, 2 or 5 times a power of ten; where there are many powers
  /// of ten, these alone are labelled.
  static func times(_ values: [Double]) -> Scale {
    let bounds = padded(values)
    let steps = (-6...12).flatMap { exponent in [1, 2, 5].map { $0 * power(10, exponent) } }
    let low = steps.last { $0 <= bounds.lowerBound } ?? bounds.lowerBound
    let high = steps.first { $0 >= bounds.upperBound } ?? bounds.upperBound
    let fine = steps.filter { (low...high).contains($0) }
    let decades = exponents(low...high, of: 10).map { power(10, $0) }
    return Scale(
      isLogarithmic: true, bounds: low...high,
      ticks: (decades.count > 3 ? decades : fine).map { Tick(value: $0, label: label(time: $0)) })
  }

  /// Bandwidths: from 0, in steps of 1, 2 or 5 times a power of ten.
  static func bandwidths(_ values: [Double]) -> Scale {
    let highest = max(values.max() ?? 0, 1e-3)
    var exponent = -6
    while power(10, exponent + 1) * 5 <= highest { exponent += 1 }
    let steps = [1.0, 2, 5, 10, 20].map { $0 * power(10, exponent) }
    let step = steps.first { highest / $0 <= 6 } ?? steps[4]
    let count = Int((highest / step).rounded(.up))
    return Scale(
      isLogarithmic: false, bounds: 0...step * Double(count),
      ticks: (0...count).map {
        Tick(value: Double($0) * step, label: (Double($0) * step).significant(3))
      })
  }

  private static func label(time: Double) -> String {
    if time >= 1e6 { return "\((time / 1e6).significant(2)) s" }
    return time >= 1000
      ? "\((time / 1000).significant(2)) ms" : "\(time.significant(2)) µs"
  }

  /// A single value has room at both sides.
  private static func padded(_ values: [Double]) -> ClosedRange<Double> {
    let (low, high) = (values.min() ?? 1, values.max() ?? 1)
    return low < high ? low...high : low / 2...high * 2
  }

  private static func exponents(_ bounds: ClosedRange<Double>, of base: Double) -> [Int] {
    (-20...62).filter { bounds.contains(power(base, $0)) }
  }
}

private func power(_ base: Double, _ exponent: Int) -> Double {
  let magnitude = (0..<exponent.magnitude).reduce(1.0) { power, _ in power * base }
  return exponent < 0 ? 1 / magnitude : magnitude
}

/// The platform's own would be another library for one function: two digits more than a plot shows.
private func binaryLogarithm(_ value: Double) -> Double {
  guard value > 0 else { return 0 }
  var rest = value.significand
  var logarithm = Double(value.exponent)
  var bit = 0.5
  for _ in 0..<24 {
    rest *= rest
    if rest >= 2 {
      rest /= 2
      logarithm += bit
    }
    bit /= 2
  }
  return logarithm
}
