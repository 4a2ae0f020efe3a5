import HeaderModel

extension Comparison {
  mutating func compareRecords() {
    var pairs = Pairing(Self.named(records: old), Self.named(records: new), name: \.name)
    // A record keeps its tag where it loses or gets its typedef.
    let others = pairs.takePairs { item in
      item.value.hasTag ? ["\(item.value.kind.rawValue) \(item.value.name)"] : []
    }
    for (from, to) in others { compareTypedefNames(from.name, to.name) }
    // What a handle points to is hidden, and its typedef speaks for it; so does one that takes over
    // the name.
    let oldTargets = Self.handleTargets(old)
    let newTargets = Self.handleTargets(new)
    for (name, record) in pairs.removed {
      if record.layout == nil, oldTargets.contains(name) || new.typedef(named: name) != nil {
        continue
      }
      add(
        Change(
          .recordRemoved, .record, .removed, name, old: record.heading,
          members: record.fieldNames))
    }
    for (name, record) in pairs.added {
      if record.layout == nil, newTargets.contains(name) || old.typedef(named: name) != nil {
        continue
      }
      add(
        Change(
          .recordAdded, .record, .added, name, new: record.heading, members: record.fieldNames))
    }
    for ((_, left), (name, right)) in pairs.both + others where left != right || hasShiftedTypes {
      compare(name, left, right)
    }
  }

  /// The header's own records, by what people call them.
  static func named(records table: TypeTable) -> [(name: String, value: Record)] {
    table.header.records.filter { !$0.isExternal }.map { (shownName($0, table), $0) }
  }

  /// A record inside another one is named after it: `Outer::field`.
  private static func shownName(_ record: Record, _ table: TypeTable) -> String {
    if let inner = record.name.firstRange(of: "::") {
      let outer = String(record.name[..<inner.lowerBound])
      // Records are looked up by tag; the kind does not count.
      if let owner = table.record(.record(.structure, outer)) {
        return shownName(owner, table) + record.name[inner.lowerBound...]
      }
    }
    return table.name(of: .record(record.kind, record.name)) ?? record.name
  }

  private static func handleTargets(_ table: TypeTable) -> Set<String> {
    Set(
      table.header.typedefs.filter(table.isOpaqueHandle).compactMap { typedef in
        guard case .pointer(let target) = typedef.type.unqualified,
          case .record(_, let name) = table.resolve(target)
        else { return nil }
        return name
      })
  }

  private mutating func compare(_ name: String, _ left: Record, _ right: Record) {
    let before = changes.count
    if left.kind != right.kind {
      add(
        Change(
          .recordKindChanged, .record, .changed, name, old: left.heading, new: right.heading))
      return
    }
    // To give a tag to what had none takes nothing away.
    if left.name != right.name, left.hasTag {
      add(
        Change(
          .recordTagRenamed, .record, .changed, name, old: "\(left.kind.rawValue) \(left.name)",
          new: "\(right.kind.rawValue) \(right.name)"))
    }
    switch (left.layout, right.layout) {
    case (nil, nil): break
    case (nil, .some):
      add(
        Change(
          .recordCompleted, .record, .changed, name, old: left.heading, new: right.heading,
          members: right.fieldNames))
    case (.some, nil):
      add(
        Change(
          .recordBecameOpaque, .record, .changed, name, old: left.heading, new: right.heading,
          members: left.fieldNames))
    case (.some(let from), .some(let to)):
      compareLayouts(name, left, from, right, to)
    }
    for attribute in right.attributes where !left.attributes.contains(attribute) {
      add(Change(.attributeAdded, .record, .changed, name, detail: attribute))
    }
    for attribute in left.attributes where !right.attributes.contains(attribute) {
      add(Change(.attributeRemoved, .record, .changed, name, detail: attribute))
    }
    if changes.count == before, left.comments != right.comments {
      add(Change(.documentationChanged, .record, .changed, name))
    }
  }

  private mutating func compareLayouts(
    _ name: String, _ left: Record, _ from: Record.Layout, _ right: Record, _ to: Record.Layout
  ) {
    let before = changes.count
    compareFields(name, left.kind, from, to)
    if from.alignment != to.alignment {
      add(
        Change(
          .recordAlignmentChanged, .record, .changed, name, old: left.heading, new: right.heading))
    }
    guard from.size != to.size else { return }
    if left.kind == .union, to.size > from.size {
      add(Change(.unionGrew, .record, .changed, name, old: left.heading, new: right.heading))
    } else if to.size < from.size {
      add(Change(.recordShrank, .record, .changed, name, old: left.heading, new: right.heading))
    } else if !changes[before...].contains(where: \.tellsOfSize) {
      add(
        Change(.recordPaddingGrew, .record, .changed, name, old: left.heading, new: right.heading))
    }
  }
}

extension Change {
  /// Whether it says that its record takes other bytes.
  fileprivate var tellsOfSize: Bool { presence == .added || rule.verdicts.abi == .breaking }
}

extension Record {
  fileprivate var heading: String { CDeclaration.heading(self) }

  fileprivate var fieldNames: [String] { layout?.fields.compactMap(\.name) ?? [] }

  fileprivate var comments: [String?] {
    [doc] + (layout?.fields.filter { $0.name != nil }.map(\.doc) ?? [])
  }
}
