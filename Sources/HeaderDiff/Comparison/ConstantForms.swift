import HeaderModel

/// Numbers that a macro names in one header and an enumerator in the other one.
struct ConstantForms {
  let becameEnumerators: Set<String>
  let becameMacros: Set<String>

  init(_ old: Header, _ new: Header) {
    let (oldMacros, newMacros) = (Self.macros(old), Self.macros(new))
    let (oldEnumerators, newEnumerators) = (Self.enumerators(old), Self.enumerators(new))
    becameEnumerators = Self.names(oldMacros, newEnumerators)
      .subtracting(oldEnumerators.keys).subtracting(new.macros.map(\.name))
    becameMacros = Self.names(oldEnumerators, newMacros)
      .subtracting(newEnumerators.keys).subtracting(old.macros.map(\.name))
  }

  /// The names that stand for the same number in both.
  private static func names(_ left: [String: Int128], _ right: [String: Int128]) -> Set<String> {
    Set(left.filter { right[$0.key] == $0.value }.keys)
  }

  private static func macros(_ header: Header) -> [String: Int128] {
    Dictionary(
      header.macros.compactMap { macro in
        guard case .integer(let value, _) = macro.value else { return nil }
        return (macro.name, value)
      }, uniquingKeysWith: { $1 })
  }

  private static func enumerators(_ header: Header) -> [String: Int128] {
    Dictionary(
      header.enumerations.flatMap(\.enumerators).map { ($0.name, $0.value) },
      uniquingKeysWith: { $1 })
  }
}
