/// Reads JSON.
struct JSONParser {
  private let bytes: [UInt8]
  private var place = 0
  private var depth = 0

  /// - Throws: `PerfError` that names the line.
  static func parse(_ bytes: [UInt8]) throws -> JSONValue {
    var parser = JSONParser(bytes)
    let value = try parser.value()
    parser.skipSpace()
    guard parser.place == bytes.count else { throw parser.failure("something follows the end") }
    return value
  }

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  private mutating func value() throws -> JSONValue {
    skipSpace()
    guard let byte = next else { throw failure("it ends too early") }
    switch byte {
    case UInt8(ascii: "{"): return try nested { parser in try parser.object() }
    case UInt8(ascii: "["): return try nested { parser in try parser.array() }
    case UInt8(ascii: "\""): return .text(try text())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return try number()
    }
  }

  private mutating func nested(
    _ body: (inout JSONParser) throws -> JSONValue
  ) throws -> JSONValue {
    guard depth < 64 else { throw failure("it is nested too deep") }
    depth += 1
    defer { depth -= 1 }
    return try body(&self)
  }

  private mutating func object() throws -> JSONValue {
    var members: [JSONValue.Member] = []
    try list("}") { parser in
      parser.skipSpace()
      guard parser.next == UInt8(ascii: "\"") else { throw parser.failure("a key is expected") }
      let key = try parser.text()
      parser.skipSpace()
      guard parser.take(":") else { throw parser.failure("a colon is expected") }
      members.append(JSONValue.Member(key: key, value: try parser.value()))
    }
    return .object(members)
  }

  private mutating func array() throws -> JSONValue {
    var values: [JSONValue] = []
    try list("]") { parser in values.append(try parser.value()) }
    return .array(values)
  }

  /// What stands between brackets, with commas between.
  private mutating func list(
    _ end: Unicode.Scalar, _ element: (inout JSONParser) throws -> Void
  ) throws {
    place += 1
    skipSpace()
    if take(end) { return }
    while true {
      try element(&self)
      skipSpace()
      if take(end) { return }
      guard take(",") else { throw failure("a comma or \(end) is expected") }
    }
  }

  private mutating func word(_ word: String, _ value: JSONValue) throws -> JSONValue {
    guard bytes[place...].starts(with: word.utf8) else {
      throw failure("no value begins like this")
    }
    place += word.utf8.count
    return value
  }

  private mutating func number() throws -> JSONValue {
    let start = place
    while let byte = next, "+-.eE0123456789".utf8.contains(byte) { place += 1 }
    let text = String(decoding: bytes[start..<place], as: UTF8.self)
    if let integer = Int(text) { return .integer(integer) }
    guard let number = Double(text) else { throw failure("no value begins like this") }
    return .number(number)
  }

  private mutating func text() throws -> String {
    place += 1
    var units: [UInt8] = []
    while let byte = next {
      place += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: units, as: UTF8.self)
      case UInt8(ascii: "\\"): units.append(contentsOf: try escaped())
      default: units.append(byte)
      }
    }
    throw failure("a text does not end")
  }

  private mutating func escaped() throws -> [UInt8] {
    guard let byte = next else { throw failure("a text does not end") }
    place += 1
    switch byte {
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "u"): return try unicode()
    default: return [byte]
    }
  }

  /// `\uXXXX`, and the second half of a pair.
  private mutating func unicode() throws -> [UInt8] {
    var units = [try hexadecimal()]
    if UTF16.isLeadSurrogate(units[0]), bytes[place...].starts(with: "\\u".utf8) {
      place += 2
      units.append(try hexadecimal())
    }
    return Array(String(decoding: units, as: UTF16.self).utf8)
  }

  private mutating func hexadecimal() throws -> UInt16 {
    let digits = bytes[place...].prefix(4)
    guard digits.count == 4, let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw failure("\\u needs four hexadecimal digits") }
    place += 4
    return unit
  }

  // MARK: Bytes

  private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: scalar) else { return false }
    place += 1
    return true
  }

  private mutating func skipSpace() {
    while let byte = next, [0x20, 0x0A, 0x0D, 0x09].contains(byte) { place += 1 }
  }

  private func failure(_ text: String) -> PerfError {
    let line = bytes[..<min(place, bytes.count)].lazy.filter { $0 == 0x0A }.count + 1
    return PerfError("line \(line): \(text)")
  }
}
