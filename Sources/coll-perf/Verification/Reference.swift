internal import Collectives

/// What elements must be, worked out in float64, and how far off they may be.
struct Reference: Sendable {
  let values: [Double]
  /// The largest difference that is still right.
  let bounds: [Double]

  /// Elements that are only copied.
  init(copied values: [Double]) {
    self.values = values
    bounds = [Double](repeating: 0, count: values.count)
  }

  /// The ranks' elements combined.
  ///
  /// All is exact but averages of floats among a number of ranks that is no power of two: the sum's
  /// terms or the sum are divided by it or multiplied with its inverse, and each such step, and each
  /// addition, rounds once. Integers' averages are truncated toward zero.
  init(_ inputs: [[Double]], _ reduction: ReductionOp, unitRoundoff: Double?) {
    let nRanks = inputs.count
    let indices = (inputs.first ?? []).indices
    let isPowerOfTwo = nRanks & (nRanks - 1) == 0
    var values: [Double] = []
    var bounds: [Double] = []
    for index in indices {
      let terms = inputs.map { $0[index] }
      var bound = 0.0
      let value: Double
      switch reduction {
      case .sum, .custom: value = terms.reduce(0, +)
      case .product: value = terms.reduce(1, *)
      case .minimum: value = terms.min() ?? 0
      case .maximum: value = terms.max() ?? 0
      case .average:
        let average = terms.reduce(0, +) / Double(nRanks)
        value = unitRoundoff == nil ? average.rounded(.towardZero) : average
        if let unitRoundoff, !isPowerOfTwo {
          let magnitudes = terms.reduce(0) { $0 + $1.magnitude }
          bound = Double(nRanks + 2) * unitRoundoff * magnitudes / Double(nRanks)
        }
      }
      values.append(value)
      bounds.append(bound)
    }
    self.values = values
    self.bounds = bounds
  }
}
