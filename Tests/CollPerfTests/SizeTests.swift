import Testing

@testable import coll_perf

@Suite struct SizeTests {
  @Test(arguments: [
    ("0", 0), ("7", 7), ("1K", 1024), ("1k", 1024), ("512M", 512 << 20), ("2G", 2 << 30),
    ("3KB", 3072), ("16B", 16),
  ])
  func reads(text: String, bytes: Int) throws {
    #expect(try ByteCount(text: text).bytes == bytes)
  }

  @Test(arguments: ["", "K", "1X", "-1", "1.5M", "1 K", "١", "0x10", "9223372036854775807K"])
  func refuses(text: String) {
    #expect {
      try ByteCount(text: text)
    } throws: { "\($0)".contains("\"\(text)\"") }
  }

  @Test(arguments: [(0, "0"), (1023, "1023"), (1024, "1K"), (1536, "1536"), (1 << 20, "1M")])
  func prints(bytes: Int, text: String) { #expect(ByteCount(bytes).description == text) }

  @Test func sweeps() throws {
    #expect(try SizeSweep(first: 3, last: 30, step: .times(3)).sizes == [3, 9, 27])
    #expect(try SizeSweep(first: 0, last: 10, step: .plus(4)).sizes == [0, 4, 8])
    #expect(try SizeSweep(first: 8, last: 8, step: .times(2)).sizes == [8])
    #expect(try SizeSweep(first: .max - 1, last: .max, step: .times(2)).sizes == [.max - 1])
  }

  @Test(arguments: [
    (2, 1, SizeSweep.Step.times(2), "end must not be less"), (1, 2, .times(1), "2 or more"),
    (0, 8, .times(2), "cannot be multiplied"), (1, 2, .plus(0), "1 or more"),
  ])
  func refusesSweeps(first: Int, last: Int, step: SizeSweep.Step, words: String) {
    #expect {
      try SizeSweep(first: first, last: last, step: step)
    } throws: { "\($0)".contains(words) }
  }
}
