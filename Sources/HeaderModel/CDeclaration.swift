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
    var text: [UInt8] = []
    text.reserveCapacity(128)
    append(function.result, function.name, to: &text) { text in
      text += "("
      for (index, parameter) in function.parameters.enumerated() {
        if index > 0 { text += ", " }
        append(parameter.type, parameter.name ?? "", to: &text)
      }
      if function.isVariadic { text += function.parameters.isEmpty ? "..." : ", ..." }
      if function.parameters.isEmpty, !function.isVariadic, function.hasPrototype { text += "void" }
      text += ")"
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// What nearly all types are, names and pointers to them, is written where it is to be; `suffix`
  /// writes what goes right after the name.
  private static func append(
    _ type: CType, _ name: String, to text: inout [UInt8], pointers: Int = 0,
    suffix: (inout [UInt8]) -> Void = { _ in }
  ) {
    switch type {
    case .typedef(let typedef):
      text += typedef
      if pointers > 0 || !name.isEmpty { text += " " }
      for _ in 0..<pointers { text.append(UInt8(ascii: "*")) }
      text += name
      suffix(&text)
    case .pointer(let target) where !target.isDeclaredAroundName:
      append(target, name, to: &text, pointers: pointers + 1, suffix: suffix)
    case .qualified(let type, let qualifiers) where !type.isPointer:
      text += words(qualifiers)
      text += " "
      append(type, name, to: &text, pointers: pointers, suffix: suffix)
    default:
      var declarator = Array(repeating: UInt8(ascii: "*"), count: pointers)
      declarator += name
      suffix(&declarator)
      text += self.text(type, String(decoding: declarator, as: UTF8.self))
    }
  }

  private static func words(_ qualifiers: CType.Qualifiers) -> String {
    if qualifiers == .const { return "const" }
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

extension CType {
  fileprivate var isPointer: Bool { if case .pointer = self { true } else { false } }

  /// What a pointer to it is declared with stands on both sides of the name.
  fileprivate var isDeclaredAroundName: Bool {
    switch self {
    case .function, .array: true
    case .qualified(let type, _): type.isDeclaredAroundName
    default: false
    }
  }
}
