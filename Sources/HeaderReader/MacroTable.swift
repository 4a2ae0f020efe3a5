internal import CLibclang

/// A macro's definition, cut into tokens.
struct MacroDefinition: Equatable {
  var name: String
  /// `nil` for a macro that is not function-like. A variable list is the last one, `...`, or in GNU
  /// C `name...`.
  var parameters: [String]?
  /// The tokens with one space between them.
  private(set) var body = ""
  /// `nil` for a body that is too long to be anything to expand or evaluate.
  private(set) var tokens: [Token]? = []

  private static let tokenLimit = 4096

  init(name: String, parameters: [String]? = nil, tokens: [Token]) {
    self.name = name
    self.parameters = parameters
    for token in tokens { append(token) }
  }

  /// Has everything that uses the macro give up on it.
  mutating func dropTokens() { tokens = nil }

  private mutating func append(_ token: Token) {
    if !body.isEmpty { body += " " }
    body += token.text
    guard let count = tokens?.count else { return }
    if count < Self.tokenLimit { tokens?.append(token) } else { tokens = nil }
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
    self.init(name: name.text, parameters: parameters, tokens: [])
    while let token = lexer.nextOnLine() { append(token) }
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

  func position(of name: String) -> SourcePosition? { lastOwn[name].map { own[$0].position } }

  /// The definitions in force at the end of the header, in order.
  func final(_ files: [SourceFile]) -> [MacroDefinition] {
    var last: [String: Int] = [:]
    for (index, macro) in own.enumerated() { last[macro.definition.name] = index }
    for (file, source) in files.enumerated() where !source.scan.undefinitions.isEmpty {
      undefine(source, file, &last)
    }
    return own.indices.compactMap { index in
      let macro = own[index]
      guard last[macro.definition.name] == index else { return nil }
      let isGuard =
        macro.definition.body.isEmpty && macro.definition.parameters == nil
        && files[macro.position.file].scan.guardName == macro.definition.name
      return isGuard ? nil : macro.definition
    }
  }

  /// Takes out what a file undefines after its last definition.
  ///
  /// A file's definitions come in the order of its text, with those of the files that it includes
  /// in between. Files are numbered as they come up, so an included one has the higher number.
  private func undefine(_ source: SourceFile, _ file: Int, _ last: inout [String: Int]) {
    let indices = own.indices.filter { own[$0].position.file == file }
    var end = (indices.last ?? -1) + 1
    while end < own.count, own[end].position.file > file { end += 1 }
    var next = 0
    for undefinition in source.scan.undefinitions where !source.isSkipped(undefinition.offset) {
      while next < indices.count, own[indices[next]].position.offset < undefinition.offset {
        next += 1
      }
      let limit = next < indices.count ? indices[next] : end
      if let index = last[undefinition.name], index < limit { last[undefinition.name] = nil }
    }
  }
}
