/// Prints types as C writes them, for comments and error texts.
package enum CDeclaration {
  /// `const void *sendbuff`, `void (*callback)(void *)`.
  package static func text(_ type: CType, _ name: String = "") -> String {
    switch type {
    case .void: return join("void", name)
    case .scalar(let scalar): return join(scalar.rawValue, name)
    case .record(let kind, let tag): return join("\(kind.rawValue) \(tag)", name)
    case .enumeration(let tag): return join("enum \(tag)", name)
    case .typedef(let typedef): return join(typedef, name)
    case .unsupported(let spelling): return join(spelling, name)
    case .pointer(let target):
      switch target.unqualified {
      case .function, .array: return text(target, "(*\(name))")
      default: return text(target, "*\(name)")
      }
    case .array(let element, let count):
      return text(element, "\(name)[\(count.map(String.init) ?? "")]")
    case .function(let result, let parameters, let isVariadic):
      var list = parameters.map { text($0) }
      if isVariadic { list.append("...") }
      return text(result, "\(name)(\(list.isEmpty ? "void" : list.joined(separator: ", ")))")
    case .qualified(.pointer(let target), let qualifiers):
      return text(.pointer(target), join(words(qualifiers), name))
    case .qualified(let type, let qualifiers):
      return "\(words(qualifiers)) \(text(type, name))"
    }
  }

  package static func text(_ function: Function) -> String {
    var list = function.parameters.map { text($0.type, $0.name ?? "") }
    if function.isVariadic { list.append("...") }
    let parameters = list.isEmpty && function.hasPrototype ? "void" : list.joined(separator: ", ")
    return text(function.result, "\(function.name)(\(parameters))")
  }

  private static func words(_ qualifiers: CType.Qualifiers) -> String {
    var words: [String] = []
    if qualifiers.contains(.const) { words.append("const") }
    if qualifiers.contains(.volatile) { words.append("volatile") }
    if qualifiers.contains(.restrict) { words.append("restrict") }
    return words.joined(separator: " ")
  }

  private static func join(_ type: String, _ name: String) -> String {
    name.isEmpty ? type : "\(type) \(name)"
  }
}
