import HeaderModel

extension Comparison {
  mutating func compareFunctions() {
    let oldMacros = Set(old.header.macros.map(\.name))
    let newMacros = Set(new.header.macros.map(\.name))
    let pairs = Pairing(old.header.functions, new.header.functions, name: \.name)
    for function in pairs.removed {
      let isMacro = newMacros.contains(function.name) && !oldMacros.contains(function.name)
      add(
        Change(
          isMacro ? .functionBecameMacro : .functionRemoved, .function, .removed, function.name,
          old: CDeclaration.declaration(function),
          new: isMacro ? new.macroText(function.name) : nil))
    }
    for function in pairs.added {
      let wasMacro = oldMacros.contains(function.name) && !newMacros.contains(function.name)
      add(
        Change(
          wasMacro ? .macroBecameFunction : .functionAdded, .function, .added, function.name,
          old: wasMacro ? old.macroText(function.name) : nil,
          new: CDeclaration.declaration(function)))
    }
    for (left, right) in pairs.both where left != right || hasShiftedTypes {
      compare(left, right)
    }
  }

  private mutating func compare(_ left: Function, _ right: Function) {
    var found: [(rule: Rule, detail: String?)] = []
    func note(_ rule: Rule, _ detail: String? = nil) { found.append((rule, detail)) }

    if let rule = resultRule(left.result, right.result) {
      note(rule, "\(CDeclaration.text(left.result)) → \(CDeclaration.text(right.result))")
    }
    if left.isVariadic != right.isVariadic {
      note(right.isVariadic ? .variadicAdded : .variadicRemoved)
    }
    if left.hasPrototype != right.hasPrototype {
      note(right.hasPrototype ? .prototypeAdded : .prototypeRemoved)
    }
    let (wasInHeader, isInHeader) = (left.isInHeader, right.isInHeader)
    if wasInHeader != isInHeader {
      note(isInHeader ? .functionBecameInline : .inlineBecameFunction)
    }
    found += parameterChanges(left.parameters, right.parameters)
    found += attributeChanges(left.attributes, right.attributes)
    if found.isEmpty, left.doc != right.doc { note(.documentationChanged) }

    for (rule, detail) in found {
      let isComment = rule == .documentationChanged
      add(
        Change(
          rule, .function, .changed, left.name, detail: detail,
          old: isComment ? nil : CDeclaration.declaration(left),
          new: isComment ? nil : CDeclaration.declaration(right)))
    }
  }

  private func resultRule(_ left: CType, _ right: CType) -> Rule? {
    switch differencePassed(left, right) {
    case .none: return nil
    case .respelled, .bound: return .returnTypeRespelled
    case .constRemoved: return .returnConstRemoved
    case .numberConverted: return .returnNumberConverted
    case .numberResized: return .returnNumberResized
    case .underneath: return .returnChangedUnderneath
    case .constAdded, .constDeeper, .ownConstAdded, .ownConstRemoved, .untyped, .callbackSameABI,
      .sameABI:
      return .returnTypeSameABI
    case .abi:
      // A result in a register is left there unread; a record may be written through an address
      // that old callers do not pass.
      let isNew = old.resolve(left) == .void && new.record(right) == nil
      return isNew ? .returnValueAdded : .returnTypeChanged
    case .pointee, .callback: return .returnTypeChanged
    }
  }
}

extension Function {
  /// Defined by the header, so that the library need not export it.
  fileprivate var isInHeader: Bool { isInline || isStatic }
}

extension TypeTable {
  func macroText(_ name: String) -> String? {
    header.macros.last { $0.name == name }.map { CDeclaration.declaration($0) }
  }
}
