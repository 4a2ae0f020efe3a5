import CUDARuntime
import Testing

/// A small float, worked out from its definition: sign, exponent and fraction as numbers.
private func value(
  _ bits: UInt8, exponentBits: Int, bias: Int, infinity: Bool
) -> Double {
  let fractionBits = 7 - exponentBits
  let sign = bits & 0x80 == 0 ? 1.0 : -1.0
  let exponent = Int(bits & 0x7F) >> fractionBits
  let fraction = Double(Int(bits) & (1 << fractionBits - 1)) / Double(1 << fractionBits)
  let last = 1 << exponentBits - 1
  if infinity, exponent == last { return fraction == 0 ? sign * .infinity : .nan }
  if !infinity, bits & 0x7F == 0x7F { return .nan }
  func power(_ exponent: Int) -> Double { Double(sign: .plus, exponent: exponent, significand: 1) }
  return exponent == 0
    ? sign * fraction * power(1 - bias) : sign * (1 + fraction) * power(exponent - bias)
}

@Suite("Floats of eight bits")
struct Float8Tests {
  @Test("Every E4M3 means what the OCP says, and comes back")
  func e4m3() {
    for bits in UInt8.min...UInt8.max {
      let expected = value(bits, exponentBits: 4, bias: 7, infinity: false)
      let found = Float(Float8E4M3(bitPattern: bits))
      #expect(expected.isNaN ? found.isNaN : Double(found) == expected, "\(bits)")
      #expect(found.sign == (bits & 0x80 == 0 ? .plus : .minus) || found.isNaN)
      if !expected.isNaN { #expect(Float8E4M3(found).bitPattern == bits) }
    }
    #expect(Float(Float8E4M3(bitPattern: 0x7E)) == 448)
  }

  @Test("Every E5M2 means what the OCP says, and comes back")
  func e5m2() {
    for bits in UInt8.min...UInt8.max {
      let expected = value(bits, exponentBits: 5, bias: 15, infinity: true)
      let found = Float(Float8E5M2(bitPattern: bits))
      #expect(expected.isNaN ? found.isNaN : Double(found) == expected, "\(bits)")
      if !expected.isNaN { #expect(Float8E5M2(found).bitPattern == bits) }
      // It is a half without its last byte.
      let half = Float16(bitPattern: UInt16(bits) << 8)
      #expect(found.isNaN ? half.isNaN : Float(half) == found)
    }
    #expect(Float(Float8E5M2(bitPattern: 0x7B)) == 57344)
  }

  /// Between two neighbours: the nearer one, the even one in the middle.
  @Test("Rounding between all neighbours")
  func rounding() {
    for bits in UInt8(0)..<0x7E {
      let (low, high) = (
        Float(Float8E4M3(bitPattern: bits)), Float(Float8E4M3(bitPattern: bits + 1))
      )
      let middle = (low + high) / 2
      #expect(Float8E4M3(middle).bitPattern == bits + bits % 2, "E4M3 \(bits)")
      #expect(Float8E4M3(middle.nextDown).bitPattern == bits)
      #expect(Float8E4M3(middle.nextUp).bitPattern == bits + 1)
      #expect(Float8E4M3(-middle.nextUp).bitPattern == (bits + 1) | 0x80)
    }
    for bits in UInt8(0)..<0x7B {
      let (low, high) = (
        Float(Float8E5M2(bitPattern: bits)), Float(Float8E5M2(bitPattern: bits + 1))
      )
      let middle = (low + high) / 2
      #expect(Float8E5M2(middle).bitPattern == bits + bits % 2, "E5M2 \(bits)")
      #expect(Float8E5M2(middle.nextDown).bitPattern == bits)
      #expect(Float8E5M2(middle.nextUp).bitPattern == bits + 1)
    }
  }

  @Test("Beyond the largest")
  func overflow() {
    for value in [448.1, 464, 1e30, .infinity] as [Float] {
      #expect(Float8E4M3(value).bitPattern == 0x7E)
      #expect(Float8E4M3(-value).bitPattern == 0xFE)
    }
    #expect(Float8E5M2(Float(61439)).bitPattern == 0x7B)
    for value in [61440, 1e30, .infinity] as [Float] {
      #expect(Float8E5M2(value).bitPattern == 0x7C)
      #expect(Float8E5M2(-value).bitPattern == 0xFC)
    }
    #expect(Float(Float8E4M3(.nan)).isNaN && Float(Float8E5M2(.nan)).isNaN)
  }
}
