import CUDARuntime
import Testing

@Suite struct BFloat16Tests {
  @Test func everyValueSurvivesTheWayThroughFloat() {
    var wrong = 0
    for bits in UInt16.min...UInt16.max {
      let value = BFloat16(bitPattern: bits)
      let back = BFloat16(Float(value))
      let isSame = Float(value).isNaN ? Float(back).isNaN : back == value
      if !isSame || !Float(value).isNaN && BFloat16(Double(value)) != value { wrong += 1 }
    }
    #expect(wrong == 0)
  }

  @Test(
    arguments: [
      // Halfway between two values: the even one.
      (0x3F80_8000, 0x3F80), (0x3F81_8000, 0x3F82), (0x3F80_8001, 0x3F81), (0x3F80_7FFF, 0x3F80),
      // Up into the next power of two, and into infinity.
      (0x3FFF_8000, 0x4000), (0x7F7F_FFFF, 0x7F80), (0xFF7F_8000, 0xFF80),
      // Subnormal values, zeros, infinities.
      (0x0000_8000, 0x0000), (0x0000_8001, 0x0001), (0x8000_0000, 0x8000), (0x7F80_0000, 0x7F80),
    ] as [(UInt32, UInt16)])
  func rounding(_ float: UInt32, _ expected: UInt16) {
    #expect(BFloat16(Float(bitPattern: float)).bitPattern == expected)
  }

  @Test func aNaNWhosePayloadIsCutOffStaysOne() {
    #expect(Float(BFloat16(Float(bitPattern: 0x7F80_0001))).isNaN)
    #expect(Float(BFloat16(Float(bitPattern: 0xFF80_0001))).isNaN)
  }

  @Test func doublesAreRoundedOnce() {
    // To a float this is exactly halfway, where the even value is below; the double is above.
    let above = 1.0 + 0x1p-8 + 0x1p-40
    #expect(BFloat16(above).bitPattern == 0x3F81)
    #expect(BFloat16(-above).bitPattern == 0xBF81)
    // And below, where the even value is above.
    let below = 1.0 + 3 * 0x1p-8 - 0x1p-40
    #expect(BFloat16(below).bitPattern == 0x3F81)
    #expect(BFloat16(1.0 + 0x1p-8).bitPattern == 0x3F80)
    #expect(Double(BFloat16(Double.infinity)) == .infinity && Double(BFloat16(Double.nan)).isNaN)
  }
}
