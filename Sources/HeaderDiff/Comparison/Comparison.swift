import HeaderModel

/// Two headers side by side; its extensions compare one kind of declaration each.
struct Comparison {
  let old: TypeTable
  let new: TypeTable
  let conventions: VendorConventions
  private(set) var changes: [Change] = []
  /// Types of one name whose size or calling convention differs: declarations that did not change
  /// may still mean something else by them.
  private let shifted: Set<String>
  let forms: ConstantForms

  init(_ old: TypeTable, _ new: TypeTable, _ conventions: VendorConventions) {
    self.old = old
    self.new = new
    self.conventions = conventions
    shifted = Self.shifted(old, new)
    forms = ConstantForms(old.header, new.header)
  }

  mutating func add(_ change: Change) { changes.append(change) }

  private static func shifted(_ old: TypeTable, _ new: TypeTable) -> Set<String> {
    var names: Set<String> = []
    for typedef in old.header.typedefs {
      let type = CType.typedef(typedef.name)
      if let other = new.typedef(named: typedef.name), other.type != typedef.type,
        old.abiKey(type) != new.abiKey(type)
      {
        names.insert(typedef.name)
      }
    }
    for record in old.header.records {
      let type = CType.record(record.kind, record.name)
      if let other = new.record(type), other.layout != record.layout,
        old.layoutKey(record) != new.layoutKey(other)
      {
        names.insert(record.name)
        if let name = old.name(of: type) { names.insert(name) }
      }
    }
    for enumeration in old.header.enumerations {
      let type = CType.enumeration(enumeration.name)
      if let other = new.enumeration(type), other.underlying != enumeration.underlying,
        old.abiKey(type) != new.abiKey(type)
      {
        names.insert(enumeration.name)
        if let name = old.name(of: type) { names.insert(name) }
      }
    }
    return names
  }

  /// Whether some type of the same name has another size or convention in the two headers.
  var hasShiftedTypes: Bool { !shifted.isEmpty }
}

/// The items of two lists that have the same name, and those without a counterpart.
///
/// Where a name stands twice, such as a redeclaration, the last one counts.
struct Pairing<Item> {
  private(set) var both: [(old: Item, new: Item)] = []
  private(set) var removed: [Item] = []
  private(set) var added: [Item] = []

  init(_ old: [Item], _ new: [Item], name: (Item) -> String) {
    let (old, new) = (Self.unique(old, name), Self.unique(new, name))
    var rest = Dictionary(new.map { (name($0), $0) }, uniquingKeysWith: { $1 })
    for item in old {
      if let partner = rest.removeValue(forKey: name(item)) {
        both.append((item, partner))
      } else {
        removed.append(item)
      }
    }
    // In the order of the header, not that of a dictionary.
    added = new.filter { rest[name($0)] != nil }
  }

  private static func unique(_ items: [Item], _ name: (Item) -> String) -> [Item] {
    var last: [String: Int] = [:]
    for (index, item) in items.enumerated() { last[name(item)] = index }
    guard last.count < items.count else { return items }
    return items.enumerated().filter { last[name($0.element)] == $0.offset }.map(\.element)
  }

  /// Takes out of those without a counterpart the pairs that have a key in common after all.
  mutating func takePairs<Key: Hashable>(
    by keys: (Item) -> [Key]
  ) -> [(old: Item, new: Item)] {
    // From the back, so that the first one is taken first.
    var places: [Key: [Int]] = [:]
    for index in added.indices.reversed() {
      for key in keys(added[index]) { places[key, default: []].append(index) }
    }
    var taken: [(old: Item, new: Item)] = []
    var used: Set<Int> = []
    removed.removeAll { item in
      for key in keys(item) {
        while let index = places[key]?.popLast() {
          guard used.insert(index).inserted else { continue }
          taken.append((item, added[index]))
          return true
        }
      }
      return false
    }
    added = added.indices.filter { !used.contains($0) }.map { added[$0] }
    return taken
  }
}
