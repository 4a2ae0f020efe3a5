/// Puts a message together.
struct ByteWriter {
  var bytes: [UInt8] = []

  mutating func append(_ byte: UInt8) { bytes.append(byte) }

  mutating func append(_ number: UInt32) {
    for shift in stride(from: 0, to: 32, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: number >> shift))
    }
  }

  mutating func append(_ value: [UInt8]) {
    append(UInt32(value.count))
    bytes += value
  }

  mutating func append(_ text: String) { append(Array(text.utf8)) }

  mutating func append<Element>(
    _ list: [Element], _ write: (inout ByteWriter, Element) -> Void
  ) {
    append(UInt32(list.count))
    for element in list { write(&self, element) }
  }
}

/// Takes a message apart. It believes no length that goes beyond the bytes that are there.
struct ByteReader {
  private let message: [UInt8]
  private var position = 0

  init(_ message: [UInt8]) { self.message = message }

  var rest: [UInt8] { Array(message[position...]) }

  mutating func bytes(_ count: Int) throws(MalformedMessage) -> [UInt8] {
    guard count <= message.count - position else { throw MalformedMessage() }
    defer { position += count }
    return Array(message[position..<position + count])
  }

  mutating func byte() throws(MalformedMessage) -> UInt8 { try bytes(1)[0] }

  mutating func number() throws(MalformedMessage) -> UInt32 {
    try bytes(4).reversed().reduce(0) { $0 << 8 | UInt32($1) }
  }

  mutating func value() throws(MalformedMessage) -> [UInt8] { try bytes(Int(number())) }

  mutating func text() throws(MalformedMessage) -> String {
    guard let text = String(validating: try value(), as: UTF8.self) else {
      throw MalformedMessage()
    }
    return text
  }

  mutating func list<Element>(
    _ read: (inout ByteReader) throws(MalformedMessage) -> Element
  ) throws(MalformedMessage) -> [Element] {
    let count = try Int(number())
    // No element is shorter than four bytes.
    guard count <= (message.count - position) / 4 else { throw MalformedMessage() }
    var list: [Element] = []
    list.reserveCapacity(count)
    for _ in 0..<count { list.append(try read(&self)) }
    return list
  }
}

/// What has come through a connection, cut into messages.
struct MessageBuffer {
  private var bytes: [UInt8] = []

  var count: Int { bytes.count }

  mutating func append(_ more: ArraySlice<UInt8>) { bytes += more }

  /// The next message, if all of it is here.
  ///
  /// - Throws: If its length is 0 or more than `limit`, before any of it is waited for.
  mutating func next(limit: Int) throws(MalformedMessage) -> [UInt8]? {
    guard bytes.count >= 4 else { return nil }
    var reader = ByteReader(Array(bytes.prefix(4)))
    let length = try Int(reader.number())
    guard (1...limit).contains(length) else { throw MalformedMessage() }
    guard bytes.count >= 4 + length else { return nil }
    defer { bytes.removeFirst(4 + length) }
    return Array(bytes[4..<4 + length])
  }

  /// A message with its length before it.
  static func frame(_ message: [UInt8]) -> [UInt8] {
    var writer = ByteWriter()
    writer.append(message)
    return writer.bytes
  }
}
