/// The parts of a file that stand under conditions on certain macros.
///
/// Which branch holds is not worked out: what the parser saw in a branch proves that it does.
struct Conditions {
  private var branches: [(range: Range<Int>, text: String)] = []

  var isEmpty: Bool { branches.isEmpty }

  /// `macros`: the names that count.
  init(_ bytes: UnsafeBufferPointer<UInt8>, _ scan: SourceScan, macros: Set<String>) {
    /// An `#if` that is not closed yet.
    struct Open {
      /// That all branches before this one did not hold.
      var refused: [String] = []
      var current: String
      var start: Int
      var isRelevant: Bool
    }
    var open: [Open] = []
    func close(_ frame: Open, _ end: Int, _ branches: inout [(range: Range<Int>, text: String)]) {
      guard frame.isRelevant else { return }
      let parts = frame.refused.map { "!(\($0))" } + [frame.current].filter { !$0.isEmpty }
      branches.append((frame.start..<end, parts.joined(separator: " && ")))
    }
    for directive in scan.conditionals {
      let (text, names) = Self.expression(directive, bytes)
      switch directive.keyword {
      case .if, .ifdef, .ifndef:
        open.append(
          Open(
            current: text, start: directive.offset, isRelevant: !names.isDisjoint(with: macros)))
      case .elif, .else:
        guard var frame = open.popLast() else { continue }
        close(frame, directive.offset, &branches)
        frame.refused.append(frame.current)
        frame.current = text
        frame.start = directive.offset
        frame.isRelevant = frame.isRelevant || !names.isDisjoint(with: macros)
        open.append(frame)
      case .endif:
        guard let frame = open.popLast() else { continue }
        close(frame, directive.offset, &branches)
      }
    }
  }

  /// The condition that what stands at `offset` is under; `nil` for none.
  func text(at offset: Int) -> String? {
    let texts = branches.filter { $0.range.contains(offset) }
      .sorted { $0.range.lowerBound < $1.range.lowerBound }.map(\.text)
    return texts.isEmpty ? nil : texts.joined(separator: " && ")
  }

  /// A directive's condition as an expression, and the names in it.
  private static func expression(
    _ directive: SourceScan.Conditional, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> (text: String, names: Set<String>) {
    var lexer = Lexer(bytes, from: directive.expression)
    var tokens: [Token] = []
    while let token = lexer.nextOnLine() { tokens.append(token) }
    let names = Set(tokens.filter { $0.kind == .identifier }.map(\.text))
    switch directive.keyword {
    case .ifdef: return ("defined(\(tokens.first?.text ?? ""))", names)
    case .ifndef: return ("!defined(\(tokens.first?.text ?? ""))", names)
    case .if, .elif: return (joined(tokens), names)
    case .else, .endif: return ("", [])
    }
  }

  /// With a space around what is not a parenthesis or a sign.
  private static func joined(_ tokens: [Token]) -> String {
    var text = ""
    for (index, token) in tokens.enumerated() {
      let previous = index > 0 ? tokens[index - 1].text : "("
      let isTight =
        previous == "(" || previous == "!" || token.text == ")"
        || token.text == "(" && previous == "defined"
      text += (isTight ? "" : " ") + token.text
    }
    return text
  }
}
