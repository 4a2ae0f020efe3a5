import BindingPlan
package import HeaderModel

/// The value for the template that proves a model against the vendor's own header.
package enum LayoutCheck {
  package static func value(_ header: Header, headerFile: String) -> TemplateValue {
    var kind = TemplateKind()
    return kind.object([
      "vendor": .text(header.vendor),
      "release": .text(header.identifier),
      "header": .text(headerFile),
      "records": records(header),
      "enumerators": enumerators(header),
      "macros": macros(header),
      "functions": functions(header),
    ])
  }

  private static func records(_ header: Header) -> TemplateValue {
    var kind = TemplateKind()
    var offsetKind = TemplateKind()
    let records = Dictionary(header.records.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
    return .list(
      header.records.compactMap { record in
        guard let layout = record.layout, !record.isExternal, !record.name.contains(":") else {
          return nil
        }
        return kind.object([
          "spelling": .text(record.hasTag ? "\(record.kind.rawValue) \(record.name)" : record.name),
          "size": .number(layout.size), "alignment": .number(layout.alignment),
          "offsets": .list(
            offsets(layout, records, "", 0).map {
              offsetKind.object(["member": .text($0.0), "bytes": .number($0.1)])
            }),
        ])
      })
  }

  /// The members by path, those of unnamed records inside included.
  private static func offsets(
    _ layout: Record.Layout, _ records: [String: Record], _ path: String, _ base: Int
  ) -> [(String, Int)] {
    layout.fields.flatMap { field -> [(String, Int)] in
      guard field.bitWidth == nil else { return [] }
      let offset = base + field.bitOffset / 8
      let name = field.name.map { path.isEmpty ? $0 : "\(path).\($0)" }
      var found = name.map { [($0, offset)] } ?? []
      if case .record(_, let inner) = field.type.unqualified, inner.contains(":"),
        let layout = records[inner]?.layout
      {
        found += offsets(layout, records, name ?? path, offset)
      }
      return found
    }
  }

  private static func enumerators(_ header: Header) -> TemplateValue {
    var kind = TemplateKind()
    return .list(
      header.enumerations.filter { !$0.isExternal }.flatMap(\.enumerators).map {
        kind.object(["name": .text($0.name), "value": .text(literal($0.value))])
      })
  }

  private static func macros(_ header: Header) -> TemplateValue {
    var kind = TemplateKind()
    return .list(
      header.macros.compactMap { macro in
        guard macro.parameters == nil, case .integer(let value, .scalar)? = macro.value else {
          return nil
        }
        return kind.object(["name": .text(macro.name), "value": .text(literal(value))])
      })
  }

  /// C has no literal for the smallest integers.
  private static func literal(_ value: Int128) -> String {
    if value == Int128(Int64.min) { return "(-9223372036854775807LL - 1)" }
    return value > Int128(Int64.max) ? "\(value)ULL" : "\(value)LL"
  }

  private static func functions(_ header: Header) -> TemplateValue {
    var kind = TemplateKind()
    return .list(
      header.functions.compactMap { function in
        guard function.hasPrototype else { return nil }
        let type = CType.function(
          result: function.result, parameters: function.parameters.map(\.type),
          isVariadic: function.isVariadic)
        return kind.object([
          "name": .text(function.name), "type": .text(CDeclaration.text(type)),
        ])
      })
  }
}
