/// Writes what ranks send each other: they run one program on one host, so it needs no more than
/// order.
struct ByteWriter {
  private(set) var bytes: [UInt8] = []

  mutating func append<Value: FixedWidthInteger>(_ value: Value) {
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func append(_ some: [UInt8]) {
    append(UInt32(some.count))
    bytes.append(contentsOf: some)
  }

  mutating func append(_ text: String) { append(Array(text.utf8)) }
}

/// Reads it again. Everything from a peer may be cut short or wrong.
struct ByteReader {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  mutating func read<Value: FixedWidthInteger>(
    _: Value.Type = Value.self
  ) throws(ExchangeError) -> Value {
    let size = MemoryLayout<Value>.size
    guard rest.count >= size else { throw Self.cutShort }
    let value = rest.prefix(size).reversed().reduce(Value.zero) {
      // One byte is shifted by its own width.
      (size == 1 ? 0 : $0 << 8) | Value(truncatingIfNeeded: $1)
    }
    rest = rest.dropFirst(size)
    return value
  }

  /// A number of bytes in memory.
  mutating func readCount() throws(ExchangeError) -> Int {
    guard let count = Int(exactly: try read(UInt64.self)), count <= Int.max / 2 else {
      throw ExchangeError("a rank sent a number of bytes that no memory has")
    }
    return count
  }

  mutating func readBytes() throws(ExchangeError) -> [UInt8] {
    let count = Int(try read(UInt32.self))
    guard rest.count >= count else { throw Self.cutShort }
    defer { rest = rest.dropFirst(count) }
    return Array(rest.prefix(count))
  }

  mutating func readText() throws(ExchangeError) -> String {
    String(decoding: try readBytes(), as: UTF8.self)
  }

  private static let cutShort = ExchangeError("a rank sent fewer bytes than it should have")
}
