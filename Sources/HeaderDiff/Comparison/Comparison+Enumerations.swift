import HeaderModel

extension Comparison {
  mutating func compareEnumerations() {
    let pairs = Pairing(
      Self.named(enumerations: old), Self.named(enumerations: new), name: \.name)
    let names = EnumeratorNames(old.header, new.header)
    for (name, enumeration) in pairs.removed {
      add(
        Change(
          .enumerationRemoved, .enumeration, .removed, name, old: "enum \(enumeration.name)",
          members: enumeration.enumerators.map(\.name).filter { names.new[$0] == nil }))
    }
    for (name, enumeration) in pairs.added {
      add(
        Change(
          .enumerationAdded, .enumeration, .added, name, new: "enum \(enumeration.name)",
          members: enumeration.enumerators.map(\.name).filter { names.old[$0] == nil }))
      for enumerator in enumeration.enumerators {
        if let former = names.old[enumerator.name] { move(enumerator, from: former, to: name) }
      }
    }
    for ((name, left), (_, right)) in pairs.both where left != right {
      compare(name, left, right, names)
    }
  }

  /// Enumerations by what people call them.
  static func named(enumerations table: TypeTable) -> [(name: String, value: Enumeration)] {
    table.header.enumerations.map { (table.name(of: .enumeration($0.name)) ?? $0.name, $0) }
  }

  private mutating func compare(
    _ name: String, _ left: Enumeration, _ right: Enumeration, _ names: EnumeratorNames
  ) {
    let before = changes.count
    if left.name != right.name, left.hasTag || right.hasTag {
      add(
        Change(
          .enumerationTagRenamed, .enumeration, .changed, name, old: "enum \(left.name)",
          new: "enum \(right.name)"))
    }
    switch differenceStored(left.underlying, right.underlying) {
    case .none, .respelled: break
    case .numberConverted:
      add(underlying(.underlyingTypeSign, name, left, right))
    default:
      add(underlying(.underlyingTypeResized, name, left, right))
    }
    compareEnumerators(name, left, right, names)
    if changes.count == before {
      let comments = { (enumeration: Enumeration) in
        [enumeration.doc] + enumeration.enumerators.map(\.doc)
      }
      if comments(left) != comments(right) {
        add(Change(.documentationChanged, .enumeration, .changed, name))
      }
    }
  }

  private func underlying(
    _ rule: Rule, _ name: String, _ left: Enumeration, _ right: Enumeration
  ) -> Change {
    Change(
      rule, .enumeration, .changed, name, old: CDeclaration.text(left.underlying),
      new: CDeclaration.text(right.underlying))
  }

  private mutating func compareEnumerators(
    _ name: String, _ left: Enumeration, _ right: Enumeration, _ names: EnumeratorNames
  ) {
    let pairs = Pairing(left.enumerators, right.enumerators, name: \.name)
    for (from, to) in pairs.both where from.value != to.value {
      add(
        Change(
          isSentinel(to) ? .sentinelMoved : .enumeratorRenumbered, .enumerator, .changed, to.name,
          old: from.text, new: to.text))
    }
    var renamed: Set<String> = []
    for enumerator in pairs.added {
      if let former = names.old[enumerator.name] {
        move(enumerator, from: former, to: name)
        continue
      }
      // One name went and one came with its number, and nobody else has it.
      let former = pairs.removed.filter {
        $0.value == enumerator.value && isSentinel($0) == isSentinel(enumerator)
      }
      let isOnly = !pairs.both.contains { $0.new.value == enumerator.value }
      if former.count == 1, isOnly, let from = former.first,
        pairs.added.filter({ $0.value == enumerator.value }).count == 1
      {
        renamed.insert(from.name)
        add(
          Change(
            .enumeratorRenamed, .enumerator, .changed, enumerator.name, formerName: from.name,
            old: from.text, new: enumerator.text))
        continue
      }
      add(addition(enumerator, left, right))
    }
    for enumerator in pairs.removed
    where !renamed.contains(enumerator.name) && names.new[enumerator.name] == nil {
      add(
        Change(
          isSentinel(enumerator) ? .sentinelRemoved : .enumeratorRemoved, .enumerator, .removed,
          enumerator.name, old: enumerator.text))
    }
  }

  private mutating func move(_ enumerator: Enumerator, from former: Enumerator, to name: String) {
    add(
      Change(
        former.value == enumerator.value ? .enumeratorMoved : .enumeratorRenumbered, .enumerator,
        .changed, enumerator.name, detail: "now of \(name)", old: former.text,
        new: enumerator.text))
  }

  private func addition(
    _ enumerator: Enumerator, _ left: Enumeration, _ right: Enumeration
  ) -> Change {
    var change = Change(
      .enumeratorAdded, .enumerator, .added, enumerator.name, new: enumerator.text)
    let owners = left.enumerators.filter { $0.value == enumerator.value }
    if isSentinel(enumerator) {
      change.rule = .sentinelAdded
    } else if let twin = right.enumerators.first(where: {
      $0.value == enumerator.value && owners.contains($0)
    }) {
      change.rule = .enumeratorAliased
      change.detail = "the same as \(twin.name)"
    } else if let owner = owners.first(where: { !isSentinel($0) }) {
      change.rule = .numberReused
      change.detail = "\(enumerator.value) was \(owner.name)"
    } else if let owner = owners.first {
      change.rule = .sentinelNumberReused
      change.detail = "\(enumerator.value) was \(owner.name)"
    }
    return change
  }

  private func isSentinel(_ enumerator: Enumerator) -> Bool {
    conventions.sentinels.contains(enumerator.name)
  }
}

/// Every enumerator of both headers: C has one name space for all enumerations.
private struct EnumeratorNames {
  let old: [String: Enumerator]
  let new: [String: Enumerator]

  init(_ old: Header, _ new: Header) {
    self.old = Self.names(old)
    self.new = Self.names(new)
  }

  private static func names(_ header: Header) -> [String: Enumerator] {
    Dictionary(
      header.enumerations.flatMap(\.enumerators).map { ($0.name, $0) }, uniquingKeysWith: { $1 })
  }
}

extension Enumerator {
  fileprivate var text: String { "\(name) = \(value)" }
}
