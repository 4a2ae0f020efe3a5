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
    for (left, right) in pairs.both {
      let rule: Rule? =
        switch differenceStored(left.type, right.type) {
        case .none: left.doc == right.doc ? nil : .documentationChanged
        case .respelled: .variableRespelled
        default: .variableRetyped
        }
      guard let rule else { continue }
      add(
        Change(
          rule, .variable, .changed, left.name, old: CDeclaration.declaration(left),
          new: CDeclaration.declaration(right)))
    }
  }
}
