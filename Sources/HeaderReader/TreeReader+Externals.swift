internal import CLibclang
internal import HeaderModel

extension TreeReader {
  /// Adds what the header's own declarations need from elsewhere: typedefs at the end of their
  /// chain, enumerations, and the records that are used by value. What is not needed does not
  /// depend on whether a toolkit or a stub was read, so neither does the model.
  func addExternals() {
    var needs = ExternalNeeds()
    for type in types.used { needs.add(type, byValue: true) }
    for macro in header.macros {
      switch macro.value {
      case .integer(_, let type), .floating(_, let type): needs.add(type, byValue: false)
      default: break
      }
    }
    var typedefs: [Typedef] = []
    var records: [Record] = []
    var enumerations: [Enumeration] = []
    var done: Set<String> = []
    while let need = needs.next() {
      switch need {
      case .typedef(let name, let byValue):
        guard let cursor = externalTypedefs[name], !typedefNames.contains(name) else { continue }
        let type = types.lookUp(clang.canonical(clang.underlyingType(ofTypedef: cursor)))
        takeNewTypes()
        if done.insert("typedef \(name)").inserted {
          typedefs.append(Typedef(name: name, type: type, isExternal: true))
        }
        needs.add(type, byValue: byValue)
      case .record(let kind, let name):
        guard let record = externalRecord(kind, name) else { continue }
        for field in record.layout?.fields ?? [] { needs.add(field.type, byValue: true) }
        records.append(record)
      case .enumeration(let name):
        guard let tagged = externalTagged[.enumeration(name)] else { continue }
        enumerations.append(externalEnumeration(tagged))
      }
    }
    header.typedefs += typedefs.sorted { byBytes($0.name, $1.name) }
    header.records += records.sorted { byBytes($0.name, $1.name) }
    header.enumerations += enumerations.sorted { byBytes($0.name, $1.name) }
  }

  private func externalRecord(_ kind: Record.Kind, _ name: String) -> Record? {
    guard let tagged = externalTagged[TypeReader.TagKey(kind, name)] else { return nil }
    var record = Record(
      kind: kind, name: name, hasTag: tagged.hasTag, layout: nil, isExternal: true)
    if let definition = clang.definition(tagged.cursor) {
      record.layout = layout(of: definition, tagged, nil)
    }
    return record
  }

  private func externalEnumeration(_ tagged: TypeReader.Tagged) -> Enumeration {
    let cursor = clang.definition(tagged.cursor) ?? tagged.cursor
    let underlying = types.lookUp(clang.canonical(clang.integerType(ofEnumeration: cursor)))
    var isSigned = true
    if case .scalar(let scalar) = underlying { isSigned = scalar.isSigned }
    var enumeration = Enumeration(
      name: tagged.name, hasTag: tagged.hasTag, underlying: underlying, enumerators: [],
      isExternal: true)
    clang.visitChildren(cursor) { child in
      guard Int(child.kind) == CXCursor_EnumConstantDecl else { return }
      enumeration.enumerators.append(
        Enumerator(
          name: clang.spelling(child),
          value: clang.value(ofEnumerator: child, isSigned: isSigned)))
    }
    return enumeration
  }
}

/// The names that types lead to, each once, in the order in which they came up.
private struct ExternalNeeds {
  enum Need: Hashable {
    /// By value, what the typedef stands for has to be complete.
    case typedef(String, byValue: Bool)
    case record(Record.Kind, String)
    case enumeration(String)
  }

  private var seen: Set<Need> = []
  private var queue: [Need] = []
  private var position = 0

  mutating func add(_ type: CType, byValue: Bool) {
    switch type {
    case .void, .scalar, .unsupported: break
    case .pointer(let target): add(target, byValue: false)
    case .array(let element, _): add(element, byValue: byValue)
    case .qualified(let type, _): add(type, byValue: byValue)
    case .function(let result, let parameters, _):
      // A call through the pointer passes values.
      add(result, byValue: true)
      for parameter in parameters { add(parameter, byValue: true) }
    case .record(let kind, let name): if byValue { need(.record(kind, name)) }
    case .enumeration(let name): need(.enumeration(name))
    case .typedef(let name): need(.typedef(name, byValue: byValue))
    }
  }

  private mutating func need(_ need: Need) {
    if seen.insert(need).inserted { queue.append(need) }
  }

  mutating func next() -> Need? {
    guard position < queue.count else { return nil }
    defer { position += 1 }
    return queue[position]
  }
}
