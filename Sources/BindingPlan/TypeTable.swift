import HeaderModel

/// Looks types up in one release's model. A class, because it is handed around for every type.
final class TypeTable: Sendable {
  let header: Header
  private let typedefs: [String: Typedef]
  private let records: [String: Record]
  /// Complete records by what people call them.
  private let called: [String: Record]
  private let enumerations: [String: Enumeration]
  /// The typedef that names a record or an enumeration directly, which is what people call it by.
  private let typedefNames: [CType: String]

  init(_ header: Header) {
    self.header = header
    typedefs = Dictionary(header.typedefs.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
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
  func record(called name: String) -> Record? { called[name] }

  /// The type with typedefs and its own outer qualifiers taken away.
  func resolve(_ type: CType) -> CType {
    var type = type.unqualified
    // A typedef chain cannot be a cycle in C; the bound is against hand-made models.
    for _ in 0..<64 {
      guard case .typedef(let name) = type, let typedef = typedefs[name] else { return type }
      type = typedef.type.unqualified
    }
    return type
  }

  /// Whether the pointee may not be written through, seen through typedefs; an array's `const` is
  /// that of its elements.
  func isConst(_ type: CType) -> Bool {
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

  func record(_ type: CType) -> Record? {
    guard case .record(_, let name) = resolve(type) else { return nil }
    return records[name]
  }

  func enumeration(_ type: CType) -> Enumeration? {
    guard case .enumeration(let name) = resolve(type) else { return nil }
    return enumerations[name]
  }

  func typedef(named name: String) -> Typedef? { typedefs[name] }

  /// What people call a record or an enumeration: its typedef if it has one, else its tag.
  func name(of type: CType) -> String? {
    let resolved = resolve(type)
    if let name = typedefNames[resolved] { return name }
    switch resolved {
    case .record(_, let name), .enumeration(let name): return name
    default: return nil
    }
  }

  /// A typedef of a pointer to a record that no one outside the library can see into.
  func isOpaqueHandle(_ typedef: Typedef) -> Bool {
    guard case .pointer(let target) = typedef.type.unqualified else { return false }
    guard case .record(_, let name) = resolve(target) else { return false }
    return records[name]?.layout == nil
  }
}

extension TypeTable {
  /// What the calling convention sees of a type; equal keys can be called through each other's
  /// function pointers. `nil` for types that cannot be bound.
  func abiKey(_ type: CType) -> String? {
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
  func layoutKey(_ record: Record) -> String? {
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

  func abiKey(_ function: Function) -> String? {
    guard let result = abiKey(function.result) else { return nil }
    var key = result
    for parameter in function.parameters {
      guard let type = abiKey(parameter.type) else { return nil }
      key += ",\(type)"
    }
    return key
  }

  /// The first part of a type that cannot be bound, in words; `nil` if all of it can.
  func obstacle(_ type: CType) -> String? {
    if isArgumentList(type) { return "a va_list cannot be made in Swift" }
    switch resolve(type) {
    case .void, .scalar: return nil
    // A pointer's bits pass through whatever it points to.
    case .pointer, .array, .function: return nil
    case .enumeration(let name):
      return enumeration(type) == nil ? "enum \(name) is not defined" : nil
    case .record(_, let name):
      guard let layout = record(type)?.layout else {
        return "\(name) is passed by value but not defined"
      }
      if layout.isOverAligned {
        return
          "\(name) is passed by value and aligned to \(layout.alignment) bytes, over Swift's limit"
      }
      for field in layout.fields {
        if field.bitWidth != nil { return "\(name) has bit-fields and is passed by value" }
        if case .array(let element, let count) = resolve(field.type) {
          if count == nil { return "\(name) has a flexible array member and is passed by value" }
          if let obstacle = obstacle(element) { return obstacle }
        } else if let obstacle = obstacle(field.type) {
          return obstacle
        }
      }
      return nil
    case .typedef(let name): return "\(name) is not defined"
    case .unsupported(let spelling): return "the type \(spelling) has no counterpart"
    case .qualified(let type, _): return obstacle(type)
    }
  }
}

extension TypeTable {
  /// What the C library calls the arguments behind `...`; how it is made differs between machines.
  private func isArgumentList(_ type: CType) -> Bool {
    var type = type.unqualified
    for _ in 0..<64 {
      guard case .typedef(let name) = type, let typedef = typedefs[name] else { return false }
      if name.hasSuffix("va_list") && typedef.isExternal { return true }
      type = typedef.type.unqualified
    }
    return false
  }
}

extension Record.Layout {
  /// Swift does not import records that want more.
  var isOverAligned: Bool { alignment > 16 }
}

extension TypeTable {
  /// A pointer to something of known size that is not constant.
  func isWritable(_ type: CType) -> Bool {
    switch resolve(type) {
    case .pointer(let target), .array(let target, _):
      guard !isConst(target) else { return false }
      switch resolve(target) {
      case .scalar, .pointer, .enumeration: return true
      case .record: return record(target)?.layout != nil
      default: return false
      }
    default: return false
    }
  }
}
