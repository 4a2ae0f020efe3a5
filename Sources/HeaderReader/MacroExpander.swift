/// Replaces macros in a list of tokens, as C's preprocessor does.
///
/// Refuses (`nil`) what is malformed, and what grows beyond any sensible constant: a header can
/// define twenty macros whose expansion would fill the memory.
///
/// Whoever asks for many macros should remember the ones that were too large, since everything
/// that uses them is as well.
struct MacroExpander {
  private static let stepLimit = 10_000
  private static let depthLimit = 32

  private enum Item {
    case token(Token)
    /// From here on the macro's name may be replaced again.
    case end(String)
  }

  private let definition: (String) -> MacroDefinition?
  private var steps = 0
  private var isTooLarge = false

  init(_ definition: @escaping (String) -> MacroDefinition?) { self.definition = definition }

  /// The tokens after all replacements.
  static func expand(
    _ tokens: [Token], _ definition: @escaping (String) -> MacroDefinition?
  ) -> [Token]? {
    var isTooLarge = false
    return expand(tokens, isTooLarge: &isTooLarge, definition)
  }

  /// As above; says whether size was the reason for giving up.
  static func expand(
    _ tokens: [Token], isTooLarge: inout Bool,
    _ definition: @escaping (String) -> MacroDefinition?
  ) -> [Token]? {
    var expander = MacroExpander(definition)
    let expanded = expander.expand(tokens, active: [], depth: 0)
    isTooLarge = expander.isTooLarge
    return expanded
  }

  private mutating func step() -> Bool {
    steps += 1
    if steps >= Self.stepLimit { isTooLarge = true }
    return !isTooLarge
  }

  private mutating func expand(_ tokens: [Token], active: Set<String>, depth: Int) -> [Token]? {
    guard depth < Self.depthLimit else { return nil }
    var active = active
    var output: [Token] = []
    // The next item is the last one.
    var input: [Item] = tokens.reversed().map { .token($0) }
    while let item = input.popLast() {
      guard step() else { return nil }
      guard case .token(var token) = item else {
        if case .end(let name) = item { active.remove(name) }
        continue
      }
      guard token.kind == .identifier, !token.isPainted, let macro = definition(token.text) else {
        output.append(token)
        continue
      }
      guard !active.contains(token.text) else {
        token.isPainted = true
        output.append(token)
        continue
      }
      var arguments: [[Token]] = []
      if macro.parameters != nil {
        guard isCall(input) else {
          output.append(token)
          continue
        }
        guard let found = takeArguments(&input, &active) else { return nil }
        arguments = found
      }
      guard let tokens = macro.tokens else {
        isTooLarge = true
        return nil
      }
      guard
        let body = substitute(macro, tokens, arguments, active: active, depth: depth)
      else { return nil }
      active.insert(macro.name)
      input.append(.end(macro.name))
      input.append(contentsOf: body.reversed().map { .token($0) })
    }
    return output
  }

  private func isCall(_ input: [Item]) -> Bool {
    for item in input.reversed() {
      if case .token(let token) = item { return token.text == "(" }
    }
    return false
  }

  /// Takes `( a , b )` off the input; `nil` if the parenthesis is never closed.
  private mutating func takeArguments(
    _ input: inout [Item], _ active: inout Set<String>
  ) -> [[Token]]? {
    var arguments: [[Token]] = [[]]
    var depth = 0
    while let item = input.popLast() {
      guard step() else { return nil }
      switch item {
      case .end(let name): active.remove(name)
      case .token(let token):
        if token.text == "(" { depth += 1 }
        if token.text == ")" { depth -= 1 }
        if depth == 0 { return arguments }
        if depth == 1, token.text == "(", arguments == [[]] { continue }
        if depth == 1, token.text == "," {
          arguments.append([])
        } else {
          arguments[arguments.count - 1].append(token)
        }
      }
    }
    return nil
  }

  /// The macro's body with the arguments in the parameters' places.
  private mutating func substitute(
    _ macro: MacroDefinition, _ tokens: [Token], _ arguments: [[Token]], active: Set<String>,
    depth: Int
  ) -> [Token]? {
    guard let parameters = macro.parameters else {
      return paste(tokens.map { .init($0) })
    }
    guard let values = bind(parameters, arguments) else { return nil }
    var pieces: [Piece] = []
    var index = 0
    while index < tokens.count {
      let token = tokens[index]
      if token.text == "#", index + 1 < tokens.count,
        let value = values[tokens[index + 1].text]
      {
        pieces.append(Piece(Self.stringize(value)))
        index += 2
        continue
      }
      if token.kind == .identifier, let value = values[token.text] {
        let isPasted =
          (index > 0 && tokens[index - 1].text == "##")
          || (index + 1 < tokens.count && tokens[index + 1].text == "##")
        if isPasted {
          // An empty argument still is an operand of `##`.
          if value.isEmpty { pieces.append(Piece(nil)) }
          pieces.append(contentsOf: value.map { Piece($0) })
        } else {
          guard let expanded = expand(value, active: active, depth: depth + 1) else { return nil }
          pieces.append(contentsOf: expanded.map { Piece($0) })
        }
      } else {
        pieces.append(Piece(token))
      }
      index += 1
    }
    return paste(pieces)
  }

  private func bind(_ parameters: [String], _ arguments: [[Token]]) -> [String: [Token]]? {
    var arguments = arguments
    var names = parameters
    if parameters.isEmpty { return arguments == [[]] ? [:] : nil }
    if let last = parameters.last, last.hasSuffix("...") {
      names[names.count - 1] = last == "..." ? "__VA_ARGS__" : String(last.dropLast(3))
      if arguments.count == names.count - 1 { arguments.append([]) }
      guard arguments.count >= names.count else { return nil }
      let rest = arguments[(names.count - 1)...]
        .reduce(into: [Token]()) { list, argument in
          if !list.isEmpty { list.append(Token(.punctuator, ",")) }
          list += argument
        }
      arguments = arguments[..<(names.count - 1)] + [rest]
    }
    guard arguments.count == names.count else { return nil }
    return Dictionary(zip(names, arguments)) { first, _ in first }
  }

  // MARK: # and ##

  private struct Piece {
    var token: Token?
    init(_ token: Token?) { self.token = token }
  }

  private static func stringize(_ tokens: [Token]) -> Token {
    var text = ""
    for token in tokens {
      if token.hasSpaceBefore, !text.isEmpty { text += " " }
      if token.kind == .string || token.kind == .character {
        for character in token.text.unicodeScalars {
          if character == "\"" || character == "\\" { text += "\\" }
          text.unicodeScalars.append(character)
        }
      } else {
        text += token.text
      }
    }
    return Token(.string, "\"\(text)\"", hasSpaceBefore: true)
  }

  /// Joins what stands on both sides of each `##`; `nil` if that makes no single token.
  private func paste(_ pieces: [Piece]) -> [Token]? {
    var output: [Piece] = []
    var index = 0
    while index < pieces.count {
      guard pieces[index].token?.text == "##", !output.isEmpty, index + 1 < pieces.count else {
        output.append(pieces[index])
        index += 1
        continue
      }
      let left = output.removeLast().token
      let right = pieces[index + 1].token
      if let left, let right {
        let joined = Lexer.tokens(of: left.text + right.text)
        guard joined.count == 1 else { return nil }
        output.append(Piece(joined[0]))
      } else {
        output.append(Piece(left ?? right))
      }
      index += 2
    }
    return output.compactMap(\.token)
  }
}
