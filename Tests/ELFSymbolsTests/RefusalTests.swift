import ELFSymbols
import Foundation
import TestSupport
import Testing

@Suite struct RefusalTests {
  private func refusal(_ bytes: [UInt8], _ path: String = "lib/x.so") -> ELFError? {
    #expect(throws: ELFError.self) { try SharedObject(bytes: bytes, path: path) }
  }

  /// The first 20 bytes of an ELF header, and zeros.
  private func header(
    wordSize: UInt8, byteOrder: UInt8, type: UInt16 = 3, machine: UInt16
  ) -> [UInt8] {
    func half(_ value: UInt16) -> [UInt8] {
      let low = UInt8(value & 255)
      let high = UInt8(value >> 8)
      return byteOrder == 1 ? [low, high] : [high, low]
    }
    return [0x7F, 0x45, 0x4C, 0x46, wordSize, byteOrder, 1] + Array(repeating: 0, count: 9)
      + half(type) + half(machine) + Array(repeating: 0, count: 44)
  }

  @Test func thirtyTwoBits() throws {
    let error = try #require(refusal(header(wordSize: 1, byteOrder: 1, machine: 3)))
    #expect(error.reason == .unsupported)
    #expect(
      error.description
        == "lib/x.so: at byte 4: is a 32-bit ELF file (x86); only 64-bit ones are read")
  }

  @Test func bigEndian() throws {
    let error = try #require(refusal(header(wordSize: 2, byteOrder: 2, machine: 22)))
    #expect(error.reason == .unsupported)
    #expect(
      error.description
        == "lib/x.so: at byte 5: is a big-endian ELF file (S390); only little-endian is read")
  }

  @Test func otherTypes() throws {
    let error = try #require(refusal(header(wordSize: 2, byteOrder: 1, type: 2, machine: 62)))
    #expect(error.what == "is an executable, not a shared object")
    let odd = try #require(refusal(header(wordSize: 2, byteOrder: 1, type: 9, machine: 62)))
    #expect(odd.what == "is ELF type 9, not a shared object")
  }

  @Test func unknownClassAndByteOrder() throws {
    #expect(refusal(header(wordSize: 7, byteOrder: 1, machine: 62))?.offset == 4)
    #expect(refusal(header(wordSize: 2, byteOrder: 7, machine: 62))?.offset == 5)
  }

  @Test func text() throws {
    let error = try #require(refusal(Array("GROUP ( libnccl.so.2 )\n".utf8)))
    #expect(error.reason == .notELF)
    #expect(error.what == "is not an ELF file: it starts with the text \"GROUP ( libnccl.so.2\"")
    #expect(refusal([])?.what == "is not an ELF file: it has 0 bytes")
    #expect(refusal([1, 2, 3, 255, 4])?.what == "is not an ELF file: it starts with 01 02 03 ff")
  }

  @Test func placesThatAreNoFiles() throws {
    let directory = try TemporaryDirectory()
    let missing = directory.file("missing.so")
    let error = #expect(throws: ELFError.self) { try SharedObject(contentsOf: missing) }
    #expect(error?.description == "\(missing): No such file or directory")
    let folder = #expect(throws: ELFError.self) { try SharedObject(contentsOf: directory.path) }
    #expect(folder?.what == "is not a regular file")
    let fifo = directory.file("fifo")
    try #require(mkfifo(fifo, 0o600) == 0)
    let pipe = #expect(throws: ELFError.self) { try SharedObject(contentsOf: fifo) }
    #expect(pipe?.what == "is not a regular file")
  }

  @Test func identityOfWhatIsNotRead() throws {
    let directory = try TemporaryDirectory()
    let path = try directory.write(header(wordSize: 1, byteOrder: 2, machine: 20), to: "x.so")
    let identity = try ELFIdentity(contentsOf: path)
    #expect(identity.wordSize == .bits32)
    #expect(identity.byteOrder == .big)
    #expect(identity.machine.description == "PowerPC")
    #expect(ELFIdentity.Machine(rawValue: 9999).description == "machine 9999")
  }

  @Test func glibcVersions() {
    #expect(GLIBCVersion(symbolVersion: "GLIBC_2.2.5")?.description == "2.2.5")
    #expect(GLIBCVersion(symbolVersion: "GLIBC_2.17")?.description == "2.17")
    for other in ["GLIBC_PRIVATE", "GLIBC_ABI_DT_RELR", "GLIBCXX_3.4", "GLIBC_2", "GLIBC_2.-1", ""]
    {
      #expect(GLIBCVersion(symbolVersion: other) == nil, "\(other)")
    }
    let old = GLIBCVersion(symbolVersion: "GLIBC_2.9")
    let new = GLIBCVersion(symbolVersion: "GLIBC_2.17")
    #expect([new, old].compactMap { $0 }.max() == new)
  }
}
