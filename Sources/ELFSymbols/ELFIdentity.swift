/// What the first bytes of an ELF file say about it: enough to tell why a loader refuses it.
package struct ELFIdentity: Sendable, Equatable {
  package enum WordSize: Int, Sendable { case bits32 = 1, bits64 = 2 }
  package enum ByteOrder: Int, Sendable { case little = 1, big = 2 }

  /// The `e_machine` value.
  package struct Machine: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    package let rawValue: UInt16

    package init(rawValue: UInt16) { self.rawValue = rawValue }

    /// The machine that this code was compiled for; nil for one without a row below.
    package static var host: Machine? {
      #if arch(x86_64)
        Machine(rawValue: 62)
      #elseif arch(arm64)
        Machine(rawValue: 183)
      #elseif arch(riscv64)
        Machine(rawValue: 243)
      #else
        nil
      #endif
    }

    package var description: String {
      switch rawValue {
      case 3: "x86"
      case 20: "PowerPC"
      case 21: "PowerPC64"
      case 22: "S390"
      case 40: "ARM"
      case 62: "x86-64"
      case 183: "AArch64"
      case 243: "RISC-V"
      case 258: "LoongArch"
      default: "machine \(rawValue)"
      }
    }
  }

  package let wordSize: WordSize
  package let byteOrder: ByteOrder
  /// The `e_type` value: 1 relocatable, 2 executable, 3 shared object, 4 core.
  package let type: UInt16
  package let machine: Machine

  /// Reads the identity of a file. It accepts every word size, byte order and type.
  package init(contentsOf path: String) throws(ELFError) {
    self = try withSource(of: path) { source throws(ELFError) in try ELFIdentity(source) }
  }

  init(_ source: ByteSource) throws(ELFError) {
    guard source.size >= 4 else {
      throw ELFError(
        file: source.name, reason: .notELF, offset: 0,
        what: "is not an ELF file: it has \(source.size) bytes")
    }
    let start = try source.read("ELF header", at: 0, count: min(source.size, 20))
    let magic: [UInt8] = [0x7F, 0x45, 0x4C, 0x46]
    guard start.bytes.starts(with: magic) else {
      throw ELFError(
        file: source.name, reason: .notELF, offset: 0,
        what: "is not an ELF file: it starts with \(Self.excerpt(start.bytes))")
    }
    let classByte = try start.u8(4)
    let orderByte = try start.u8(5)
    guard let wordSize = WordSize(rawValue: Int(classByte)) else {
      throw source.damaged(at: 4, "the ELF class is \(classByte), neither 1 (32) nor 2 (64 bits)")
    }
    guard let byteOrder = ByteOrder(rawValue: Int(orderByte)) else {
      throw source.damaged(at: 5, "the ELF byte order is \(orderByte), neither 1 nor 2")
    }
    let type = try start.u16(16)
    let machine = try start.u16(18)
    self.wordSize = wordSize
    self.byteOrder = byteOrder
    self.type = byteOrder == .little ? type : type.byteSwapped
    self.machine = Machine(rawValue: byteOrder == .little ? machine : machine.byteSwapped)
  }

  /// The first bytes as text where they are text (a linker script, a pointer file), else in hex.
  private static func excerpt(_ bytes: ArraySlice<UInt8>) -> String {
    if bytes.allSatisfy({ (0x20..<0x7F).contains($0) || $0 == 0x0A }) {
      let line = bytes.prefix { $0 != 0x0A }
      return "the text \"\(String(decoding: line, as: UTF8.self))\""
    }
    return bytes.prefix(4).map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined(separator: " ")
  }
}
