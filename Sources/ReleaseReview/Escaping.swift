/// How text that comes from headers, profiles and waivers is made harmless in a report.
enum Escaping {
  case plain, markdown, html

  func text(_ text: String) -> String {
    switch self {
    case .plain: text
    case .markdown: Self.markdown(text)
    case .html: Self.html(text)
    }
  }

  /// What stands within a block of code.
  func block(_ text: String) -> String { self == .html ? Self.htmlPlain(text) : text }

  /// A C or Swift name or declaration within a line.
  func code(_ text: String) -> String {
    switch self {
    case .plain: text
    case .markdown: Self.span(text)
    case .html: "<code>\(Self.htmlPlain(text))</code>"
    }
  }

  private static func html(_ text: String) -> String {
    pieces(of: text).map { piece in
      piece.isCode ? "<code>\(htmlPlain(piece.text))</code>" : htmlPlain(piece.text)
    }.joined()
  }

  private static func htmlPlain(_ text: some StringProtocol) -> String {
    var escaped = ""
    for character in text.unicodeScalars {
      switch character {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      default: escaped.unicodeScalars.append(character)
      }
    }
    return escaped
  }

  private static func markdown(_ text: String) -> String {
    pieces(of: text).map { piece in
      piece.isCode ? span(String(piece.text)) : markdownPlain(piece.text)
    }.joined()
  }

  private static func markdownPlain(_ text: some StringProtocol) -> String {
    var escaped = ""
    for character in text {
      if character.isNewline {
        escaped += " "
        continue
      }
      if "\\`*_[]<>#|".contains(character) { escaped += "\\" }
      escaped.append(character)
    }
    return escaped
  }

  /// Our rules quote C in backticks. A text whose backticks do not pair quotes nothing.
  private static func pieces(of text: String) -> [(text: Substring, isCode: Bool)] {
    let parts = text.split(separator: "`", omittingEmptySubsequences: false)
    guard parts.count % 2 == 1 else { return [(text[...], false)] }
    return parts.enumerated().filter { !$0.element.isEmpty }.map {
      ($0.element, $0.offset % 2 == 1)
    }
  }

  /// A code span that the text cannot end, and that does not split a table's cell.
  private static func span(_ text: String) -> String {
    let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
      .split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
    let mark = String(repeating: "`", count: longestRun(of: "`", in: line) + 1)
    let pad = line.hasPrefix("`") || line.hasSuffix("`") ? " " : ""
    return "\(mark)\(pad)\(line)\(pad)\(mark)"
  }

  /// What begins and ends a block of code that holds the texts.
  static func fence(around texts: [String]) -> String {
    let longest = texts.map { longestRun(of: "`", in: $0) }.max() ?? 0
    return String(repeating: "`", count: max(3, longest + 1))
  }

  private static func longestRun(of character: Character, in text: String) -> Int {
    var (run, longest) = (0, 0)
    for other in text {
      run = other == character ? run + 1 : 0
      longest = max(longest, run)
    }
    return longest
  }
}
