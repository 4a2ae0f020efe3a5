import BindingPlan
import HeaderModel

/// The value for the template that proves a model against the vendor's own header.
enum LayoutCheck {
  static func value(
    _ header: Header, headerFile: String, in values: inout TemplateContext
  ) -> TemplateValue {
    var kind = TemplateKind()
    let spelling = TypeSpelling(header)
    return values.object(
      &kind,
      [
        "vendor": values.text(header.vendor),
        "release": values.text(header.identifier),
        "header": values.text(headerFile),
        "records": records(header, spelling, &values),
        "enumerations": enumerations(header, &values),
        "typedefs": typedefs(header, spelling, &values),
        "macros": macros(header, &values),
        "functions": functions(header, spelling, &values),
      ])
  }

  private static func records(
    _ header: Header, _ spelling: TypeSpelling, _ values: inout TemplateContext
  ) -> TemplateValue {
    var kind = TemplateKind()
    var memberKind = TemplateKind()
    let records = Dictionary(header.records.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
    return values.list(
      header.records.compactMap { record in
        guard let layout = record.layout, !record.isExternal, !record.name.contains(":") else {
          return nil
        }
        return values.object(
          &kind,
          [
            "spelling": values.text(
              record.hasTag ? "\(record.kind.rawValue) \(record.name)" : record.name),
            "size": values.number(layout.size), "alignment": values.number(layout.alignment),
            "members": values.list(
              members(layout, records, "", 0).map {
                values.object(
                  &memberKind,
                  [
                    "path": values.text($0.path), "bytes": values.number($0.offset),
                    "type": values.text(spelling.text($0.type)),
                  ])
              }),
          ])
      })
  }

  /// The members by path, those of unnamed records inside included.
  private static func members(
    _ layout: Record.Layout, _ records: [String: Record], _ path: String, _ base: Int
  ) -> [(path: String, offset: Int, type: CType)] {
    layout.fields.flatMap { field -> [(path: String, offset: Int, type: CType)] in
      guard field.bitWidth == nil else { return [] }
      let offset = base + field.bitOffset / 8
      let name = field.name.map { path.isEmpty ? $0 : "\(path).\($0)" }
      var found = name.map { [($0, offset, field.type)] } ?? []
      if case .record(_, let inner) = field.type.unqualified, inner.contains(":"),
        let layout = records[inner]?.layout
      {
        found += members(layout, records, name ?? path, offset)
      }
      return found
    }
  }

  private static func enumerations(
    _ header: Header, _ values: inout TemplateContext
  ) -> TemplateValue {
    var kind = TemplateKind()
    var enumeratorKind = TemplateKind()
    return values.list(
      header.enumerations.filter { !$0.isExternal }.map { enumeration in
        let name = enumeration.hasTag ? "enum \(enumeration.name)" : enumeration.name
        return values.object(
          &kind,
          [
            // One without any name is known by its first enumerator.
            "spelling": values.text(name.contains("@") ? nil : name),
            "type": values.text(CDeclaration.text(enumeration.underlying)),
            "enumerators": values.list(
              enumeration.enumerators.map {
                values.object(
                  &enumeratorKind,
                  ["name": values.text($0.name), "value": values.text(literal($0.value))])
              }),
          ])
      })
  }

  private static func typedefs(
    _ header: Header, _ spelling: TypeSpelling, _ values: inout TemplateContext
  ) -> TemplateValue {
    var kind = TemplateKind()
    return values.list(
      header.typedefs.compactMap { typedef in
        spelling.text(typedef.type).map {
          values.object(&kind, ["name": values.text(typedef.name), "type": values.text($0)])
        }
      })
  }

  private static func macros(
    _ header: Header, _ values: inout TemplateContext
  ) -> TemplateValue {
    var kind = TemplateKind()
    return values.list(
      header.macros.compactMap { macro in
        guard macro.parameters == nil, case .integer(let value, .scalar)? = macro.value else {
          return nil
        }
        return values.object(
          &kind, ["name": values.text(macro.name), "value": values.text(literal(value))])
      })
  }

  /// C has no literal for the smallest integers.
  private static func literal(_ value: Int128) -> String {
    if value == Int128(Int64.min) { return "(-9223372036854775807LL - 1)" }
    return value > Int128(Int64.max) ? "\(value)ULL" : "\(value)LL"
  }

  /// A function without a prototype is compatible with one that takes nothing.
  private static func functions(
    _ header: Header, _ spelling: TypeSpelling, _ values: inout TemplateContext
  ) -> TemplateValue {
    var kind = TemplateKind()
    return values.list(
      header.functions.compactMap { function in
        let type = CType.function(
          result: function.result, parameters: function.parameters.map(\.type),
          isVariadic: function.isVariadic)
        return spelling.text(type).map {
          values.object(&kind, ["name": values.text(function.name), "type": values.text($0)])
        }
      })
  }
}

/// Types as C spells them, where it can: what has neither tag nor name has no spelling.
private struct TypeSpelling {
  private let tagless: Set<String>

  init(_ header: Header) {
    tagless = Set(header.records.lazy.filter { !$0.hasTag }.map(\.name))
      .union(header.enumerations.lazy.filter { !$0.hasTag }.map(\.name))
  }

  func text(_ type: CType) -> String? { hasSpelling(type) ? CDeclaration.text(type) : nil }

  private func hasSpelling(_ type: CType) -> Bool {
    switch type {
    case .void, .scalar, .typedef: true
    case .record(_, let name), .enumeration(let name): !tagless.contains(name)
    case .pointer(let target), .array(let target, _), .qualified(let target, _):
      hasSpelling(target)
    case .function(let result, let parameters, _):
      hasSpelling(result) && parameters.allSatisfy(hasSpelling)
    case .unsupported: false
    }
  }
}
