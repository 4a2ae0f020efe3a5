import ELFSymbols
import TestSupport
import Testing

/// Damaged files give an error or an answer; they never crash the reader or keep it busy.
@Suite struct DamageTests {
  private func fixture() throws -> [UInt8] {
    try FixtureLibrary.compile(
      source: """
        #include <stdlib.h>
        int exported(int x) { return abs(x); }
        int other = 3;
        """, flags: ["-Wl,-soname,libsmall.so.1", "-s"]
    ).bytes()
  }

  @Test func everyTruncation() throws {
    let bytes = try fixture()
    // The section headers are the file's last bytes.
    for length in bytes.indices {
      #expect(throws: ELFError.self, "\(length) bytes") {
        try SharedObject(bytes: Array(bytes[..<length]), path: "cut.so")
      }
    }
  }

  @Test func everyTruncationWithoutSections() throws {
    let bytes = withoutSections(try fixture())
    var answers = 0
    for length in bytes.indices {
      let object = try? SharedObject(bytes: Array(bytes[..<length]), path: "cut.so")
      if let object, object.symbols.contains(where: { $0.name == "exported" }) { answers += 1 }
    }
    // What the loader needs ends well before the file does.
    #expect(answers > 0)
    #expect(answers < bytes.count / 2)
  }

  @Test(arguments: [false, true])
  func flippedBytes(hasSections: Bool) throws {
    let bytes = hasSections ? try fixture() : withoutSections(try fixture())
    var random = Generator(state: 20_251_121)
    var answers = 0
    var errors = 0
    for _ in 0..<20_000 {
      var damaged = bytes
      for _ in 0...random.next(below: 3) {
        damaged[interesting(bytes.count, &random)] = UInt8(random.next(below: 256))
      }
      do throws(ELFError) {
        _ = try SharedObject(bytes: damaged, path: "flipped.so")
        answers += 1
      } catch {
        #expect(error.file == "flipped.so")
        errors += 1
      }
    }
    // Both outcomes must be there, or the damage misses what is read.
    #expect(answers > 1000)
    #expect(errors > 1000)
  }

  /// Half of the positions are in the headers and the tables after them, where damage matters.
  private func interesting(_ count: Int, _ random: inout Generator) -> Int {
    random.next(below: 2) == 0 ? random.next(below: min(count, 2048)) : random.next(below: count)
  }

  /// All names point to one long string, and there are very many of them.
  @Test func namesThatAreTooLongTogether() throws {
    let name = Array(repeating: UInt8(0x61), count: 60_000)
    let symbol: [UInt8] = [1, 0, 0, 0, 0x12, 0, 1, 0] + Array(repeating: 0, count: 16)
    let symbols = [[UInt8]](repeating: symbol, count: 8000).flatMap { $0 }
    let file = elf(symbols: symbols, strings: [0] + name + [0])
    let error = #expect(throws: ELFError.self) { try SharedObject(bytes: file, path: "long.so") }
    #expect(error?.what == "the strings together are too long")
  }

  @Test func nameWithoutEnd() throws {
    let symbol: [UInt8] = [1, 0, 0, 0, 0x12, 0, 1, 0] + Array(repeating: 0, count: 16)
    let file = elf(symbols: symbol, strings: [0, 0x61])
    let error = #expect(throws: ELFError.self) { try SharedObject(bytes: file, path: "open.so") }
    #expect(error?.what == "the name of symbol 0 does not end within 1 bytes")
  }

  @Test(arguments: [UInt64.max, UInt64.max - 300, 1 << 63, 1 << 32])
  func sizesAndOffsetsThatWrapAround(value: UInt64) {
    let symbol = [UInt8](repeating: 0, count: 24)
    let sound = elf(symbols: symbol, strings: [0])
    #expect(throws: Never.self) { try SharedObject(bytes: sound, path: "sound.so") }
    let sectionHeader = 64 + 64
    for position in [40, sectionHeader + 24, sectionHeader + 32, sectionHeader + 64 + 24] {
      var damaged = sound
      withUnsafeBytes(of: value.littleEndian) { bytes in
        damaged.replaceSubrange(position..<position + 8, with: bytes)
      }
      #expect(throws: ELFError.self, "at byte \(position)") {
        try SharedObject(bytes: damaged, path: "wrap.so")
      }
    }
  }

  /// A file of a header, three section headers, a symbol table and a string table.
  private func elf(symbols: [UInt8], strings: [UInt8]) -> [UInt8] {
    func section(_ type: UInt32, _ offset: Int, _ size: Int, link: UInt32, entry: Int) -> [UInt8] {
      bytes(UInt32(0)) + bytes(type) + bytes(UInt64(0)) + bytes(UInt64(0)) + bytes(UInt64(offset))
        + bytes(UInt64(size)) + bytes(link) + bytes(UInt32(0)) + bytes(UInt64(8))
        + bytes(UInt64(entry))
    }
    func bytes(_ value: some FixedWidthInteger) -> [UInt8] {
      withUnsafeBytes(of: value.littleEndian) { Array($0) }
    }
    let start = 64 + 3 * 64
    var file: [UInt8] = [0x7F, 0x45, 0x4C, 0x46, 2, 1, 1] + Array(repeating: 0, count: 9)
    file += bytes(UInt16(3)) + bytes(UInt16(62)) + bytes(UInt32(1)) + bytes(UInt64(0))
    file += bytes(UInt64(0)) + bytes(UInt64(64)) + bytes(UInt32(0)) + bytes(UInt16(64))
    file += bytes(UInt16(56)) + bytes(UInt16(0)) + bytes(UInt16(64)) + bytes(UInt16(3))
    file += bytes(UInt16(0)) + section(0, 0, 0, link: 0, entry: 0)
    file += section(11, start, symbols.count, link: 2, entry: 24)
    file += section(3, start + symbols.count, strings.count, link: 0, entry: 0)
    return file + symbols + strings
  }
}

/// The same numbers in every run.
private struct Generator {
  var state: UInt64

  mutating func next(below limit: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(limit))
  }
}
