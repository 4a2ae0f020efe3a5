internal import HeaderModel

/// Reads C's literals.
enum Literals {
  static func number(_ text: String) -> Constant? {
    let lower = text.lowercased()
    let isHexadecimal = lower.hasPrefix("0x")
    let isFloating =
      lower.contains(".") || lower.contains(isHexadecimal ? "p" : "e")
    return isFloating ? floating(lower, isHexadecimal) : integer(lower, isHexadecimal)
  }

  private static func floating(_ text: String, _ isHexadecimal: Bool) -> Constant? {
    if text.hasSuffix("f"), !isHexadecimal || text.contains("p") {
      guard let value = Float(text.dropLast()), value.isFinite else { return nil }
      return Constant(.floating(Double(value)), .scalar(.float))
    }
    // An `l` makes a long double, which the model has no type for.
    guard let value = Double(text), value.isFinite else { return nil }
    return Constant(.floating(value), .scalar(.double))
  }

  private static func integer(_ text: String, _ isHexadecimal: Bool) -> Constant? {
    var digits = text[...]
    var radix = 10
    if isHexadecimal {
      digits = digits.dropFirst(2)
      radix = 16
    } else if text.hasPrefix("0b") {
      digits = digits.dropFirst(2)
      radix = 2
    } else if text.hasPrefix("0"), text.count > 1 {
      radix = 8
    }
    let end = digits.firstIndex { $0.hexDigitValue.map { $0 >= radix } ?? true } ?? digits.endIndex
    guard let value = UInt64(digits[..<end], radix: radix),
      let type = type(of: value, isDecimal: radix == 10, suffix: digits[end...])
    else { return nil }
    return Constant(.integer(Int128(value)), .scalar(type))
  }

  /// The first type of C's list that holds the value.
  private static func type(
    of value: UInt64, isDecimal: Bool, suffix: Substring
  ) -> CType.Scalar? {
    var candidates: [CType.Scalar]
    switch suffix {
    case "": candidates = [.int, .unsignedInt, .long, .unsignedLong]
    case "u": candidates = [.unsignedInt, .unsignedLong]
    case "l": candidates = [.long, .unsignedLong]
    case "ul", "lu": candidates = [.unsignedLong]
    case "ll": candidates = [.longLong, .unsignedLongLong]
    case "ull", "llu": candidates = [.unsignedLongLong]
    default: return nil
    }
    // A decimal literal without a `u` is never unsigned, unless nothing else holds it.
    if isDecimal, !suffix.contains("u") {
      candidates = candidates.filter(\.isSigned) + [.unsignedLongLong]
    }
    return candidates.first { $0.range.contains(Int128(value)) }
  }

  /// `'a'`, and `'ab'` as clang counts it.
  static func character(_ text: String) -> Constant? {
    guard text.hasPrefix("'"), let bytes = unescape(text), (1...4).contains(bytes.count) else {
      return nil
    }
    if bytes.count == 1 { return .int(Int128(Int8(bitPattern: bytes[0]))) }
    let value = bytes.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    return .int(Int128(Int32(bitPattern: value)))
  }

  /// The bytes of `"..."` or `u8"..."`; wide strings are not read.
  static func string(_ text: String) -> [UInt8]? {
    unescape(text.hasPrefix("u8") ? String(text.dropFirst(2)) : text)
  }

  /// The bytes between the quotes.
  private static func unescape(_ text: String) -> [UInt8]? {
    let bytes = Array(text.utf8)
    guard bytes.count >= 2, let quote = bytes.first, quote == bytes.last,
      quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'")
    else { return nil }
    var result: [UInt8] = []
    var position = 1
    let end = bytes.count - 1
    while position < end {
      let byte = bytes[position]
      position += 1
      guard byte == UInt8(ascii: "\\") else {
        result.append(byte)
        continue
      }
      guard position < end else { return nil }
      let escape = bytes[position]
      position += 1
      switch escape {
      case UInt8(ascii: "n"): result.append(0x0A)
      case UInt8(ascii: "t"): result.append(0x09)
      case UInt8(ascii: "r"): result.append(0x0D)
      case UInt8(ascii: "a"): result.append(0x07)
      case UInt8(ascii: "b"): result.append(0x08)
      case UInt8(ascii: "v"): result.append(0x0B)
      case UInt8(ascii: "f"): result.append(0x0C)
      case UInt8(ascii: "e"): result.append(0x1B)
      case UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "?"):
        result.append(escape)
      case UInt8(ascii: "x"):
        let digits = bytes[position..<end].prefix { Character(Unicode.Scalar($0)).isHexDigit }
        guard let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16) else {
          return nil
        }
        result.append(value)
        position += digits.count
      case UInt8(ascii: "0")...UInt8(ascii: "7"):
        let rest = bytes[position..<end].prefix { (0x30...0x37).contains($0) }.prefix(2)
        let digits = [escape] + rest
        guard let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 8) else {
          return nil
        }
        result.append(value)
        position += rest.count
      case UInt8(ascii: "u"), UInt8(ascii: "U"):
        let count = escape == UInt8(ascii: "u") ? 4 : 8
        guard position + count <= end,
          let code = UInt32(
            String(decoding: bytes[position..<(position + count)], as: UTF8.self), radix: 16),
          let scalar = Unicode.Scalar(code)
        else { return nil }
        result.append(contentsOf: String(scalar).utf8)
        position += count
      default: return nil
      }
    }
    return result
  }
}
