/// How C names become Swift names.
package enum SwiftNames {
  /// `AllReduce` to `allReduce`, `UniqueID` stays recognisable, `CUBINSize` to `cubinSize`.
  static func lowerCamel(_ name: String) -> String {
    let words = name.split(separator: "_", omittingEmptySubsequences: true)
    guard let first = words.first else { return name }
    return lowerInitial(String(first)) + words.dropFirst().map { upperInitial(String($0)) }.joined()
  }

  static func upperCamel(_ name: String) -> String {
    name.split(separator: "_", omittingEmptySubsequences: true).map { upperInitial(String($0)) }
      .joined()
  }

  /// `UNHANDLED_CUDA_ERROR` to `unhandledCudaError`.
  static func fromCapitals(_ name: String) -> String { lowerCamel(name.lowercased()) }

  /// All letters are capitals: a macro's or an old-style enumerator's name.
  static func isCapitals(_ name: String) -> Bool {
    name.utf8.allSatisfy { $0 < UInt8(ascii: "a") || $0 > UInt8(ascii: "z") }
  }

  /// A run of capitals at the start is one word, whose last letter belongs to the next word.
  private static func lowerInitial(_ word: String) -> String {
    let letters = Array(word)
    var count = letters.prefix { $0.isUppercase }.count
    if count > 1, count < letters.count, letters[count].isLowercase { count -= 1 }
    return String(letters[..<count]).lowercased() + String(letters[count...])
  }

  private static func upperInitial(_ word: String) -> String {
    word.prefix(1).uppercased() + word.dropFirst()
  }

  /// `2.29.2-relay-buffer` to `2_29_2_relay_buffer`: a release or flavour inside an identifier.
  static func suffix(_ text: String) -> String {
    String(decoding: text.utf8.map { isWordByte($0) ? $0 : UInt8(ascii: "_") }, as: UTF8.self)
  }

  /// The name as it must stand in a declaration.
  package static func escaped(_ name: String) -> String { keywords.contains(name) ? "`\(name)`" : name }

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
  guard let first = name.utf8.first, !isDigit(first) else { return false }
  return name.utf8.allSatisfy(isWordByte)
}

private func isWordByte(_ byte: UInt8) -> Bool {
  let letter = byte | 0x20
  return isDigit(byte) || byte == UInt8(ascii: "_")
    || letter >= UInt8(ascii: "a") && letter <= UInt8(ascii: "z")
}

private func isDigit(_ byte: UInt8) -> Bool {
  byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
}
