import CUDARuntime
import Testing

@testable import CustomAllReduce

/// What ranks tell each other about captured buffers.
@Suite struct CaptureOfferTests {
  private static let offer = CaptureOffer(
    memory: [
      .handle(Array(0..<64)),
      .pieces([
        MappedPiece(address: 0x2_0000_0000, byteCount: 2 << 20),
        MappedPiece(address: 0x2_0020_0000, byteCount: 4 << 20),
      ]),
      .pieces([MappedPiece(address: 0x2_0020_0000, byteCount: 4 << 20)]), .none("no reason"),
    ],
    calls: [
      .init(
        byteCount: 64, input: BufferOffer(address: .max, memory: 0, offset: 16),
        output: BufferOffer(address: 16, memory: 3, offset: 0)),
      .init(
        byteCount: 1 << 20,
        input: BufferOffer(address: 0x2_0010_0000, memory: 1, offset: 1 << 20),
        output: BufferOffer(address: 0x2_0030_0000, memory: 2, offset: 1 << 20)),
    ])

  @Test func itSurvivesTheExchange() throws {
    let bytes = try Self.offer.encoded()
    #expect(try CaptureOffer(bytes: bytes) == Self.offer)
    for count in 0..<bytes.count {
      #expect(throws: ExchangeError.self) { try CaptureOffer(bytes: Array(bytes.prefix(count))) }
    }
  }

  @Test func callsMustBeAsLargeAsThisRanks() throws {
    try Self.offer.check(1, hasCallsOf: [64, 1 << 20])
    func refusal(_ sizes: [Int]) -> String? {
      do throws(CustomAllReduceError) {
        try Self.offer.check(1, hasCallsOf: sizes)
        return nil
      } catch { return "\(error)" }
    }
    #expect(
      refusal([64]) == "rank 1 has captured 2 calls with buffers to register, and this one 1")
    #expect(
      refusal([64, 128]) == "rank 1 has captured 1048576 bytes as call 1 of those with buffers to "
        + "register, and this one 128")
  }

  @Test func aPieceIsSentOnce() {
    #expect(Self.offer.pieces.map(\.byteCount) == [2 << 20, 4 << 20])
  }

  @Test func whatAPeerSendsIsNotBelieved() throws {
    // A number that no memory has, and memory that is not told of.
    var count = ByteWriter()
    count.append(UInt32(1))
    count.append(UInt8(1))
    count.append(UInt32(1))
    count.append(UInt64(16))
    count.append(UInt64.max)
    #expect { try CaptureOffer(bytes: count.bytes) } throws: { "\($0)".contains("no memory has") }
    var stray = ByteWriter()
    stray.append(UInt32(0))
    stray.append(UInt32(1))
    stray.append(UInt64(64))
    stray.append(UInt64(16))
    stray.append(UInt32(7))
    stray.append(UInt64(0))
    #expect { try CaptureOffer(bytes: stray.bytes) } throws: {
      "\($0)".contains("does not tell of")
    }
  }

  @Test func moreThanCanBeSentIsSaid() {
    let pieces = (0..<70_000).map { MappedPiece(address: UInt64($0) << 21, byteCount: 2 << 20) }
    let offer = CaptureOffer(memory: [.pieces(pieces)], calls: [])
    #expect { try offer.encoded() } throws: { "\($0)".contains("fewer and larger allocations") }
  }
}
