import HeaderModel

extension Comparison {
  mutating func compareVariables() {
    let pairs = Pairing(old.header.variables, new.header.variables, name: \.name)
    for variable in pairs.removed {
      add(
        Change(
          .variableRemoved, .variable, .removed, variable.name,
          old: CDeclaration.declaration(variable)))
    }
    for variable in pairs.added {
      add(
        Change(
          .variableAdded, .variable, .added, variable.name, new: CDeclaration.declaration(variable))
      )
    }
    for (left, right) in pairs.both { compare(left, right) }
  }

  private mutating func compare(_ left: Variable, _ right: Variable) {
    var found: [(rule: Rule, detail: String?)] = []
    if let rule = rule(left.type, right.type) { found.append((rule, nil)) }
    if left.isStatic != right.isStatic {
      found.append((right.isStatic ? .variableBecameStatic : .staticBecameVariable, nil))
    }
    found += attributeChanges(left.attributes, right.attributes)
    if found.isEmpty, left.doc != right.doc { found.append((.documentationChanged, nil)) }
    for (rule, detail) in found {
      let isComment = rule == .documentationChanged
      add(
        Change(
          rule, .variable, .changed, left.name, detail: detail,
          old: isComment ? nil : CDeclaration.declaration(left),
          new: isComment ? nil : CDeclaration.declaration(right)))
    }
  }

  private func rule(_ left: CType, _ right: CType) -> Rule? {
    switch differenceStored(left, right) {
    case .none: nil
    case .respelled: .variableRespelled
    case .underneath: .variableChangedUnderneath
    case .ownConstAdded: .variableConstAdded
    case .ownConstRemoved: .variableConstRemoved
    case .numberConverted, .constAdded, .constRemoved, .constDeeper, .untyped, .bound,
      .callbackSameABI, .sameABI:
      .variableSameLayout
    case .numberResized, .pointee, .callback, .abi: .variableRetyped
    }
  }
}
