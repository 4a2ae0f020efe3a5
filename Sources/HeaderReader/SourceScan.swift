internal import Glibc

/// What one pass over a file's bytes finds: the comments, which libclang versions attach to
/// declarations by different rules, and the directives that libclang does not report.
struct SourceScan {
  struct Comment: Equatable {
    /// Of the first byte of the comment, and of the byte after it.
    var start: Int
    var end: Int
    var isLine: Bool
    /// Something other than white space stands before it on its line.
    var followsCode: Bool
    /// From the start of the line, in bytes.
    var column: Int
  }

  struct Undefinition: Equatable {
    var name: String
    var offset: Int
  }

  /// `#if` and its kin, in the file's order.
  struct Conditional: Equatable {
    enum Keyword: String { case `if`, ifdef, ifndef, elif, `else`, endif }

    var keyword: Keyword
    /// Of the `#`.
    var offset: Int
    /// Of what follows the keyword.
    var expression: Int
  }

  private(set) var comments: [Comment] = []
  private(set) var undefinitions: [Undefinition] = []
  private(set) var conditionals: [Conditional] = []
  /// The macro that the file's first directive asks for, as include guards do.
  private(set) var guardName: String?

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    var isFirstDirective = true
    var lineStart = 0
    var hasCode = false
    var position = 0
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\n"):
        position += 1
        lineStart = position
        hasCode = false
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
        position += 1
      case UInt8(ascii: "/")
      where position + 1 < bytes.count
        && (bytes[position + 1] == UInt8(ascii: "*") || bytes[position + 1] == UInt8(ascii: "/")):
        let isLine = bytes[position + 1] == UInt8(ascii: "/")
        let end = isLine ? Self.endOfLine(bytes, position) : Self.endOfBlock(bytes, position)
        add(
          Comment(
            start: position, end: end, isLine: isLine, followsCode: hasCode,
            column: position - lineStart),
          bytes)
        if !isLine, let newline = Self.lastNewline(bytes, position, end) { lineStart = newline + 1 }
        position = end
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        hasCode = true
        position = Self.endOfLiteral(bytes, position)
      case UInt8(ascii: "#"):
        if !hasCode {
          note(directiveAt: position, bytes, isFirst: isFirstDirective)
          isFirstDirective = false
        }
        hasCode = true
        position += 1
      default:
        hasCode = true
        position += 1
      }
    }
  }

  /// Appends a comment; lines of `//` that go on below each other count as one.
  private mutating func add(_ comment: Comment, _ bytes: UnsafeBufferPointer<UInt8>) {
    guard comment.isLine, !comment.followsCode, let last = comments.last, last.isLine,
      !last.followsCode || last.column == comment.column,
      isNextLine(bytes, from: last.end, to: comment.start)
    else { return comments.append(comment) }
    comments[comments.count - 1].end = comment.end
  }

  private func isNextLine(
    _ bytes: UnsafeBufferPointer<UInt8>, from end: Int, to start: Int
  ) -> Bool {
    var newlines = 0
    for position in end..<start {
      switch bytes[position] {
      case UInt8(ascii: "\n"): newlines += 1
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): break
      default: return false
      }
    }
    return newlines == 1
  }

  // MARK: Directives

  private mutating func note(
    directiveAt start: Int, _ bytes: UnsafeBufferPointer<UInt8>, isFirst: Bool
  ) {
    var lexer = Lexer(bytes, from: start + 1)
    guard let name = lexer.nextOnLine() else { return }
    if name.text == "undef", let macro = lexer.nextOnLine(), macro.kind == .identifier {
      undefinitions.append(Undefinition(name: macro.text, offset: start))
    }
    if let keyword = Conditional.Keyword(rawValue: name.text) {
      conditionals.append(
        Conditional(keyword: keyword, offset: start, expression: lexer.position))
    }
    guard isFirst else { return }
    if name.text == "ifndef" {
      guardName = lexer.nextOnLine()?.text
    } else if name.text == "if", lexer.nextOnLine()?.text == "!",
      lexer.nextOnLine()?.text == "defined", var macro = lexer.nextOnLine()
    {
      if macro.text == "(", let inner = lexer.nextOnLine() { macro = inner }
      guardName = macro.text
    }
  }

  // MARK: Ends

  /// The offset of the newline that ends a `//` comment; a backslash before it carries on.
  private static func endOfLine(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
    var position = start
    while let newline = find(UInt8(ascii: "\n"), in: bytes, from: position) {
      var before = newline - 1
      if before > start, bytes[before] == UInt8(ascii: "\r") { before -= 1 }
      guard bytes[before] == UInt8(ascii: "\\") else { return newline }
      position = newline + 1
    }
    return bytes.count
  }

  private static func endOfBlock(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
    var position = start + 2
    while let slash = find(UInt8(ascii: "/"), in: bytes, from: position) {
      if slash > start + 2, bytes[slash - 1] == UInt8(ascii: "*") { return slash + 1 }
      position = slash + 1
    }
    return bytes.count
  }

  /// The offset after a string or character literal, or the end of its line if it has no end.
  private static func endOfLiteral(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
    let quote = bytes[start]
    var position = start + 1
    while position < bytes.count, bytes[position] != UInt8(ascii: "\n") {
      if bytes[position] == quote { return position + 1 }
      position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
    }
    return min(position, bytes.count)
  }

  private static func lastNewline(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int
  ) -> Int? {
    var position = end - 1
    while position > start {
      if bytes[position] == UInt8(ascii: "\n") { return position }
      position -= 1
    }
    return nil
  }

  private static func find(
    _ byte: UInt8, in bytes: UnsafeBufferPointer<UInt8>, from start: Int
  ) -> Int? {
    guard start < bytes.count, let base = bytes.baseAddress,
      let found = memchr(base + start, Int32(byte), bytes.count - start)
    else { return nil }
    return UnsafeRawPointer(found) - UnsafeRawPointer(base)
  }
}
