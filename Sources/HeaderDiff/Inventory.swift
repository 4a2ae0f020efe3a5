package import HeaderModel

/// Every name that a header declares, as diffs call it.
package enum Inventory {
  package struct Name: Hashable, Sendable {
    package var kind: Change.Kind
    package var symbol: String
  }

  package static func names(_ header: Header) -> Set<Name> {
    let table = TypeTable(header)
    var names: Set<Name> = []
    func add(_ kind: Change.Kind, _ symbols: some Sequence<String>) {
      for symbol in symbols { names.insert(Name(kind: kind, symbol: symbol)) }
    }
    add(.function, header.functions.lazy.map(\.name))
    add(.macro, header.macros.lazy.map(\.name))
    add(.variable, header.variables.lazy.map(\.name))
    for (name, enumeration) in Comparison.named(enumerations: table) {
      // A nameless one only lends its names a home.
      if !enumeration.isNameless { add(.enumeration, [name]) }
      add(.enumerator, enumeration.enumerators.lazy.map(\.name))
    }
    for (name, record) in Comparison.named(records: table) {
      guard let layout = record.layout else { continue }
      add(.record, [name])
      add(.field, layout.fields.lazy.compactMap(\.name).map { "\(name).\($0)" })
    }
    add(.typedef, header.typedefs.lazy.filter { !$0.isExternal && !$0.namesType }.map(\.name))
    return names
  }

  /// The kind of each name, as the header's conditions call it: a field is `Tag.field`.
  static func kinds(_ table: TypeTable) -> [String: Change.Kind] {
    let header = table.header
    var kinds: [String: Change.Kind] = [:]
    for function in header.functions { kinds[function.name] = .function }
    for variable in header.variables { kinds[variable.name] = .variable }
    for macro in header.macros { kinds[macro.name] = .macro }
    for typedef in header.typedefs { kinds[typedef.name] = .typedef }
    for enumeration in header.enumerations {
      kinds[enumeration.name] = .enumeration
      for enumerator in enumeration.enumerators { kinds[enumerator.name] = .enumerator }
    }
    for record in header.records {
      kinds[record.name] = .record
      for field in record.layout?.fields ?? [] {
        if let name = field.name { kinds["\(record.name).\(name)"] = .field }
      }
    }
    return kinds
  }
}

extension Enumeration {
  /// Neither a tag nor a typedef.
  var isNameless: Bool { !hasTag && name.hasPrefix("enum@") }
}
