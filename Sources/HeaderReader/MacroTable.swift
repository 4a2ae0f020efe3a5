internal import CLibclang

/// A macro's definition, cut into tokens.
struct MacroDefinition: Equatable {
  var name: String
  /// `nil` for a macro that is not function-like. A variable list is the last one, `...`, or in GNU
  /// C `name...`.
  var parameters: [String]?
  var tokens: [Token]

  init(name: String, parameters: [String]? = nil, tokens: [Token]) {
    self.name = name
    self.parameters = parameters
    self.tokens = tokens
  }

  /// Reads a definition from its name to the end of its line.
  init?(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int) {
    var lexer = Lexer(bytes, from: offset)
    guard let name = lexer.nextOnLine(), name.kind == .identifier else { return nil }
    var parameters: [String]?
    if lexer.isAtParenthesis {
      var names: [String] = []
      var isAfterComma = true
      _ = lexer.nextOnLine()
      while let token = lexer.nextOnLine(), token.text != ")" {
        if token.text == "...", let last = names.last, !isAfterComma {
          // GNU C's `args...`
          names[names.count - 1] = last + "..."
        } else if token.text != "," {
          names.append(token.text)
        }
        isAfterComma = token.text == ","
      }
      parameters = names
    }
    var tokens: [Token] = []
    while let token = lexer.nextOnLine() { tokens.append(token) }
    self.init(name: name.text, parameters: parameters, tokens: tokens)
  }

  /// The tokens with one space between them.
  var body: String {
    var text = ""
    for token in tokens {
      if !text.isEmpty { text += " " }
      text += token.text
    }
    return text
  }
}

/// The macros of a translation unit: the header's own in order, the others as libclang's cursors.
struct MacroTable {
  struct Own {
    var definition: MacroDefinition
    var position: SourcePosition
  }

  private(set) var own: [Own] = []
  /// Predefined, or from other files. Only those that something asks for are looked at.
  var others: [CXCursor] = []
  /// Positions in `others`; built when the first of them is asked for.
  var otherIndices: [String: Int]?
  private var lastOwn: [String: Int] = [:]

  mutating func addOwn(_ position: SourcePosition, in file: SourceFile) {
    guard let definition = MacroDefinition(file.bytes, at: position.offset) else { return }
    lastOwn[definition.name] = own.count
    own.append(Own(definition: definition, position: position))
  }

  /// The header's last definition of a macro, even if it is undefined at the end.
  func ownDefinition(named name: String) -> MacroDefinition? {
    lastOwn[name].map { own[$0].definition }
  }

  /// The definitions in force at the end of the header, in order.
  func final(_ files: [SourceFile]) -> [MacroDefinition] {
    var last: [String: Int] = [:]
    for (index, macro) in own.enumerated() { last[macro.definition.name] = index }
    for (file, source) in files.enumerated() {
      for undefinition in source.scan.undefinitions where !source.isSkipped(undefinition.offset) {
        guard let index = last[undefinition.name] else { continue }
        if index < firstIndex(after: undefinition.offset, in: file) {
          last[undefinition.name] = nil
        }
      }
    }
    return own.indices.compactMap { index in
      let macro = own[index]
      guard last[macro.definition.name] == index else { return nil }
      let isGuard =
        macro.definition.tokens.isEmpty && macro.definition.parameters == nil
        && files[macro.position.file].scan.guardName == macro.definition.name
      return isGuard ? nil : macro.definition
    }
  }

  /// The index of the first definition that the preprocessor saw after a place.
  ///
  /// A file's definitions come in the order of its text, with those of the files that it includes
  /// in between. Files are numbered as they come up, so an included one has the higher number.
  private func firstIndex(after offset: Int, in file: Int) -> Int {
    var index = 0
    for (candidate, macro) in own.enumerated() where macro.position.file == file {
      if macro.position.offset > offset { return candidate }
      index = candidate + 1
    }
    while index < own.count, own[index].position.file > file { index += 1 }
    return index
  }
}
