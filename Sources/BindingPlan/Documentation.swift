/// Header text on its way into a comment of ours.
///
/// Every line becomes a `///` or `//` comment, so the text can only break out through characters
/// that end a line or join it with the next; those are taken away.
enum Documentation {
  static func lines(_ text: String?) -> [String] {
    guard var text, !text.isEmpty else { return [] }
    return text.withUTF8 { bytes in
      bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { bytes in
        let text = String(decoding: bytes, as: UTF8.self)
        return isPlain(bytes) ? text : line(text[...])
      }
    }
  }

  /// One line without control characters; a backslash at its end would join a C comment with the
  /// line below.
  static func line(_ text: Substring) -> String {
    if isPlain(text.utf8) { return String(text) }
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator, .format: scalars.append(" ")
      default: scalars.append(scalar)
      }
    }
    while let last = scalars.last, last == "\\" || last == " " { scalars.removeLast() }
    return String(scalars)
  }

  /// What nearly every line is: printable ASCII with nothing to take away.
  private static func isPlain(_ text: some BidirectionalCollection<UInt8>) -> Bool {
    guard let last = text.last else { return true }
    return last != UInt8(ascii: "\\") && last != UInt8(ascii: " ")
      && text.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
  }
}
