import HeaderModel

extension Comparison {
  /// Compares the fields of one record: `name` is what people call it.
  mutating func compareFields(
    _ name: String, _ kind: Record.Kind, _ left: Record.Layout, _ right: Record.Layout
  ) {
    var pairs = Pairing(Self.members(left), Self.members(right), name: \.name)
    let renamed = Self.renamed(&pairs)
    for (from, to) in renamed {
      add(
        Change(
          .fieldRenamed, .field, .changed, "\(name).\(to.name)", formerName: "\(name).\(from.name)",
          old: from.field.text, new: to.field.text))
      compare("\(name).\(to.name)", from.field, to.field)
    }
    var kept = (pairs.both + renamed).map(\.old.field)
    let nameless = pairs.added.filter { $0.field.name == nil }
    for member in pairs.removed {
      if isWithinNameless(member.field, nameless) {
        kept.append(member.field)
        add(
          Change(
            .fieldIntoNameless, .field, .changed, "\(name).\(member.name)", old: member.field.text))
        continue
      }
      add(
        Change(
          kind == .union ? .unionMemberRemoved : .fieldRemoved, .field, .removed,
          "\(name).\(member.name)", old: member.field.text))
    }
    let reserves = kind == .union ? [] : self.reserves(pairs.both, left, right)
    for (from, to) in pairs.both {
      let symbol = "\(name).\(to.name)"
      if reserves.contains(where: { $0.name == to.name }) {
        add(
          Change(
            .reserveShrank, .field, .changed, symbol, old: from.field.text, new: to.field.text))
      } else {
        compare(symbol, from.field, to.field)
      }
    }

    // Where the last field ended that was there before, and still is.
    let end = kept.map { $0.bitOffset + bits($0) }.max() ?? 0
    let moves = pairs.both.contains { from, to in
      from.field.bitOffset != to.field.bitOffset && !reserves.contains { $0.name == to.name }
    }
    for member in pairs.added where !replaces(member.field, kept) {
      let rule: Rule =
        if kind == .union {
          .unionMemberAdded
        } else if reserves.contains(where: { $0.bits.contains(member.field.bitOffset) }) {
          .fieldFromReserve
        } else {
          additionRule(
            member.field, in: name, left, right, end: end,
            moves: moves)
        }
      add(
        Change(
          rule, .field, .added, "\(name).\(member.name)",
          detail: "at byte \(member.field.bitOffset / 8); the size is "
            + (left.size == right.size
              ? "\(right.size) as before" : "\(left.size) → \(right.size)"),
          new: member.field.text))
    }
  }

  private func additionRule(
    _ field: Field, in name: String, _ left: Record.Layout, _ right: Record.Layout, end: Int,
    moves: Bool
  ) -> Rule {
    if field.bitOffset < end { return moves ? .fieldInserted : .fieldInPadding }
    let isVersioned = conventions.versionedStructures[name] != nil
    // Within the bytes that the record had before.
    if field.bitOffset < left.size * 8 {
      return isVersioned ? .versionedFieldInTailPadding : .fieldInTailPadding
    }
    return isVersioned ? .versionedFieldAppended : .fieldAppended
  }

  private mutating func compare(_ name: String, _ from: Field, _ to: Field) {
    if from.bitOffset != to.bitOffset {
      add(
        Change(
          .fieldMoved, .field, .changed, name,
          detail: "byte \(Self.place(from)) → \(Self.place(to))", old: from.text, new: to.text))
    }
    let rule: Rule? =
      if from.bitWidth != to.bitWidth {
        .fieldRetyped
      } else {
        switch differenceStored(from.type, to.type) {
        case .none: nil
        case .respelled: .fieldRespelled
        case .underneath: takesSameRoom(from.type, to.type) ? nil : .fieldChangedUnderneath
        case .constAdded, .constRemoved, .constDeeper, .ownConstAdded, .ownConstRemoved, .untyped,
          .bound, .sameABI:
          .fieldSameLayout
        case .numberConverted: .fieldNumberConverted
        case .callback: .callbackChanged
        case .callbackSameABI: .callbackSameABI
        case .numberResized, .pointee, .abi: .fieldRetyped
        }
      }
    if let rule {
      add(Change(rule, .field, .changed, name, old: from.text, new: to.text))
    }
  }

  private static func place(_ field: Field) -> String {
    let bit = field.bitOffset % 8
    return "\(field.bitOffset / 8)\(bit == 0 ? "" : ", bit \(bit)")"
  }

  typealias Member = (name: String, field: Field)

  /// Nameless members are known by their number; bits without a name are padding.
  private static func members(_ layout: Record.Layout) -> [Member] {
    var nameless = 0
    return layout.fields.filter { $0.name != nil || $0.bitWidth == nil }.map { field in
      if let name = field.name { return (name, field) }
      defer { nameless += 1 }
      return (String(nameless), field)
    }
  }

  /// Takes out of those that came and went the pairs that stand in the same place with equal types.
  private static func renamed(_ pairs: inout Pairing<Member>) -> [(old: Member, new: Member)] {
    pairs.takePairs { member in
      var place = member.field
      (place.name, place.doc) = (nil, nil)
      return [place]
    }
  }
}

extension Field {
  fileprivate var text: String { CDeclaration.declaration(self) }
}
