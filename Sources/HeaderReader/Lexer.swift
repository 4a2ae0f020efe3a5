/// A preprocessing token of C.
struct Token: Hashable {
  enum Kind: Hashable { case identifier, number, character, string, punctuator, other }

  var kind: Kind
  var text: String
  /// White space or a comment stands before it. Only `#` in a macro's body asks.
  var hasSpaceBefore = false
  /// An identifier that macro expansion must leave alone from now on.
  var isPainted = false

  init(_ kind: Kind, _ text: String, hasSpaceBefore: Bool = false) {
    self.kind = kind
    self.text = text
    self.hasSpaceBefore = hasSpaceBefore
  }
}

/// Splits C text into preprocessing tokens, leaving out comments and joined line ends.
struct Lexer {
  private let bytes: UnsafeBufferPointer<UInt8>
  private(set) var position: Int
  private let end: Int
  private var hasSpace = false
  private var isAtLineEnd = false

  /// From `start` to `end`, or to the end of the bytes.
  init(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int = 0, to end: Int? = nil) {
    self.bytes = bytes
    self.position = min(start, bytes.count)
    self.end = min(end ?? bytes.count, bytes.count)
  }

  /// All tokens of a text.
  static func tokens(of text: String) -> [Token] {
    var text = text
    return text.withUTF8 { bytes in
      var lexer = Lexer(bytes)
      var tokens: [Token] = []
      while let token = lexer.next() { tokens.append(token) }
      return tokens
    }
  }

  /// The next token, or `nil` at the end.
  mutating func next() -> Token? {
    hasSpace = false
    while true {
      skipSpace()
      guard position < end else { return nil }
      guard bytes[position] == UInt8(ascii: "\n") else { return token() }
      hasSpace = true
      position += 1
    }
  }

  /// The next token of the directive at hand, or `nil` where its line ends.
  mutating func nextOnLine() -> Token? {
    hasSpace = false
    skipSpace()
    guard position < end, bytes[position] != UInt8(ascii: "\n") else { return nil }
    return token()
  }

  /// Whether the very next byte is `(`, which makes a macro function-like.
  var isAtParenthesis: Bool { peek(0) == UInt8(ascii: "(") }

  // MARK: Pieces

  private func peek(_ distance: Int) -> UInt8 {
    position + distance < end ? bytes[position + distance] : 0
  }

  /// The length of a backslash with a line end after it; 0 if there is none here.
  private func spliceLength(at distance: Int) -> Int {
    guard peek(distance) == UInt8(ascii: "\\") else { return 0 }
    if peek(distance + 1) == UInt8(ascii: "\n") { return 2 }
    return peek(distance + 1) == UInt8(ascii: "\r") && peek(distance + 2) == UInt8(ascii: "\n")
      ? 3 : 0
  }

  /// Skips everything but newlines that separates tokens.
  private mutating func skipSpace() {
    while position < end {
      switch bytes[position] {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), 0x0B, 0x0C:
        position += 1
      case UInt8(ascii: "\\") where spliceLength(at: 0) > 0:
        position += spliceLength(at: 0)
        // A joined line separates tokens only by the white space around it.
        continue
      case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "*"):
        position += 2
        while position < end, !(peek(0) == UInt8(ascii: "*") && peek(1) == UInt8(ascii: "/")) {
          position += 1
        }
        position = min(position + 2, end)
      case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "/"):
        while position < end, bytes[position] != UInt8(ascii: "\n") {
          position += max(1, spliceLength(at: 0))
        }
      default: return
      }
      hasSpace = true
    }
  }

  private mutating func token() -> Token {
    let first = bytes[position]
    switch first {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): return number()
    case UInt8(ascii: ".") where isDigit(peek(1)): return number()
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return literal(prefixLength: 0)
    case UInt8(ascii: "u") where peek(1) == UInt8(ascii: "8") && peek(2) == UInt8(ascii: "\""):
      return literal(prefixLength: 2)
    case UInt8(ascii: "L"), UInt8(ascii: "u"), UInt8(ascii: "U"):
      if peek(1) == UInt8(ascii: "\"") || peek(1) == UInt8(ascii: "'") {
        return literal(prefixLength: 1)
      }
      return identifier()
    default:
      if isIdentifierByte(first) { return identifier() }
      return punctuator()
    }
  }

  private mutating func identifier() -> Token {
    make(.identifier) { lexer in
      while isIdentifierByte(lexer.peek(0)) { lexer.position += 1 }
    }
  }

  /// A preprocessing number, which is wider than any real number: `0x1p-3`, `1.2.3`, `5foo`.
  private mutating func number() -> Token {
    make(.number) { lexer in
      while true {
        let byte = lexer.peek(0)
        if isExponentMark(byte),
          lexer.peek(1) == UInt8(ascii: "+") || lexer.peek(1) == UInt8(ascii: "-")
        {
          lexer.position += 2
        } else if isIdentifierByte(byte) || byte == UInt8(ascii: ".") {
          lexer.position += 1
        } else {
          return
        }
      }
    }
  }

  private mutating func literal(prefixLength: Int) -> Token {
    let quote = peek(prefixLength)
    return make(quote == UInt8(ascii: "\"") ? .string : .character) { lexer in
      lexer.position += prefixLength + 1
      while lexer.position < lexer.end, lexer.peek(0) != UInt8(ascii: "\n") {
        let byte = lexer.peek(0)
        lexer.position = min(lexer.position + (byte == UInt8(ascii: "\\") ? 2 : 1), lexer.end)
        if byte == quote { return }
      }
    }
  }

  private mutating func punctuator() -> Token {
    let length: Int
    switch (peek(0), peek(1), peek(2)) {
    case (UInt8(ascii: "."), UInt8(ascii: "."), UInt8(ascii: ".")),
      (UInt8(ascii: "<"), UInt8(ascii: "<"), UInt8(ascii: "=")),
      (UInt8(ascii: ">"), UInt8(ascii: ">"), UInt8(ascii: "=")):
      length = 3
    case (UInt8(ascii: "<"), UInt8(ascii: "<"), _), (UInt8(ascii: ">"), UInt8(ascii: ">"), _),
      (UInt8(ascii: "<"), UInt8(ascii: "="), _), (UInt8(ascii: ">"), UInt8(ascii: "="), _),
      (UInt8(ascii: "="), UInt8(ascii: "="), _), (UInt8(ascii: "!"), UInt8(ascii: "="), _),
      (UInt8(ascii: "&"), UInt8(ascii: "&"), _), (UInt8(ascii: "|"), UInt8(ascii: "|"), _),
      (UInt8(ascii: "#"), UInt8(ascii: "#"), _), (UInt8(ascii: "-"), UInt8(ascii: ">"), _),
      (UInt8(ascii: "+"), UInt8(ascii: "+"), _), (UInt8(ascii: "-"), UInt8(ascii: "-"), _),
      (UInt8(ascii: "+"), UInt8(ascii: "="), _), (UInt8(ascii: "-"), UInt8(ascii: "="), _),
      (UInt8(ascii: "*"), UInt8(ascii: "="), _), (UInt8(ascii: "/"), UInt8(ascii: "="), _),
      (UInt8(ascii: "%"), UInt8(ascii: "="), _), (UInt8(ascii: "&"), UInt8(ascii: "="), _),
      (UInt8(ascii: "|"), UInt8(ascii: "="), _), (UInt8(ascii: "^"), UInt8(ascii: "="), _):
      length = 2
    default: length = 1
    }
    return make(.punctuator) { $0.position += length }
  }

  private mutating func make(_ kind: Token.Kind, _ advance: (inout Lexer) -> Void) -> Token {
    let start = position
    advance(&self)
    return Token(
      kind, String(decoding: bytes[start..<position], as: UTF8.self), hasSpaceBefore: hasSpace)
  }
}

private func isDigit(_ byte: UInt8) -> Bool {
  byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
}

private func isExponentMark(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "e"), UInt8(ascii: "E"), UInt8(ascii: "p"), UInt8(ascii: "P"): true
  default: false
  }
}

func isIdentifierByte(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "$"), 0x80...0xFF:
    true
  default: false
  }
}
