import HeaderModel

extension Comparison {
  /// Compares what the declarations that both headers have depend on.
  mutating func compareConditions() {
    guard old.header.conditions != new.header.conditions else { return }
    let (left, right) = (Self.texts(old.header), Self.texts(new.header))
    let (oldKinds, newKinds) = (Inventory.kinds(old), Inventory.kinds(new))
    for name in Set(left.keys).union(right.keys).sorted(by: byBytes) {
      guard let kind = newKinds[name], oldKinds[name] != nil else { continue }
      let rule: Rule
      switch (left[name], right[name]) {
      case (nil, nil): continue
      case (nil, .some): rule = .conditionAdded
      case (.some, nil): rule = .conditionRemoved
      case (.some(let from), .some(let to)):
        guard from != to else { continue }
        rule = .conditionChanged
      }
      add(
        Change(
          rule, kind, .changed, name, old: left[name].map { "#if \($0)" },
          new: right[name].map { "#if \($0)" }))
    }
  }

  private static func texts(_ header: Header) -> [String: String] {
    Dictionary(header.conditions.map { ($0.name, $0.text) }, uniquingKeysWith: { $1 })
  }
}
