/// Whole declarations, for people: as a header would write them, on one line.
extension CDeclaration {
  /// With its attributes, and `static` or `inline` where it has them.
  package static func declaration(_ function: Function) -> String {
    attributes(function.attributes) + (function.isStatic ? "static " : "")
      + (function.isInline ? "inline " : "") + "\(text(function));"
  }

  private static func attributes(_ attributes: [String]) -> String {
    attributes.map { "__attribute__((\($0))) " }.joined()
  }

  package static func declaration(_ typedef: Typedef) -> String {
    "typedef \(text(typedef.type, typedef.name));"
  }

  package static func declaration(_ variable: Variable) -> String {
    attributes(variable.attributes)
      + "\(variable.isStatic ? "static" : "extern") \(text(variable.type, variable.name));"
  }

  package static func declaration(_ macro: Macro) -> String {
    let parameters = macro.parameters.map { "(\($0.joined(separator: ", ")))" } ?? ""
    return "#define \(macro.name)\(parameters)\(macro.body.isEmpty ? "" : " \(macro.body)")"
  }

  /// What can be said of a record in a line: `struct ncclConfig_v22800: 96 bytes, aligned to 8`.
  package static func heading(_ record: Record) -> String {
    let name = "\(record.kind.rawValue) \(record.name)"
    guard let layout = record.layout else { return name }
    return "\(name): \(layout.size) bytes, aligned to \(layout.alignment)"
  }

  package static func declaration(_ field: Field) -> String {
    let width = field.bitWidth.map { " : \($0)" } ?? ""
    return "\(text(field.type, field.name ?? ""))\(width);"
  }
}
