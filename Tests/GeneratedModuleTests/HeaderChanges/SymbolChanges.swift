@testable import HeaderDiff

/// Which names came, went and changed from one header to the next, in the form in which
/// Tests/Independent/header_changes.py prints it.
struct SymbolChanges: Decodable {
  struct Names: Decodable {
    var added: Set<String> = []
    var removed: Set<String> = []
    var changed: Set<String> = []
  }

  var functions = Names()
  var enumerators = Names()
  var fields = Names()
  var macros = Names()

  /// Every difference from another's, in words; `self` is what we say.
  func differences(from other: SymbolChanges) -> [String] {
    compare("function", functions, other.functions)
      + compare("enumerator", enumerators, other.enumerators)
      + compare("field", fields, other.fields)
      + compare("macro", macros, other.macros)
  }

  private func compare(_ kind: String, _ ours: Names, _ others: Names) -> [String] {
    [\Names.added, \.removed, \.changed].flatMap { set in
      let word = set == \.added ? "added" : set == \.removed ? "removed" : "changed"
      return ours[keyPath: set].subtracting(others[keyPath: set]).sorted()
        .map { "\(kind) \($0): \(word) for us only" }
        + others[keyPath: set].subtracting(ours[keyPath: set]).sorted()
        .map { "\(kind) \($0): \(word) for the script only" }
    }
  }
}

extension SymbolChanges {
  /// What a diff says of names: its other changes are of types, tags and comments.
  init(_ diff: HeaderDiff) {
    for change in diff.changes where change.isOfTheSymbol {
      switch change.kind {
      case .function:
        let names = [change.symbol] + (change.twin.map { [$0] } ?? [])
        for name in names { functions.insert(name, change) }
        if change.rule == .functionBecameMacro { macros.added.formUnion(names) }
        if change.rule == .macroBecameFunction { macros.removed.formUnion(names) }
      case .macro: macros.insert(change.symbol, change)
      case .enumerator: enumerators.insert(change.symbol, change)
      case .field where change.isOfNamelessField: break
      case .field: fields.insert(change.symbol, change)
      case .enumeration: enumerators.insert(change.members, change)
      case .record: fields.insert(change.members.map { "\(change.symbol).\($0)" }, change)
      case .typedef, .variable, .interface, .context: break
      }
    }
  }
}

extension SymbolChanges.Names {
  fileprivate mutating func insert(_ name: String, _ change: Change) {
    if let former = change.formerName {
      removed.insert(former)
      added.insert(name)
      return
    }
    switch change.presence {
    case .added: added.insert(name)
    case .removed: removed.insert(name)
    case .changed: changed.insert(name)
    }
  }

  /// What came or went with the record or the enumeration that it is in.
  fileprivate mutating func insert(_ members: [String], _ change: Change) {
    if change.presence == .added || change.rule == .recordCompleted { added.formUnion(members) }
    if change.presence == .removed || change.rule == .recordBecameOpaque {
      removed.formUnion(members)
    }
  }
}

extension Change {
  /// Not so where only its comment changed, or which macro it takes to have it, or what a type that
  /// it names stands for.
  fileprivate var isOfTheSymbol: Bool {
    switch rule {
    case .documentationChanged, .enumeratorMoved: false
    case .conditionAdded, .conditionRemoved, .conditionChanged: false
    case .fieldMoved, .recordCompleted, .recordBecameOpaque: true
    default: presence != .changed || old != new
    }
  }

  /// A member without a name goes by a number, and the fields in it speak for it.
  fileprivate var isOfNamelessField: Bool {
    symbol.split(separator: ".").last.flatMap { Int($0) } != nil
  }
}
