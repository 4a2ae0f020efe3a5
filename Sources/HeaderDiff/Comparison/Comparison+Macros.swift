import HeaderModel

extension Comparison {
  mutating func compareMacros() {
    let oldFunctions = Set(old.header.functions.map(\.name))
    let newFunctions = Set(new.header.functions.map(\.name))
    let pairs = Pairing(old.header.macros, new.header.macros, name: \.name)
    // A macro that took a function's place, or gave it up, is in the function's change.
    for macro in pairs.removed where forms.becameEnumerators.contains(macro.name) {
      add(
        Change(
          .macroBecameEnumerator, .macro, .changed, macro.name,
          old: CDeclaration.declaration(macro)))
    }
    for macro in pairs.added where forms.becameMacros.contains(macro.name) {
      add(
        Change(
          .enumeratorBecameMacro, .enumerator, .changed, macro.name,
          new: CDeclaration.declaration(macro)))
    }
    for macro in pairs.removed
    where !forms.becameEnumerators.contains(macro.name)
      && (!newFunctions.contains(macro.name) || oldFunctions.contains(macro.name))
    {
      add(
        Change(.macroRemoved, .macro, .removed, macro.name, old: CDeclaration.declaration(macro)))
    }
    for macro in pairs.added
    where !forms.becameMacros.contains(macro.name)
      && (!oldFunctions.contains(macro.name) || newFunctions.contains(macro.name))
    {
      add(Change(.macroAdded, .macro, .added, macro.name, new: CDeclaration.declaration(macro)))
    }
    for (left, right) in pairs.both where left != right {
      add(
        Change(
          rule(left, right), .macro, .changed, left.name, detail: Self.values(left, right),
          old: CDeclaration.declaration(left), new: CDeclaration.declaration(right)))
    }
  }

  private func rule(_ left: Macro, _ right: Macro) -> Rule {
    if conventions.releaseMacros.contains(right.name) { return .releaseMacroChanged }
    if left.parameters?.count != right.parameters?.count
      || left.parameters?.last == "..." && right.parameters?.last != "..."
    {
      return .macroParametersChanged
    }
    if conventions.isInitializer(right.name) { return .initializerChanged }
    switch (left.value, right.value) {
    case (.integer(let from, _), .integer(let to, _)):
      if from != to { return .macroValueChanged }
      return left.value == right.value ? .macroRespelled : .macroTypeChanged
    case (nil, nil): return .macroBodyChanged
    case (let from, let to): return from == to ? .macroRespelled : .macroValueChanged
    }
  }

  private static func values(_ left: Macro, _ right: Macro) -> String? {
    guard let from = left.value, let to = right.value, from != to else { return nil }
    return "\(from.text) → \(to.text)"
  }
}

extension MacroValue {
  fileprivate var text: String {
    switch self {
    case .integer(let value, let type): "\(value) (\(CDeclaration.text(type)))"
    case .floating(let value, let type): "\(value) (\(CDeclaration.text(type)))"
    case .string(let text): "\"\(text)\""
    }
  }
}
