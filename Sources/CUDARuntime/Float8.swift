/// Four bits of exponent, three of fraction, as the OCP's FP8 E4M3: no infinities, largest value 448.
public struct Float8E4M3: Hashable, Sendable, BitwiseCopyable {
  /// As it lies in memory.
  public var bitPattern: UInt8

  /// Takes the bits as they are.
  public init(bitPattern: UInt8) { self.bitPattern = bitPattern }

  /// The nearest value, the even one of two that are equally near. What is larger than 448, and an
  /// infinity, becomes 448, with its sign.
  public init(_ value: Float) {
    guard !value.isNaN else {
      bitPattern = 0x7F
      return
    }
    let sign: UInt8 = value.sign == .minus ? 0x80 : 0
    let magnitude = SmallFloat.rounded(value.magnitude, fractionBits: 3, bias: 7)
    bitPattern = sign | UInt8(min(magnitude, 0x7E))
  }
}

/// Five bits of exponent, two of fraction, as the OCP's FP8 E5M2: a `Float16` with less fraction.
public struct Float8E5M2: Hashable, Sendable, BitwiseCopyable {
  /// As it lies in memory.
  public var bitPattern: UInt8

  /// Takes the bits as they are.
  public init(bitPattern: UInt8) { self.bitPattern = bitPattern }

  /// The nearest value, the even one of two that are equally near. What is larger than 57344 by half
  /// a step or more becomes an infinity.
  public init(_ value: Float) {
    guard !value.isNaN else {
      bitPattern = 0x7F
      return
    }
    let sign: UInt8 = value.sign == .minus ? 0x80 : 0
    let magnitude = SmallFloat.rounded(value.magnitude, fractionBits: 2, bias: 15)
    bitPattern = sign | UInt8(min(magnitude, 0x7C))
  }
}

extension Float {
  /// The same value.
  public init(_ value: Float8E4M3) {
    let bits = value.bitPattern
    let magnitude =
      bits & 0x7F == 0x7F
      ? Float.nan : SmallFloat.value(Int(bits & 0x7F), fractionBits: 3, bias: 7)
    self = bits & 0x80 == 0 ? magnitude : -magnitude
  }

  /// The same value.
  public init(_ value: Float8E5M2) {
    let bits = Int(value.bitPattern & 0x7F)
    let magnitude =
      bits < 0x7C
      ? SmallFloat.value(bits, fractionBits: 2, bias: 15) : bits == 0x7C ? .infinity : .nan
    self = value.bitPattern & 0x80 == 0 ? magnitude : -magnitude
  }
}

extension Float8E4M3: CustomStringConvertible {
  /// As `Float` prints it.
  public var description: String { Float(self).description }
}

extension Float8E5M2: CustomStringConvertible {
  /// As `Float` prints it.
  public var description: String { Float(self).description }
}

/// The arithmetic that floats of eight bits have in common.
private enum SmallFloat {
  /// The bits of the nearest magnitude, as if there were exponents without end.
  static func rounded(_ magnitude: Float, fractionBits: Int, bias: Int) -> Int {
    guard magnitude.isFinite else { return .max }
    guard magnitude > 0 else { return 0 }
    // Subnormals all have the smallest normal exponent.
    let exponent = max(Int(magnitude.exponent), 1 - bias)
    let steps = Double(magnitude) / power(exponent - fractionBits)
    let whole = Int(steps.rounded(.toNearestOrEven))
    // A whole of 2^(fractionBits+1) carries into the exponent by itself.
    return (exponent + bias - 1) << fractionBits + whole
  }

  static func value(_ bits: Int, fractionBits: Int, bias: Int) -> Float {
    let exponent = bits >> fractionBits
    let fraction = Double(bits & (1 << fractionBits - 1))
    let unit = power(max(exponent, 1) - bias - fractionBits)
    return Float((exponent > 0 ? fraction + Double(1 << fractionBits) : fraction) * unit)
  }

  private static func power(_ exponent: Int) -> Double {
    Double(sign: .plus, exponent: exponent, significand: 1)
  }
}
