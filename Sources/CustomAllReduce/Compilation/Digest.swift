/// 128 bits that tell one text from another: FNV-1a twice, from two beginnings. It finds other
/// releases and damaged files; it is no defence against somebody who wants to be mistaken.
struct Digest: Hashable, Sendable, CustomStringConvertible {
  private let first, second: UInt64

  init(of bytes: [UInt8]) {
    first = Self.hash(bytes, from: 0xCBF2_9CE4_8422_2325)
    second = Self.hash(bytes, from: 0x9AE1_6A3B_2F90_404F)
  }

  private static func hash(_ bytes: [UInt8], from start: UInt64) -> UInt64 {
    bytes.reduce(start) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
  }

  /// 32 hexadecimal digits.
  var description: String {
    [first, second].map { word in
      let digits = String(word, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }
}
