/// Why a JSON text could not be read, and where.
package struct JSONError: Error, Hashable, Sendable, CustomStringConvertible {
  package var line: Int
  package var message: String

  package var description: String { "line \(line): \(message)" }
}

/// Reads JSON from front to back straight into values, without a tree in between.
///
/// It accepts any JSON, not only the canonical form, so that a hand-edited file gets an error about
/// its content rather than about its layout.
package struct JSONReader {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0
  private var depth = 0
  private var types: [String: CType] = [:]

  /// Calls `body` with a reader over `bytes`, and checks that it read all of them.
  package static func read<Value>(
    _ bytes: [UInt8], _ body: (inout JSONReader) throws(JSONError) -> Value
  ) throws(JSONError) -> Value {
    let result = bytes.withUnsafeBufferPointer { buffer -> Result<Value, JSONError> in
      var reader = JSONReader(bytes: buffer)
      do throws(JSONError) {
        let value = try body(&reader)
        reader.skipSpace()
        guard reader.position == buffer.count else { throw reader.error("text after the end") }
        return .success(value)
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  private init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  package func error(_ message: String) -> JSONError {
    var line = 1
    for byte in bytes[..<Swift.min(position, bytes.count)] where byte == UInt8(ascii: "\n") {
      line += 1
    }
    return JSONError(line: line, message: message)
  }

  // MARK: Containers

  /// The name of an object's member, compared without making a string of it.
  package struct Key {
    fileprivate let bytes: UnsafeBufferPointer<UInt8>

    package var text: String { String(decoding: bytes, as: UTF8.self) }

    package static func ~= (name: StaticString, key: Key) -> Bool {
      guard key.bytes.count == name.utf8CodeUnitCount else { return false }
      for index in 0..<key.bytes.count where key.bytes[index] != name.utf8Start[index] {
        return false
      }
      return true
    }
  }

  /// Reads an object; `member` must read the value of every key that it is given.
  package mutating func object(
    _ member: (inout JSONReader, Key) throws(JSONError) -> Void
  ) throws(JSONError) {
    try container("{", "}") { (reader) throws(JSONError) in
      let key = try reader.rawString()
      reader.skipSpace()
      try reader.expect(":")
      try member(&reader, Key(bytes: key))
    }
  }

  package mutating func array<Element>(
    _ element: (inout JSONReader) throws(JSONError) -> Element
  ) throws(JSONError) -> [Element] {
    var elements: [Element] = []
    try container("[", "]") { (reader) throws(JSONError) in elements.append(try element(&reader)) }
    return elements
  }

  private mutating func container(
    _ open: Unicode.Scalar, _ close: Unicode.Scalar,
    _ item: (inout JSONReader) throws(JSONError) -> Void
  ) throws(JSONError) {
    skipSpace()
    try expect(open)
    // Deeper than any file of ours; a hostile file must not overflow the stack.
    guard depth < 64 else { throw error("nested too deeply") }
    depth += 1
    defer { depth -= 1 }
    skipSpace()
    if peek() == UInt8(ascii: close) {
      position += 1
      return
    }
    while true {
      skipSpace()
      try item(&self)
      skipSpace()
      if peek() == UInt8(ascii: ",") {
        position += 1
        continue
      }
      return try expect(close)
    }
  }

  package func unknown(_ key: Key) -> JSONError { error("unknown key \"\(key.text)\"") }

  // MARK: Values

  package mutating func string() throws(JSONError) -> String {
    skipSpace()
    let raw = try rawString()
    guard raw.contains(UInt8(ascii: "\\")) else { return String(decoding: raw, as: UTF8.self) }
    return try unescape(raw)
  }

  package mutating func type() throws(JSONError) -> CType {
    let text = try string()
    if let known = types[text] { return known }
    guard let type = CType(text) else { throw error("\"\(text)\" is not a type") }
    types[text] = type
    return type
  }

  package mutating func integer<Value: FixedWidthInteger>(
    _: Value.Type = Value.self
  ) throws(JSONError) -> Value {
    let text = number()
    guard let value = Value(text) else { throw error("expected an integer, found \"\(text)\"") }
    return value
  }

  package mutating func bool() throws(JSONError) -> Bool {
    skipSpace()
    if skip("true") { return true }
    if skip("false") { return false }
    throw error("expected true or false")
  }

  // MARK: Characters

  private func peek() -> UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipSpace() {
    while let byte = peek(), byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      position += 1
    }
  }

  private mutating func skip(_ word: StaticString) -> Bool {
    guard bytes.count - position >= word.utf8CodeUnitCount else { return false }
    for index in 0..<word.utf8CodeUnitCount
    where bytes[position + index] != word.utf8Start[index] { return false }
    position += word.utf8CodeUnitCount
    return true
  }

  private mutating func expect(_ character: Unicode.Scalar) throws(JSONError) {
    guard let byte = peek() else {
      throw error("the text ends where '\(character)' was expected")
    }
    guard byte == UInt8(ascii: character) else {
      throw error("expected '\(character)', found '\(Unicode.Scalar(byte))'")
    }
    position += 1
  }

  private mutating func number() -> String {
    skipSpace()
    let start = position
    while let byte = peek(),
      (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"))
        || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") || byte == UInt8(ascii: ".")
        || byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E")
    { position += 1 }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  /// The bytes between the quotes, escapes and all.
  private mutating func rawString() throws(JSONError) -> UnsafeBufferPointer<UInt8> {
    try expect("\"")
    let start = position
    while let byte = peek() {
      if byte == UInt8(ascii: "\"") {
        position += 1
        return UnsafeBufferPointer(rebasing: bytes[start..<(position - 1)])
      }
      guard byte >= 0x20 else { throw error("a string has a raw control character") }
      position += byte == UInt8(ascii: "\\") ? 2 : 1
    }
    throw error("the text ends inside a string")
  }

  private func unescape(_ raw: UnsafeBufferPointer<UInt8>) throws(JSONError) -> String {
    var text: [UInt8] = []
    text.reserveCapacity(raw.count)
    var index = 0
    while index < raw.count {
      let byte = raw[index]
      index += 1
      guard byte == UInt8(ascii: "\\"), index < raw.count else {
        text.append(byte)
        continue
      }
      let escape = raw[index]
      index += 1
      switch escape {
      case UInt8(ascii: "n"): text.append(0x0A)
      case UInt8(ascii: "t"): text.append(0x09)
      case UInt8(ascii: "r"): text.append(0x0D)
      case UInt8(ascii: "b"): text.append(0x08)
      case UInt8(ascii: "f"): text.append(0x0C)
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(escape)
      case UInt8(ascii: "u"):
        // Only what our writer makes: control characters. Everything else is plain UTF-8.
        guard index + 4 <= raw.count,
          let code = UInt32(String(decoding: raw[index..<(index + 4)], as: UTF8.self), radix: 16),
          let scalar = Unicode.Scalar(code)
        else { throw error("an escape in a string is not valid") }
        text.append(contentsOf: String(scalar).utf8)
        index += 4
      default: throw error("an escape in a string is not valid")
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
