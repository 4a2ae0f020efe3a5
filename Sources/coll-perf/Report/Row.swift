/// A measured case.
struct Row: Sendable {
  let test: Case
  let count: Int
  /// Of the larger of the two buffers.
  let byteCount: Int
  let nRanks: Int
  let outOfPlace: Timing
  /// nil: it cannot be done in place.
  let inPlace: Timing?

  /// The bytes by the time, in 10⁹ bytes a second.
  func algorithmBandwidth(_ timing: Timing) -> Double {
    timing.time > 0 ? Double(byteCount) / timing.time / 1000 : 0
  }

  /// The same, scaled by the operation's factor.
  func busBandwidth(_ timing: Timing) -> Double {
    algorithmBandwidth(timing) * test.operation.busFactor(nRanks: nRanks)
  }
}
