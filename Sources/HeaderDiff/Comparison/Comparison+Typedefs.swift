import HeaderModel

extension Comparison {
  mutating func compareTypedefs() {
    let pairs = Pairing(
      old.header.typedefs.filter { !$0.isExternal }, new.header.typedefs.filter { !$0.isExternal },
      name: \.name)
    // A typedef that names a record or an enumeration comes and goes with it.
    for typedef in pairs.removed where !old.isName(typedef) {
      add(
        Change(
          .typedefRemoved, .typedef, .removed, typedef.name, old: CDeclaration.declaration(typedef))
      )
    }
    for typedef in pairs.added where !new.isName(typedef) {
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

  /// What people call a record or an enumeration by, where that is there in one header alone.
  mutating func compareTypedefNames(_ from: String, _ to: String) {
    if let typedef = old.typedef(named: from), new.typedef(named: from) == nil {
      add(
        Change(
          .typedefRemoved, .typedef, .removed, from, old: CDeclaration.declaration(typedef)))
    }
    if let typedef = new.typedef(named: to), old.typedef(named: to) == nil {
      add(Change(.typedefAdded, .typedef, .added, to, new: CDeclaration.declaration(typedef)))
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
    switch differenceCalled(left.type, right.type) ?? differenceStored(left.type, right.type) {
    case .none: return nil
    case .respelled: return .typedefRespelled
    case .callback: return .callbackChanged
    case .callbackSameABI: return .callbackSameABI
    case .numberConverted: return .typedefNumberConverted
    case .numberResized: return .typedefNumberResized
    case .constAdded, .constRemoved, .constDeeper, .ownConstAdded, .ownConstRemoved, .untyped,
      .bound, .sameABI:
      return .typedefSameABI
    case .underneath, .pointee, .abi: return .typedefRetyped
    }
  }
}

extension TypeTable {
  /// Whether people call a record or an enumeration by this typedef, which may have more of them.
  fileprivate func isName(_ typedef: Typedef) -> Bool {
    typedef.namesType && name(of: typedef.type) == typedef.name
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
