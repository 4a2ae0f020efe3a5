/// The upper half of a `Float`: eight bits of exponent, seven of fraction.
public struct BFloat16: Hashable, Sendable, BitwiseCopyable {
  /// As it lies in memory.
  public var bitPattern: UInt16

  /// Takes the bits as they are.
  public init(bitPattern: UInt16) { self.bitPattern = bitPattern }

  /// The nearest value, the even one of two that are equally near. A NaN stays one.
  public init(_ value: Float) {
    let bits = value.bitPattern
    if value.isNaN {
      // A payload in the lower half alone would become an infinity.
      bitPattern = UInt16(truncatingIfNeeded: bits >> 16) | 0x40
    } else {
      bitPattern = UInt16(
        truncatingIfNeeded: (UInt64(bits) + 0x7FFF + UInt64(bits >> 16 & 1)) >> 16)
    }
  }

  /// The nearest value, rounded once: by way of `Float` it might be rounded twice.
  public init(_ value: Double) {
    var float = Float(value)
    if !value.isNaN, !float.isInfinite, Double(float) != value,
      float.bitPattern & 0xFFFF == 0x8000
    {
      // The float stands between two of our values, the double does not: lean to its side.
      float = Double(float).magnitude < value.magnitude ? float.magnitudeUp : float.magnitudeDown
    }
    self.init(float)
  }
}

extension BFloat16: CustomStringConvertible {
  /// As `Float` prints it.
  public var description: String { Float(self).description }
}

extension Float {
  /// The same value.
  public init(_ value: BFloat16) { self.init(bitPattern: UInt32(value.bitPattern) << 16) }

  fileprivate var magnitudeUp: Float { Float(bitPattern: bitPattern + 1) }
  fileprivate var magnitudeDown: Float { Float(bitPattern: bitPattern - 1) }
}

extension Double {
  /// The same value.
  public init(_ value: BFloat16) { self.init(Float(value)) }
}
