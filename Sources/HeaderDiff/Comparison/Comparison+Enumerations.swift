import HeaderModel

extension Comparison {
  mutating func compareEnumerations() {
    var pairs = Pairing(
      Self.named(enumerations: old), Self.named(enumerations: new), name: \.name)
    // One without any name is known by its first value, which may be another one now; one with a tag
    // may have lost or got its typedef.
    let others = pairs.takePairs { item in
      item.value.isNameless
        ? item.value.enumerators.map(\.name) : item.value.hasTag ? ["enum \(item.value.name)"] : []
    }
    for (from, to) in others where !from.value.isNameless {
      compareTypedefNames(from.name, to.name)
    }
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
    for ((_, left), (name, right)) in pairs.both + others where left != right {
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
    if left.name != right.name, left.hasTag {
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
    if changes.count == before, left.isToldOtherwise(than: right) {
      add(Change(.documentationChanged, .enumeration, .changed, name))
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
    let gone = pairs.removed.filter { names.new[$0.name] == nil }
    let come = pairs.added.filter { names.old[$0.name] == nil }
    let numbers = Numbers(left, right, pairs.both)
    let renamed = numbers.renamed(gone, come) { isSentinel($0) == isSentinel($1) }
    for enumerator in pairs.added {
      if let former = names.old[enumerator.name] {
        move(enumerator, from: former, to: name)
      } else if let from = renamed[enumerator.value] {
        add(
          Change(
            .enumeratorRenamed, .enumerator, .changed, enumerator.name, formerName: from.name,
            old: from.text, new: enumerator.text))
      } else if !forms.becameEnumerators.contains(enumerator.name) {
        add(addition(enumerator, numbers))
      }
    }
    for enumerator in gone
    where renamed[enumerator.value] != enumerator && !forms.becameMacros.contains(enumerator.name) {
      add(removal(enumerator, numbers))
    }
  }

  private mutating func move(_ enumerator: Enumerator, from former: Enumerator, to name: String) {
    let rule: Rule =
      if former.value == enumerator.value {
        .enumeratorMoved
      } else {
        isSentinel(enumerator) ? .sentinelMoved : .enumeratorRenumbered
      }
    add(
      Change(
        rule, .enumerator, .changed, enumerator.name, detail: "now of \(name)", old: former.text,
        new: enumerator.text))
  }

  private func addition(_ enumerator: Enumerator, _ numbers: Numbers) -> Change {
    var change = Change(
      .enumeratorAdded, .enumerator, .added, enumerator.name, new: enumerator.text)
    let owners = numbers.owners[enumerator.value] ?? []
    if isSentinel(enumerator) {
      change.rule = .sentinelAdded
    } else if let twin = numbers.kept[enumerator.value], !isSentinel(twin) {
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

  private func removal(_ enumerator: Enumerator, _ numbers: Numbers) -> Change {
    var change = Change(
      .enumeratorRemoved, .enumerator, .removed, enumerator.name, old: enumerator.text)
    if isSentinel(enumerator) {
      change.rule = .sentinelRemoved
    } else if let twin = numbers.kept[enumerator.value], !isSentinel(twin) {
      change.rule = .aliasRemoved
      change.detail = "\(twin.name) stays"
    }
    return change
  }

  private func isSentinel(_ enumerator: Enumerator) -> Bool {
    conventions.sentinels.contains(enumerator.name)
  }
}

/// Which names of an enumeration have which number.
private struct Numbers {
  let owners: [Int128: [Enumerator]]
  /// For a number a name that has it in both headers.
  let kept: [Int128: Enumerator]
  /// How many names have the number in the new header.
  private let count: [Int128: Int]

  init(
    _ left: Enumeration, _ right: Enumeration, _ both: [(old: Enumerator, new: Enumerator)]
  ) {
    owners = Dictionary(grouping: left.enumerators, by: \.value)
    count = Dictionary(right.enumerators.map { ($0.value, 1) }, uniquingKeysWith: +)
    kept = Dictionary(
      both.filter { $0.old.value == $0.new.value }.map { ($0.new.value, $0.new) },
      uniquingKeysWith: { first, _ in first })
  }

  /// By number the former name, where one name went and one came with its number, and nobody else
  /// has it.
  func renamed(
    _ gone: [Enumerator], _ come: [Enumerator], where isAlike: (Enumerator, Enumerator) -> Bool
  ) -> [Int128: Enumerator] {
    let gone = Dictionary(grouping: gone, by: \.value)
    var renamed: [Int128: Enumerator] = [:]
    for enumerator in come where count[enumerator.value] == 1 {
      let former = (gone[enumerator.value] ?? []).filter { isAlike($0, enumerator) }
      if former.count == 1 { renamed[enumerator.value] = former[0] }
    }
    return renamed
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

extension Enumeration {
  /// Whether its own comment differs, or that of a value which both have.
  fileprivate func isToldOtherwise(than other: Enumeration) -> Bool {
    if doc != other.doc { return true }
    let comments = Dictionary(
      other.enumerators.map { ($0.name, $0.doc) }, uniquingKeysWith: { $1 })
    return enumerators.contains { enumerator in
      comments[enumerator.name].map { $0 != enumerator.doc } ?? false
    }
  }
}

extension Enumerator {
  fileprivate var text: String { "\(name) = \(value)" }
}
