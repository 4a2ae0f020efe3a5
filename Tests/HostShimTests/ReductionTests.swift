import CollectiveInterface
import LibraryLoader
import Testing

/// Every data type that a vendor and the engine have, with every reduction, to the bit.
@Suite struct ReductionTests {
  /// The bits of four numbers in a data type.
  struct Bits: Sendable {
    var size: Int
    var one, oneAndAHalf, two, three: UInt64

    static func integer(_ size: Int) -> Bits {
      // A mean of integers is truncated.
      Bits(size: size, one: 1, oneAndAHalf: 1, two: 2, three: 3)
    }

    static let all: [String: Bits] = [
      "int8": .integer(1), "uint8": .integer(1), "int32": .integer(4), "uint32": .integer(4),
      "int64": .integer(8), "uint64": .integer(8),
      "float16": Bits(size: 2, one: 0x3C00, oneAndAHalf: 0x3E00, two: 0x4000, three: 0x4200),
      "bfloat16": Bits(size: 2, one: 0x3F80, oneAndAHalf: 0x3FC0, two: 0x4000, three: 0x4040),
      "float32": Bits(
        size: 4, one: 0x3F80_0000, oneAndAHalf: 0x3FC0_0000, two: 0x4000_0000, three: 0x4040_0000),
      "float64": Bits(
        size: 8, one: 0x3FF0 << 48, oneAndAHalf: 0x3FF8 << 48, two: 0x4000 << 48,
        three: 0x4008 << 48),
      "float8e4m3": Bits(size: 1, one: 0x38, oneAndAHalf: 0x3C, two: 0x40, three: 0x44),
      "float8e5m2": Bits(size: 1, one: 0x3C, oneAndAHalf: 0x3E, two: 0x40, three: 0x42),
    ]

    func bytes(_ value: UInt64) -> [UInt8] {
      (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
  }

  private static let elementCount = 37

  @Test(arguments: HostVendor.allCases)
  func allReduce(vendor: HostVendor) throws {
    let library = try vendor.load()
    let types = Bits.all.keys.filter { library.code(.dataType, named: $0) != nil }.sorted()
    #expect(types.count == (vendor == .succl ? 9 : 12))
    for type in types {
      let bits = try #require(Bits.all[type])
      let expected = [
        "sum": bits.three, "prod": bits.two, "max": bits.two, "min": bits.one,
        "avg": bits.oneAndAHalf,
      ]
      for (op, value) in expected {
        let results = try onAllRanks(2, of: vendor) { rank in
          let send = (0..<Self.elementCount).flatMap { element in
            bits.bytes((element + rank.rank) % 2 == 0 ? bits.one : bits.two)
          }
          return try rank.collect(
            .allReduce, send, receiving: send.count, filledWith: 0xEE, type: type
          ) {
            $0.count = Self.elementCount
            $0.op = try rank.code(.reductionOp, op)
          }
        }
        let wanted = (0..<Self.elementCount).flatMap { _ in bits.bytes(value) }
        #expect(results == [wanted, wanted], "\(type) \(op)")
      }
    }
  }

  @Test(
    "A type that only the vendor has is refused, with its name", arguments: ["int16", "uint16"])
  func unknownToTheEngine(type: String) throws {
    let results = try onRanks(1, of: .succl) { rank in
      let why = try rank.library.hostFunction(
        "hostCollectivesLastError", as: (@convention(c) () -> UnsafePointer<CChar>).self)
      do {
        _ = try rank.collect(
          .allReduce, [UInt8](repeating: 0, count: 2), receiving: 2, filledWith: 0, type: type
        ) {
          $0.count = 1
          $0.op = try rank.code(.reductionOp, "sum")
        }
        return nil as (CollectiveError, String)?
      } catch let error as CollectiveError {
        return (error, String(cString: why()))
      }
    }
    let (error, text) = try #require(try results[0].get())
    #expect(error.codeName == "invalidArgument")
    #expect(text == "the CPU engine has no succl\(type.prefix(1).uppercased())\(type.dropFirst())")
  }
}
