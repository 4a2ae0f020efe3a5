import HeaderModel

extension Comparison {
  mutating func compareTypedefs() {
    let pairs = Pairing(
      old.header.typedefs.filter { !$0.isExternal }, new.header.typedefs.filter { !$0.isExternal },
      name: \.name)
    // A typedef that names a record or an enumeration comes and goes with it.
    for typedef in pairs.removed where !typedef.namesType {
      add(
        Change(
          .typedefRemoved, .typedef, .removed, typedef.name, old: CDeclaration.declaration(typedef))
      )
    }
    for typedef in pairs.added where !typedef.namesType {
      add(
        Change(
          .typedefAdded, .typedef, .added, typedef.name, new: CDeclaration.declaration(typedef)))
    }
    for (left, right) in pairs.both {
      if let rule = rule(left, right) {
        add(
          Change(
            rule, .typedef, .changed, left.name, old: CDeclaration.declaration(left),
            new: CDeclaration.declaration(right)))
      } else if left.type == right.type, left.doc != right.doc, !left.namesType {
        add(Change(.documentationChanged, .typedef, .changed, left.name))
      }
    }
  }

  private func rule(_ left: Typedef, _ right: Typedef) -> Rule? {
    if left.type == right.type {
      // Its parts may have changed below it; the typedef in question speaks for that.
      return nil
    }
    switch (left.type, right.type) {
    case (.record, .record), (.enumeration, .enumeration): return nil
    case (.record, .pointer(let target)):
      let isHidden = old.record(left.type)?.layout == nil
      if isHidden, case .record = new.resolve(target) { return .typedefBecamePointer }
      return .typedefRetyped
    default: break
    }
    if old.isOpaqueHandle(left), new.isOpaqueHandle(right) { return .handleRetargeted }
    if let from = old.callback(left.type), let to = new.callback(right.type) {
      return callbackRule(from, to)
    }
    switch differenceStored(left.type, right.type) {
    case .none: return nil
    case .respelled: return .typedefRespelled
    case .constAdded, .constRemoved, .constDeeper, .numberConverted, .sameABI:
      return .typedefSameABI
    case .underneath, .numberResized, .abi: return .typedefRetyped
    }
  }

  /// A function of the program's that the library calls: another order of types breaks both.
  private func callbackRule(_ from: [CType], _ to: [CType]) -> Rule? {
    guard from.count == to.count else { return .callbackChanged }
    var worst: Rule?
    for (left, right) in zip(from, to) {
      switch differencePassed(left, right) {
      case .none: break
      case .respelled: worst = worst ?? .typedefRespelled
      case .constAdded, .constRemoved, .constDeeper, .numberConverted, .sameABI:
        worst = .typedefSameABI
      case .underneath, .numberResized, .abi: return .callbackChanged
      }
    }
    return worst
  }
}

extension Typedef {
  /// Whether this is the name of a record or an enumeration that is declared with it.
  var namesType: Bool {
    switch type {
    case .record, .enumeration: true
    default: false
    }
  }
}

extension TypeTable {
  /// The result and the parameters of a pointer to a function.
  fileprivate func callback(_ type: CType) -> [CType]? {
    guard case .pointer(let target) = resolve(type),
      case .function(let result, let parameters, _) = resolve(target)
    else { return nil }
    return [result] + parameters
  }
}
