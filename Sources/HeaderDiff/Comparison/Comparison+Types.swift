import HeaderModel

/// How a type of one header differs from the one that stands in its place in the other.
enum TypeDifference: Equatable {
  case none
  /// Typedefs and spellings aside the same.
  case respelled
  /// Spelled alike, but a type of that name has another size or calling convention.
  case underneath
  /// What a pointer leads to may be written no more, or newly.
  case constAdded, constRemoved
  /// `const` differs behind a second pointer.
  case constDeeper
  /// The variable or field itself may be written no more, or newly.
  case ownConstAdded, ownConstRemoved
  /// Both are numbers.
  case numberResized, numberConverted
  /// An array parameter of another length, which is a pointer all the same.
  case bound
  /// Pointers to memory of other sizes or layouts.
  case pointee
  /// A pointer that became one to void, which C and Swift pass without a word.
  case untyped
  /// Pointers to functions that are called in another way.
  case callback, callbackSameABI
  case sameABI
  case abi
}

extension Comparison {
  /// Compares what a caller passes, or a function returns: an array is a pointer there, and the
  /// value's own `const` is nobody's business.
  func differencePassed(_ left: CType, _ right: CType) -> TypeDifference {
    if left == right {
      guard hasShiftedTypes, old.abiKey(left) != new.abiKey(right) else { return .none }
      return .underneath
    }
    let (from, to) = (canonicalPassed(left, old), canonicalPassed(right, new))
    let keys = (old.abiKey(left), new.abiKey(right))
    if from == to, case .array(_, let count) = old.resolve(left),
      case .array(_, let other) = new.resolve(right), count != other
    {
      return .bound
    }
    let found = difference(from, to, keys)
    guard found == .sameABI else { return found }
    return differenceBehind(left, right, from, to, isPassed: true)
  }

  /// Compares what lies in memory, such as a field.
  func differenceStored(_ left: CType, _ right: CType) -> TypeDifference {
    if left == right {
      guard hasShiftedTypes, old.storageKey(left) != new.storageKey(right) else { return .none }
      return .underneath
    }
    let (from, to) = (canonical(left, old), canonical(right, new))
    if from != to, from.unqualified == to.unqualified, from.isConst != to.isConst {
      return to.isConst ? .ownConstAdded : .ownConstRemoved
    }
    let found = difference(from, to, (old.storageKey(left), new.storageKey(right)))
    guard found == .sameABI else { return found }
    return differenceBehind(left, right, from, to, isPassed: false)
  }

  /// `keys` say how both are passed or stored; `nil` is said of types that are not bound, of which
  /// two may be anything.
  private func difference(
    _ left: CType, _ right: CType, _ keys: (String?, String?)
  ) -> TypeDifference {
    if left == right { return keys.0 == keys.1 ? .respelled : .underneath }
    let isSameABI = keys.0 != nil && keys.0 == keys.1
    if case .pointer(let from) = left, case .pointer(let to) = right {
      if from.unqualified == to.unqualified, from.isConst != to.isConst {
        return to.isConst ? .constAdded : .constRemoved
      }
      if Self.withoutConst(left) == Self.withoutConst(right) { return .constDeeper }
    }
    if Self.isNumber(left), Self.isNumber(right) {
      return isSameABI ? .numberConverted : .numberResized
    }
    return isSameABI ? .sameABI : .abi
  }

  /// All pointers are passed alike; what they lead to may be different all the same.
  private func differenceBehind(
    _ left: CType, _ right: CType, _ from: CType, _ to: CType, isPassed: Bool
  ) -> TypeDifference {
    if let called = differenceCalled(left, right) { return called }
    guard let before = old.target(left), let after = new.target(right) else { return .sameABI }
    if isPassed, case .pointer(let source) = from.unqualified,
      case .pointer(let target) = to.unqualified, target.unqualified == .void,
      target.isConst || !source.isConst
    {
      return .untyped
    }
    // Void and bytes stand for memory of any kind; of what is hidden nothing is known.
    guard !old.isRaw(before), !new.isRaw(after), let layout = old.storageKey(before),
      let other = new.storageKey(after)
    else { return .sameABI }
    return layout == other ? .sameABI : .pointee
  }

  /// How functions differ that two types are, or point to; `nil` where one of them is none.
  func differenceCalled(_ left: CType, _ right: CType) -> TypeDifference? {
    guard let from = old.signature(left), let to = new.signature(right) else { return nil }
    guard from.types.count == to.types.count, from.isVariadic == to.isVariadic else {
      return .callback
    }
    var worst = TypeDifference.none
    for (left, right) in zip(from.types, to.types) {
      switch differencePassed(left, right) {
      case .none: break
      case .respelled: if worst == .none { worst = .respelled }
      case .constAdded, .constRemoved, .constDeeper, .ownConstAdded, .ownConstRemoved,
        .numberConverted, .bound, .untyped, .callbackSameABI, .sameABI:
        worst = .callbackSameABI
      case .underneath, .numberResized, .pointee, .callback, .abi: return .callback
      }
    }
    return worst
  }

  private func canonicalPassed(_ type: CType, _ table: TypeTable) -> CType {
    switch canonical(type, table).unqualified {
    case .array(let element, _): return .pointer(element)
    case .function(let result, let parameters, let isVariadic):
      return .pointer(.function(result: result, parameters: parameters, isVariadic: isVariadic))
    case let other: return other
    }
  }

  /// The type with every typedef seen through. A record or an enumeration goes by one name in both
  /// headers where its tag or its typedef stays.
  private func canonical(_ type: CType, _ table: TypeTable, depth: Int = 0) -> CType {
    // C has no cycles of typedefs; the bound is against hand-made models.
    guard depth < 64 else { return type }
    func inner(_ type: CType) -> CType { canonical(type, table, depth: depth + 1) }
    switch type {
    case .typedef(let name):
      guard let typedef = table.typedef(named: name) else { return type }
      return inner(typedef.type)
    case .record(let kind, let name): return .record(kind, sharedName(type, name, table))
    case .enumeration(let name): return .enumeration(sharedName(type, name, table))
    case .pointer(let target): return .pointer(inner(target))
    case .array(let element, let count): return .array(inner(element), count)
    case .function(let result, let parameters, let isVariadic):
      return .function(
        result: inner(result), parameters: parameters.map { canonicalPassed($0, table) },
        isVariadic: isVariadic)
    case .qualified(let target, let qualifiers):
      let target = inner(target)
      if case .qualified(let type, let more) = target {
        return .qualified(type, qualifiers.union(more))
      }
      return .qualified(target, qualifiers)
    case .void, .scalar, .unsupported: return type
    }
  }

  private func sharedName(_ type: CType, _ tag: String, _ table: TypeTable) -> String {
    let isKnown = old.record(type) != nil || old.enumeration(type) != nil
    return (isKnown ? old : table).name(of: type) ?? tag
  }

  private static func withoutConst(_ type: CType) -> CType {
    switch type {
    case .qualified(let type, let qualifiers):
      let rest = qualifiers.subtracting(.const)
      return rest.isEmpty ? withoutConst(type) : .qualified(withoutConst(type), rest)
    case .pointer(let target): return .pointer(withoutConst(target))
    case .array(let element, let count): return .array(withoutConst(element), count)
    default: return type
    }
  }

  private static func isNumber(_ type: CType) -> Bool {
    switch type.unqualified {
    case .scalar, .enumeration: true
    default: false
    }
  }
}

extension TypeTable {
  /// What the bytes of a variable of the type look like. Addresses and numbers of one width are the
  /// same bytes, whatever their sign.
  fileprivate func storageKey(_ type: CType) -> String? {
    switch resolve(type) {
    case .array(let element, let count):
      storageKey(element).map { "\($0)x\(count.map(String.init) ?? "?")" }
    case .scalar(let scalar): "\(scalar.isFloating ? "f" : "i")\(scalar.size)"
    case .pointer: "i8"
    case .enumeration: enumeration(type).flatMap { storageKey($0.underlying) }
    default: abiKey(type)
    }
  }

  /// What a pointer, or an array where it is passed, leads to.
  fileprivate func target(_ type: CType) -> CType? {
    switch resolve(type) {
    case .pointer(let target), .array(let target, _): target
    default: nil
    }
  }

  /// Whether memory of the type is just memory.
  fileprivate func isRaw(_ type: CType) -> Bool {
    switch resolve(type) {
    case .void: true
    case .scalar(let scalar): scalar.size == 1
    default: false
    }
  }

  /// The result and the parameters of a function, or of what points to one.
  fileprivate func signature(_ type: CType) -> (types: [CType], isVariadic: Bool)? {
    var type = resolve(type)
    if case .pointer(let target) = type { type = resolve(target) }
    guard case .function(let result, let parameters, let isVariadic) = type else { return nil }
    return ([result] + parameters, isVariadic)
  }
}
