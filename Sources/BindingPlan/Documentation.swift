/// Header text on its way into a comment of ours.
///
/// Every line becomes a `///` or `//` comment, so the text can only break out through characters
/// that end a line or join it with the next; those are taken away.
enum Documentation {
  static func lines(_ text: String?) -> [String] {
    guard let text, !text.isEmpty else { return [] }
    return text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
      .map { line($0) }
  }

  /// One line without control characters; a backslash at its end would join a C comment with the
  /// line below.
  static func line(_ text: some StringProtocol) -> String {
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
}
