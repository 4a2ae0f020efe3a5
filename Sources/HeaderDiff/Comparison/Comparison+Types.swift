import HeaderModel

/// How a type of one header differs from the one that stands in its place in the other.
enum TypeDifference: Equatable {
  case none
  /// Typedefs and spellings aside the same.
  case respelled
  /// Spelled alike, but a type of that name has another size or calling convention.
  case underneath
  case constAdded, constRemoved
  /// `const` differs behind a second pointer.
  case constDeeper
  /// Both are numbers.
  case numberResized, numberConverted
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
    return difference(canonicalPassed(left, old), canonicalPassed(right, new)) {
      old.abiKey(left) == new.abiKey(right)
    }
  }

  /// Compares what lies in memory, such as a field.
  func differenceStored(_ left: CType, _ right: CType) -> TypeDifference {
    if left == right {
      guard hasShiftedTypes, old.storageKey(left) != new.storageKey(right) else { return .none }
      return .underneath
    }
    return difference(canonical(left, old), canonical(right, new)) {
      old.storageKey(left) == new.storageKey(right)
    }
  }

  private func difference(
    _ left: CType, _ right: CType, isSameABI: () -> Bool
  ) -> TypeDifference {
    if left == right { return isSameABI() ? .respelled : .underneath }
    if case .pointer(let from) = left, case .pointer(let to) = right {
      if from.unqualified == to.unqualified, from.isConst != to.isConst {
        return to.isConst ? .constAdded : .constRemoved
      }
      if Self.withoutConst(left) == Self.withoutConst(right) { return .constDeeper }
    }
    if Self.isNumber(left), Self.isNumber(right) {
      return isSameABI() ? .numberConverted : .numberResized
    }
    return isSameABI() ? .sameABI : .abi
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
  /// What the bytes of a variable of the type look like.
  fileprivate func storageKey(_ type: CType) -> String? {
    if case .array(let element, let count) = resolve(type) {
      return storageKey(element).map { "\($0)x\(count.map(String.init) ?? "?")" }
    }
    return abiKey(type)
  }
}
