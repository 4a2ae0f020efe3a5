/// A header's or a profile's own words may come with codes that move a terminal's cursor, or that
/// turn the rest of a line around.
package enum VisibleText {
  /// The text with all such codes spelled out; line breaks and tabs stay.
  package static func of(_ text: String) -> String {
    // Nearly all text is printable ASCII.
    if text.utf8.allSatisfy({ 0x20..<0x7F ~= $0 || $0 == 0x0A || $0 == 0x09 }) { return text }
    var visible = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator:
        if scalar == "\n" || scalar == "\t" {
          visible.append(scalar)
        } else {
          visible.append(contentsOf: "\\u{\(String(scalar.value, radix: 16))}".unicodeScalars)
        }
      default: visible.append(scalar)
      }
    }
    return String(visible)
  }
}
