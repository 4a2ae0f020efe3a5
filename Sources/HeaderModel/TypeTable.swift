/// Looks types up in one release's model. A class, because it is handed around for every type.
package final class TypeTable: Sendable {
  package let header: Header
  private let typedefs: [String: Typedef]
  /// By a typedef's name what its chain ends with, without qualifiers.
  private let ends: [String: CType]
  private let records: [String: Record]
  /// Complete records by what people call them.
  private let called: [String: Record]
  private let enumerations: [String: Enumeration]
  /// The typedef that names a record or an enumeration directly, which is what people call it by.
  private let typedefNames: [CType: String]

  package init(_ header: Header) {
    self.header = header
    let typedefs = Dictionary(header.typedefs.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
    self.typedefs = typedefs
    ends = typedefs.mapValues { typedef in
      var type = typedef.type.unqualified
      // A typedef chain cannot be a cycle in C; the bound is against hand-made models.
      for _ in 0..<63 {
        guard case .typedef(let name) = type, let next = typedefs[name] else { break }
        type = next.type.unqualified
      }
      return type
    }
    records = Dictionary(header.records.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
    enumerations = Dictionary(header.enumerations.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
    typedefNames = Dictionary(
      header.typedefs.compactMap {
        switch $0.type {
        case .record, .enumeration: ($0.type, $0.name)
        default: nil
        }
      }, uniquingKeysWith: { first, _ in first })
    let names = typedefNames
    called = Dictionary(
      header.records.filter { $0.layout != nil }.map { record in
        (names[.record(record.kind, record.name)] ?? record.name, record)
      }, uniquingKeysWith: { first, _ in first })
  }

  /// The complete record that people call by a name: its typedef's or its tag.
  package func record(called name: String) -> Record? { called[name] }

  /// The type with typedefs and its own outer qualifiers taken away.
  package func resolve(_ type: CType) -> CType {
    switch type {
    case .typedef(let name): ends[name] ?? type
    case .qualified(let type, _): resolve(type)
    default: type
    }
  }

  /// Whether the pointee may not be written through, seen through typedefs; an array's `const` is
  /// that of its elements.
  package func isConst(_ type: CType) -> Bool {
    var type = type
    for _ in 0..<64 {
      if type.isConst { return true }
      if case .array(let element, _) = type.unqualified {
        type = element
        continue
      }
      guard case .typedef(let name) = type.unqualified, let typedef = typedefs[name] else {
        return false
      }
      type = typedef.type
    }
    return false
  }

  package func record(_ type: CType) -> Record? {
    guard case .record(_, let name) = resolve(type) else { return nil }
    return records[name]
  }

  package func enumeration(_ type: CType) -> Enumeration? {
    guard case .enumeration(let name) = resolve(type) else { return nil }
    return enumerations[name]
  }

  package func typedef(named name: String) -> Typedef? { typedefs[name] }

  /// What people call a record or an enumeration: its typedef if it has one, else its tag.
  package func name(of type: CType) -> String? {
    let resolved = resolve(type)
    if let name = typedefNames[resolved] { return name }
    switch resolved {
    case .record(_, let name), .enumeration(let name): return name
    default: return nil
    }
  }

  /// A typedef of a pointer to a record that no one outside the library can see into.
  package func isOpaqueHandle(_ typedef: Typedef) -> Bool {
    guard case .pointer(let target) = typedef.type.unqualified else { return false }
    guard case .record(_, let name) = resolve(target) else { return false }
    return records[name]?.layout == nil
  }
}

extension TypeTable {
  /// What the calling convention sees of a type; equal keys can be called through each other's
  /// function pointers. `nil` for types that cannot be bound.
  package func abiKey(_ type: CType) -> String? {
    switch resolve(type) {
    case .void: return "void"
    case .scalar(let scalar):
      if scalar.isFloating { return "f\(scalar.size)" }
      // The caller extends narrow integers by their sign; wider ones carry no sign in the ABI.
      return scalar.size < 4 ? "\(scalar.isSigned ? "s" : "u")\(scalar.size)" : "i\(scalar.size)"
    case .pointer, .array, .function: return "p"
    case .enumeration: return enumeration(type).flatMap { abiKey($0.underlying) }
    case .record: return record(type).flatMap(layoutKey)
    case .typedef, .qualified, .unsupported: return nil
    }
  }

  /// What passing a record by value, or reading its fields, depends on: size, alignment, and where
  /// which kind of value stands. Names do not count.
  package func layoutKey(_ record: Record) -> String? {
    guard let layout = record.layout else { return nil }
    var key = "{\(layout.size),\(layout.alignment)"
    for field in layout.fields {
      guard let type = fieldKey(field.type) else { return nil }
      key += ";\(field.bitOffset):\(type)"
      if let width = field.bitWidth { key += "/\(width)" }
    }
    return key + "}"
  }

  private func fieldKey(_ type: CType) -> String? {
    if case .array(let element, let count) = resolve(type) {
      return fieldKey(element).map { "\($0)x\(count ?? 0)" }
    }
    return abiKey(type)
  }

  package func abiKey(_ function: Function) -> String? {
    guard let result = abiKey(function.result) else { return nil }
    var key = result
    for parameter in function.parameters {
      guard let type = abiKey(parameter.type) else { return nil }
      key += ",\(type)"
    }
    return key
  }
}

extension TypeTable {
  /// In bytes; `nil` where the header does not tell.
  package func size(of type: CType) -> Int? {
    switch resolve(type) {
    case .scalar(let scalar): scalar.size
    case .pointer: 8
    case .enumeration: enumeration(type).flatMap { size(of: $0.underlying) }
    case .record: record(type)?.layout?.size
    case .array(let element, let count):
      count.flatMap { count in size(of: element).map { $0 * count } }
    case .void, .function, .typedef, .qualified, .unsupported: nil
    }
  }
}
