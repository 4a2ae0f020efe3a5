/// What follows a function's declarator.
///
/// libclang was told to skip bodies. It then does not say that there was one, nor that one has no
/// end and has swallowed the rest of the file.
enum FunctionBody {
  case none, whole, unfinished

  init(_ file: SourceFile, after end: Int) {
    self = .none
    let bytes = file.bytes
    // Most declarations end right here.
    if end < bytes.count, bytes[end] == UInt8(ascii: ";") { return }
    if end > 0, end <= bytes.count, bytes[end - 1] == UInt8(ascii: "}") {
      self = .whole
      return
    }
    var lexer = Lexer(bytes, from: end)
    var depth = 0
    // Attributes may come first.
    while let token = lexer.next() {
      switch token.text {
      case "(": depth += 1
      case ")": depth -= 1
      case "{" where depth == 0:
        self = Self.isClosed(&lexer, file) ? .whole : .unfinished
        return
      default: if depth == 0, token.kind != .identifier { return }
      }
    }
  }

  private static func isClosed(_ lexer: inout Lexer, _ file: SourceFile) -> Bool {
    var depth = 1
    while let token = lexer.next() {
      guard token.kind == .punctuator, !file.isSkipped(lexer.position - 1) else { continue }
      if token.text == "{" { depth += 1 }
      if token.text == "}" {
        depth -= 1
        if depth == 0 { return true }
      }
    }
    return false
  }
}
