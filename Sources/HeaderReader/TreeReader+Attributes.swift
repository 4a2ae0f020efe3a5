internal import CLibclang
internal import HeaderModel

extension TreeReader {
  /// The attributes of a declaration as written, such as `deprecated("use g")`.
  ///
  /// libclang says where each attribute stands, the text is read from there. Where that is a use of
  /// a macro, the macro's expansion is read instead.
  func attributes(of cursor: CXCursor, _ position: SourcePosition) -> [String] {
    var found: [(offset: Int, file: Int, text: String)] = []
    var places: Set<[Int]> = []
    clang.visitChildren(cursor) { child in
      guard Int(child.kind) >= CXCursor_FirstAttr, Int(child.kind) <= CXCursor_LastAttr,
        let place = files.position(of: clang.start(clang.extent(child)))
      else { return }
      if Int(child.kind) == CXCursor_AsmLabelAttr {
        found.append((place.offset, place.file, "asm(\"\(clang.spelling(child))\")"))
      } else if places.insert([place.file, place.offset]).inserted {
        for text in self.attributes(at: place) { found.append((place.offset, place.file, text)) }
      }
    }
    var unique: [String] = []
    for (_, _, text) in found.sorted(by: { ($0.file, $0.offset) < ($1.file, $1.offset) })
    where !unique.contains(text) {
      unique.append(text)
    }
    return unique
  }

  private func attributes(at place: SourcePosition) -> [String] {
    var lexer = Lexer(files.own[place.file].bytes, from: place.offset)
    guard let first = lexer.next() else { return [] }
    guard first.kind == .identifier, let macro = macro(named: first.text) else {
      var tokens = [first]
      if let next = lexer.next(), next.text == "(" { tokens += [next] + Self.rest(of: &lexer) }
      return AttributeText.list(tokens[...])
    }
    var tokens = [first]
    if macro.parameters != nil, let next = lexer.next() { tokens += [next] + Self.rest(of: &lexer) }
    let expanded = MacroExpander.expand(tokens) { [self] in self.macro(named: $0) }
    return expanded.map { AttributeText.find($0) } ?? []
  }

  /// What is left of a parenthesis that has been opened.
  private static func rest(of lexer: inout Lexer) -> [Token] {
    var tokens: [Token] = []
    var depth = 1
    // An attribute is short; what is not closed soon is malformed.
    while depth > 0, tokens.count < 200, let token = lexer.next() {
      if token.text == "(" { depth += 1 }
      if token.text == ")" { depth -= 1 }
      tokens.append(token)
    }
    return tokens
  }

  private func macro(named name: String) -> MacroDefinition? {
    macros.ownDefinition(named: name) ?? otherMacro(named: name)
  }
}

/// Writes attributes in one way, however they were written.
enum AttributeText {
  /// The attributes among the tokens of a macro's expansion, which may hold anything else.
  static func find(_ tokens: [Token]) -> [String] {
    var found: [String] = []
    var isBare = true
    var index = 0
    while index < tokens.count {
      let text = tokens[index].text
      switch text {
      case "__attribute__", "__attribute", "__declspec":
        isBare = false
        if let group = group(tokens, after: index) {
          // `__attribute__` has two pairs of parentheses.
          let inner = group.first?.text == "(" ? group.dropFirst().dropLast() : group
          found += list(inner)
          index = group.endIndex
        }
      case "_Alignas", "_Noreturn":
        isBare = false
        let end = group(tokens, after: index)?.endIndex ?? index
        found += list(tokens[index...min(end, tokens.count - 1)])
        index = end
      case "[" where index + 1 < tokens.count && tokens[index + 1].text == "[":
        isBare = false
        let inner = tokens[(index + 2)...].prefix { $0.text != "]" }
        found += list(inner)
        index = inner.endIndex
      default: break
      }
      index += 1
    }
    // The macro may stand inside of `__attribute__((...))`.
    return isBare ? list(tokens[...]) : found
  }

  /// Reads `a, b(c), __d__`.
  static func list(_ tokens: ArraySlice<Token>) -> [String] {
    var attributes: [String] = []
    var current: [Token] = []
    var depth = 0
    for token in tokens {
      if token.text == "(" { depth += 1 }
      if token.text == ")" { depth -= 1 }
      if depth == 0, token.text == "," {
        attributes.append(write(current))
        current = []
      } else {
        current.append(token)
      }
    }
    attributes.append(write(current))
    return attributes.filter { !$0.isEmpty }
  }

  private static func group(_ tokens: [Token], after index: Int) -> ArraySlice<Token>? {
    guard index + 1 < tokens.count, tokens[index + 1].text == "(" else { return nil }
    var depth = 0
    for position in (index + 1)..<tokens.count {
      if tokens[position].text == "(" { depth += 1 }
      if tokens[position].text == ")" {
        depth -= 1
        if depth == 0 { return tokens[(index + 2)..<position] }
      }
    }
    return nil
  }

  private static func write(_ tokens: [Token]) -> String {
    var text = ""
    var last = "("
    for (index, token) in tokens.enumerated() {
      var word = token.text
      if word == "_Noreturn" { word = "noreturn" }
      // `__deprecated__` is `deprecated` for headers that fear a macro of that name.
      if index == 0, word.hasPrefix("__"), word.hasSuffix("__"), word.utf8.count > 4 {
        word = String(word.dropFirst(2).dropLast(2))
      }
      let isTight = last == "(" || token.text == ")" || token.text == "," || token.text == "("
      if !isTight { text += " " }
      text += word
      last = token.text
    }
    return text
  }
}
