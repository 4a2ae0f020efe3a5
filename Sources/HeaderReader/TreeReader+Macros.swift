internal import CLibclang
internal import HeaderModel

extension TreeReader {
  func addMacros() {
    let definitions = macros.final(files.own)
    let facts = MacroFacts(self, definitions)
    let environment = facts.environment
    header.macros.reserveCapacity(definitions.count)
    for definition in definitions {
      if let position = macros.position(of: definition.name) {
        noteCondition(of: definition.name, at: position)
      }
      var isTooLarge = false
      let value = MacroEvaluator.value(
        of: definition, in: environment, isTooLarge: &isTooLarge)
      if isTooLarge { facts.dropTokens(of: definition.name) }
      switch value {
      case .integer(_, let type), .floating(_, let type): facts.need(type)
      default: break
      }
      header.macros.append(
        Macro(
          name: definition.name, parameters: definition.parameters, body: definition.body,
          value: value))
    }
  }

  /// The definition of a predefined or a system macro, such as `INT_MIN`.
  ///
  /// Macros of other headers are not looked up: a stub would have to define them all for the same
  /// model.
  func otherMacro(named name: String) -> MacroDefinition? {
    if macros.otherIndices == nil {
      var indices: [String: Int] = [:]
      // Later ones replace earlier ones.
      for (index, cursor) in macros.others.enumerated() { indices[clang.spelling(cursor)] = index }
      macros.otherIndices = indices
    }
    guard let index = macros.otherIndices?[name] else { return nil }
    let cursor = macros.others[index]
    let location = clang.location(cursor)
    guard let (file, offset) = clang.place(location) else { return predefinedMacro(cursor) }
    guard clang.isInSystemHeader(location) else { return nil }
    var size = 0
    guard
      let contents = clang.functions.clang_getFileContents.unsafelyUnwrapped(unit, file, &size)
    else { return nil }
    let bytes = UnsafeRawBufferPointer(start: contents, count: size)
    return MacroDefinition(bytes.bindMemory(to: UInt8.self), at: offset)
  }

  /// Predefined macros are in no file, so libclang has to cut them up.
  private func predefinedMacro(_ cursor: CXCursor) -> MacroDefinition? {
    var tokens: UnsafeMutablePointer<CXToken>?
    var count: UInt32 = 0
    let functions = clang.functions
    functions.clang_tokenize.unsafelyUnwrapped(unit, clang.extent(cursor), &tokens, &count)
    defer { functions.clang_disposeTokens.unsafelyUnwrapped(unit, tokens, count) }
    let text = UnsafeBufferPointer(start: tokens, count: Int(count)).map {
      clang.text(functions.clang_getTokenSpelling.unsafelyUnwrapped(unit, $0))
    }
    return MacroDefinition(
      name: clang.spelling(cursor), tokens: text.dropFirst().flatMap(Lexer.tokens))
  }
}

/// What the header's macros may refer to, looked up on demand.
private final class MacroFacts {
  private let reader: TreeReader
  private var macros: [String: MacroDefinition] = [:]
  private var others: [String: MacroDefinition?] = [:]
  private var enumerators: [String: Constant] = [:]
  /// What each enumeration's values are stored as.
  private var enumerations: [String: CType] = [:]
  private var typedefs: [String: CType] = [:]
  private var records: [TypeReader.TagKey: Int] = [:]
  /// By name; built when the first name comes up that no declaration mentions.
  private var otherTypedefs: [String: CXCursor]?

  init(_ reader: TreeReader, _ definitions: [MacroDefinition]) {
    self.reader = reader
    macros.reserveCapacity(definitions.count)
    for definition in definitions { macros[definition.name] = definition }
    for enumeration in reader.header.enumerations {
      enumerations[enumeration.name] = enumeration.underlying
      for enumerator in enumeration.enumerators {
        // An enumerator is an int unless it does not fit one.
        let fits = CType.Scalar.int.range.contains(enumerator.value)
        enumerators[enumerator.name] = Constant(
          .integer(enumerator.value), fits ? .scalar(.int) : enumeration.underlying)
      }
    }
    for typedef in reader.header.typedefs { typedefs[typedef.name] = typedef.type }
    for (index, record) in reader.header.records.enumerated() {
      records[TypeReader.TagKey(record.kind, record.name)] = index
    }
  }

  var environment: MacroEvaluator.Environment {
    MacroEvaluator.Environment(
      macro: { self.macro($0) }, enumerator: { self.enumerators[$0] },
      typedef: { self.typedef($0, depth: 0) }, size: { self.size($0, depth: 0) })
  }

  /// Has the typedef that a value's type names kept in the model.
  func need(_ type: CType) {
    switch type {
    case .typedef(let name):
      if typedefs[name] == nil, let cursor = otherTypedef(name) {
        reader.externalTypedefs[name] = cursor
      }
    case .pointer(let target), .array(let target, _), .qualified(let target, _): need(target)
    case .function(let result, let parameters, _):
      need(result)
      for parameter in parameters { need(parameter) }
    case .void, .scalar, .record, .enumeration, .unsupported: break
    }
  }

  func dropTokens(of name: String) { macros[name]?.dropTokens() }

  private func macro(_ name: String) -> MacroDefinition? {
    if let macro = macros[name] { return macro }
    if let other = others[name] { return other }
    let other = reader.otherMacro(named: name)
    others[name] = .some(other)
    return other
  }

  private func typedef(_ name: String, depth: Int) -> CType? {
    if let type = typedefs[name] {
      guard depth < 64 else { return nil }
      if case .typedef(let next) = type.unqualified { return typedef(next, depth: depth + 1) }
      return type
    }
    guard let cursor = otherTypedef(name) else { return nil }
    let type = reader.types.lookUp(
      reader.clang.canonical(reader.clang.underlyingType(ofTypedef: cursor)))
    reader.takeNewTypes()
    return type
  }

  private func otherTypedef(_ name: String) -> CXCursor? {
    if let known = reader.externalTypedefs[name] { return known }
    if otherTypedefs == nil {
      var cursors: [String: CXCursor] = [:]
      for cursor in reader.otherTypedefs { cursors[reader.clang.spelling(cursor)] = cursor }
      otherTypedefs = cursors
    }
    return otherTypedefs?[name]
  }

  private func size(_ type: CType, depth: Int) -> Int? {
    guard depth < 64 else { return nil }
    switch type {
    case .scalar(let scalar): return scalar.size
    case .pointer: return 8
    case .qualified(let type, _): return size(type, depth: depth + 1)
    case .typedef(let name): return typedef(name, depth: 0).flatMap { size($0, depth: depth + 1) }
    case .array(let element, let count):
      guard let count, let size = size(element, depth: depth + 1) else { return nil }
      let (bytes, isTooLarge) = size.multipliedReportingOverflow(by: count)
      return isTooLarge ? nil : bytes
    case .record(let kind, let name):
      if let index = records[TypeReader.TagKey(kind, name)] {
        return reader.header.records[index].layout?.size
      }
      guard let tagged = reader.externalTagged[TypeReader.TagKey(kind, name)] else { return nil }
      return reader.clang.size(reader.clang.type(tagged.cursor))
    case .enumeration(let name):
      return enumerations[name].flatMap { size($0, depth: depth + 1) }
    case .void, .function, .unsupported: return nil
    }
  }
}
