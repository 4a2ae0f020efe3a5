/// Names and texts as they can stand in YAML. What they come from, headers and command lines, is
/// other people's: nothing of it may become YAML of its own.
enum YAMLText {
  static func list(_ items: [String]) -> String {
    "[\(items.map(scalar).joined(separator: ", "))]"
  }

  /// A key and its items, on one line where they fit.
  static func list(_ key: String, _ items: [String]) -> String {
    let line = "\(key): \(list(items))"
    if line.utf8.count <= 100 { return line }
    return "\(key):\n" + items.map { "  - \(scalar($0))" }.joined(separator: "\n")
  }

  /// A name that YAML takes for nothing else; anything unusual is quoted.
  static func scalar(_ text: String) -> String {
    let isPlain =
      text.utf8.allSatisfy { byte in
        isLetter(byte) || isDigit(byte)
          || [UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "/")]
            .contains(byte)
          || byte == UInt8(ascii: "-")
      } && text.utf8.first.map { isLetter($0) || $0 == UInt8(ascii: "_") } == true
      && !["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(text.lowercased())
    return isPlain ? text : "'\(line(text).replacing("'", with: "''"))'"
  }

  /// On one line, without what a terminal, an editor or YAML would act on.
  static func line(_ text: String) -> String {
    var line = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
        .unassigned:
        line.append(" ")
      default: line.append(scalar)
      }
    }
    return String(line)
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
