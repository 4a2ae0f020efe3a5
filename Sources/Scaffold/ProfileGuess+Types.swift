import HeaderModel

extension ProfileGuess {
  /// Handles that look like plain pointers. Pointers to hidden structs need no line.
  mutating func guessHandles(_ header: Header, _ table: TypeTable) {
    let used = usedTypedefs(header, table)
    handles = header.typedefs.filter {
      used.contains($0.name) && $0.type.unqualified == .pointer(.void)
    }.map(\.name)
    if !handles.isEmpty {
      found("handles", handles.joined(separator: ", "), "typedefs of void * that functions take")
    }
    let plain = header.typedefs.filter { used.contains($0.name) && table.isOpaqueHandle($0) }
    if !plain.isEmpty {
      found(
        "handles without a line", plain.map(\.name).joined(separator: ", "),
        "pointers to hidden structs are handles by themselves")
    }
  }

  /// The typedefs that functions take, or take pointers to.
  private func usedTypedefs(_ header: Header, _ table: TypeTable) -> Set<String> {
    var used: Set<String> = []
    for function in own(header) {
      for type in function.parameters.map(\.type) + [function.result] {
        var type = type.unqualified
        if case .pointer(let target) = type { type = target.unqualified }
        if case .array(let element, _) = type { type = element.unqualified }
        if case .typedef(let name) = type { used.insert(name) }
      }
    }
    return used
  }

  /// Records that are nothing but bytes, such as a unique ID.
  mutating func guessByteRecords(_ header: Header, _ table: TypeTable) {
    let used = usedRecords(header, table)
    for record in header.records where !record.isExternal {
      guard let layout = record.layout, let size = Self.byteCount(record, layout, table),
        let name = table.name(of: .record(record.kind, record.name)), used.contains(name)
      else { continue }
      byteRecords.append(name)
      found("bytes to hand around", name, size)
    }
  }

  /// Why a record is nothing but bytes; `nil` if it is not.
  private static func byteCount(
    _ record: Record, _ layout: Record.Layout, _ table: TypeTable
  ) -> String? {
    let types = layout.fields.map(\.type)
    guard layout.fields.allSatisfy({ $0.bitWidth == nil }),
      types.contains(where: { isBytes($0, table) })
    else { return nil }
    if types.count == 1, case .array = table.resolve(types[0]) {
      return "its only field is an array of \(layout.size) bytes"
    }
    // An ID may have parts, or say how many of its bytes count.
    let words = NameWords(table.name(of: .record(record.kind, record.name)) ?? record.name).words
    let isID =
      words.contains("id") || words.contains("uuid")
      || zip(words, words.dropFirst()).contains { $0 == ("root", "info") }
    let isPlain = types.allSatisfy { type in
      if case .scalar = table.resolve(type) { true } else { isBytes(type, table) }
    }
    return isID && isPlain ? "\(layout.size) bytes and numbers, and called an ID" : nil
  }

  /// An array of bytes, or a record without a name of its own that has nothing else.
  private static func isBytes(_ type: CType, _ table: TypeTable, depth: Int = 0) -> Bool {
    switch table.resolve(type) {
    case .array(let element, .some):
      guard case .scalar(let scalar) = table.resolve(element) else { return false }
      return scalar.size == 1
    case .record(_, let name) where name.contains(":") && depth < 8:
      let fields = table.record(type)?.layout?.fields ?? []
      return !fields.isEmpty && fields.allSatisfy { isBytes($0.type, table, depth: depth + 1) }
    default: return false
    }
  }

  /// The records that functions take, or take pointers to, by what people call them.
  private func usedRecords(_ header: Header, _ table: TypeTable) -> Set<String> {
    var used: Set<String> = []
    for type in own(header).flatMap({ $0.parameters.map(\.type) + [$0.result] }) {
      var type = type
      while case .pointer(let target) = table.resolve(type) { type = target }
      if case .record = table.resolve(type), let name = table.name(of: type) { used.insert(name) }
    }
    return used
  }

  /// Records that carry their own size or version, and their initialisers.
  mutating func guessVersionedStructures(_ header: Header, _ table: TypeTable) {
    for record in header.records where !record.isExternal {
      guard let layout = record.layout,
        let type = table.name(of: .record(record.kind, record.name))
      else { continue }
      let names = layout.fields.compactMap(\.name)
      let sizes: Set<String> = ["size", "structSize", "struct_size", "cbSize"]
      guard let size = names.first(where: sizes.contains),
        let version = names.first(where: { $0 == "version" || $0 == "structVersion" })
      else { continue }
      let macros = header.macros.filter { macro in
        let tokens = macro.body.split(separator: " ")
        return macro.parameters == nil && tokens.first == "{"
          && (tokens.contains { $0 == type } || tokens.contains { $0 == record.name })
      }
      guard let initializer = macros.first else {
        found(
          "versioned structure", nil,
          "\(type) has a size and a version, and no macro that initialises it was found: it is "
            + "bound as a plain record of this release")
        continue
      }
      versionedStructures.append(
        VersionedStructure(
          type: type, initializer: initializer.name, size: size,
          magic: names.first { $0 == "magic" }, version: version))
      found("versioned structure", type, "it has a size and a version; \(initializer.name)")
    }
    if !versionedStructures.isEmpty, versionMacro == nil {
      found(
        "version macro", nil,
        "versioned structures are stamped with one; write it under library: versionMacro:")
    }
  }
}
