/// How C names become Swift names.
package enum SwiftNames {
  /// `AllReduce` to `allReduce`, `UniqueID` stays recognisable, `CUBINSize` to `cubinSize`.
  static func lowerCamel(_ name: String) -> String {
    var bytes = joined(name)
    let underscore = UInt8(ascii: "_")
    let first = name.utf8.drop { $0 == underscore }.prefix { $0 != underscore }.count
    // A run of capitals at the start is one word, whose last letter belongs to the next word.
    var count = bytes.prefix(while: isCapital).count
    if count > first {
      count = first
    } else if count > 1, count < first, isLower(bytes[count]) {
      count -= 1
    }
    for index in 0..<count { bytes[index] |= 0x20 }
    return bytes.isEmpty ? name : String(decoding: bytes, as: UTF8.self)
  }

  static func upperCamel(_ name: String) -> String {
    var bytes = joined(name)
    if let first = bytes.first, isLower(first) { bytes[0] = first & ~0x20 }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The words between underscores, put together; all but the first begin with a capital.
  private static func joined(_ name: String) -> [UInt8] {
    guard name.utf8.contains(UInt8(ascii: "_")) else { return Array(name.utf8) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(name.utf8.count)
    var startsWord = false
    for byte in name.utf8 {
      if byte == UInt8(ascii: "_") {
        startsWord = !bytes.isEmpty
      } else {
        bytes.append(startsWord && isLower(byte) ? byte & ~0x20 : byte)
        startsWord = false
      }
    }
    return bytes
  }

  private static func isCapital(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
  }

  private static func isLower(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z")
  }

  /// The first of the names that a member or a parameter can have.
  static func member(_ candidates: [String]) -> String? {
    for name in candidates {
      if let name = member(name) { return name }
    }
    return nil
  }

  /// The name as a member or a parameter can have it, if one can.
  ///
  /// What is left of a C name may begin with a digit (`2D` of `toy2D`) or be nothing but underscores.
  /// `self` would hide the value itself, even in backticks. Names beyond ASCII are not taken over:
  /// some letters there change how the rest of the line reads.
  static func member(_ name: String) -> String? {
    guard isIdentifier(name), name.utf8.contains(where: { $0 != UInt8(ascii: "_") }) else {
      return nil
    }
    return name == "self" ? "self_" : name
  }

  /// `UNHANDLED_CUDA_ERROR` to `unhandledCudaError`.
  static func fromCapitals(_ name: String) -> String { lowerCamel(name.lowercased()) }

  /// Of either kind of C name.
  static func camel(_ name: String) -> String {
    isCapitals(name) ? fromCapitals(name) : lowerCamel(name)
  }

  /// All letters are capitals: a macro's or an old-style enumerator's name.
  static func isCapitals(_ name: String) -> Bool {
    name.utf8.allSatisfy { $0 < UInt8(ascii: "a") || $0 > UInt8(ascii: "z") }
  }

  /// `2.29.2-relay-buffer` to `2_29_2_relay_buffer`: a release or flavour inside an identifier.
  static func suffix(_ text: String) -> String {
    String(decoding: text.utf8.map { isWordByte($0) ? $0 : UInt8(ascii: "_") }, as: UTF8.self)
  }

  /// The name as it must stand in a declaration.
  package static func escaped(_ name: String) -> String {
    // The longest is "precedencegroup".
    name.utf8.count <= 15 && keywords.contains(name) ? "`\(name)`" : name
  }

  private static let keywords: Set<String> = [
    "associatedtype", "borrowing", "class", "consuming", "deinit", "enum", "extension",
    "fileprivate", "func", "import", "init", "inout", "internal", "let", "nonisolated", "open",
    "operator", "precedencegroup", "private", "protocol", "public", "rethrows", "static", "struct",
    "subscript", "typealias", "var", "break", "case", "catch", "continue", "default", "defer", "do",
    "else", "fallthrough", "for", "guard", "if", "in", "repeat", "return", "throw", "switch",
    "where", "while", "Any", "as", "await", "false", "is", "nil", "self", "Self", "super", "throws",
    "true", "try", "async", "some", "any", "actor", "Type", "Protocol",
  ]
}

/// A name that C and Swift both take as it is.
package func isIdentifier(_ name: String) -> Bool {
  let isPlain = name.utf8.withContiguousStorageIfAvailable { isIdentifier($0) }
  return isPlain ?? isIdentifier(name.utf8)
}

private func isIdentifier(_ bytes: some Collection<UInt8>) -> Bool {
  guard let first = bytes.first, !isDigit(first) else { return false }
  return bytes.allSatisfy(isWordByte)
}

private func isWordByte(_ byte: UInt8) -> Bool {
  let letter = byte | 0x20
  return isDigit(byte) || byte == UInt8(ascii: "_")
    || letter >= UInt8(ascii: "a") && letter <= UInt8(ascii: "z")
}

private func isDigit(_ byte: UInt8) -> Bool {
  byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
}
