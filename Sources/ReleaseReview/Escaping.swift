import HeaderModel

/// How text that comes from headers, profiles and waivers is made harmless in a report.
enum Escaping {
  case plain, markdown, html

  func text(_ text: String) -> String {
    let line = Self.line(text)
    return switch self {
    case .plain: line
    case .markdown: Self.markdown(line)
    case .html: Self.html(line)
    }
  }

  /// What stands within a block of code.
  func block(_ text: String) -> String {
    let visible = VisibleText.of(text)
    return self == .html ? Self.htmlPlain(visible) : visible
  }

  /// A C or Swift name or declaration within a line.
  func code(_ text: String) -> String {
    let line = Self.line(text)
    return switch self {
    case .plain: line
    case .markdown: Self.span(line)
    case .html: "<code>\(Self.htmlPlain(line))</code>"
    }
  }

  /// The same in a table, where a code span cannot hold every text.
  func cell(_ text: String) -> String {
    let line = Self.line(text)
    return self == .markdown && line.contains(where: { "\\|".contains($0) })
      ? Self.markdownPlain(line) : code(text)
  }

  /// On one line, with nothing that works unseen.
  private static func line(_ text: String) -> String {
    let visible = VisibleText.of(text)
    guard visible.utf8.contains(UInt8(ascii: "\n")) else { return visible }
    return visible.split(separator: "\n").joined(separator: " ")
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
      if "\\`*_[]<>#|&~$".contains(character) { escaped += "\\" }
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

  /// A code span that the text cannot end.
  private static func span(_ line: String) -> String {
    let mark = String(repeating: "`", count: longestRun(of: "`", in: line) + 1)
    // A reader takes one space off both ends where there is one at both.
    let pads =
      line.isEmpty || line.hasPrefix("`") || line.hasSuffix("`")
      || line.hasPrefix(" ") && line.hasSuffix(" ")
    let pad = pads ? " " : ""
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
