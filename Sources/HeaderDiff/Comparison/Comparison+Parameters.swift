import HeaderModel

extension Comparison {
  /// What happened to the parameters: which ones belong together is told by their names where both
  /// headers have them, otherwise by their types.
  func parameterChanges(
    _ left: [Parameter], _ right: [Parameter]
  ) -> [(rule: Rule, detail: String?)] {
    if left == right, !hasShiftedTypes { return [] }
    if isReordered(left, right) {
      return [
        (.parametersReordered, right.map { $0.name ?? "" }.joined(separator: ", "))
      ]
    }
    let pairs = align(left, right)
    let matchedOld = Set(pairs.map(\.old))
    let matchedNew = Set(pairs.map(\.new))
    let lastOld = pairs.map(\.old).max() ?? -1
    let lastNew = pairs.map(\.new).max() ?? -1

    var found: [(Rule, String?)] = []
    for index in left.indices where !matchedOld.contains(index) {
      found.append(
        (
          index > lastOld ? .trailingParameterRemoved : .parameterRemoved,
          describe(left[index], index)
        ))
    }
    for index in right.indices where !matchedNew.contains(index) {
      found.append(
        (
          index > lastNew && lastOld == left.count - 1 ? .parameterAppended : .parameterInserted,
          describe(right[index], index)
        ))
    }
    for pair in pairs {
      let (from, to) = (left[pair.old], right[pair.new])
      if let rule = rule(from, to) {
        found.append(
          (
            rule,
            "parameter \(pair.new + 1), \(CDeclaration.text(from.type, from.name ?? "")) → "
              + CDeclaration.text(to.type, to.name ?? "")
          ))
      }
      if from.name != to.name, let name = to.name {
        found.append(
          (.parameterRenamed, "parameter \(pair.new + 1), \(from.name ?? "unnamed") → \(name)"))
      }
    }
    return found
  }

  private func rule(_ from: Parameter, _ to: Parameter) -> Rule? {
    switch differencePassed(from.type, to.type) {
    case .none: nil
    case .respelled: .parameterRespelled
    case .underneath: .parameterChangedUnderneath
    case .constAdded: .parameterConstAdded
    case .constRemoved: .parameterConstRemoved
    case .constDeeper: .parameterConstDeeper
    case .numberResized: .parameterNumberResized
    case .numberConverted: .parameterNumberConverted
    case .bound: .parameterBoundChanged
    case .pointee: .parameterPointeeChanged
    case .untyped: .parameterBecameUntyped
    case .callback: .callbackChanged
    case .callbackSameABI: .callbackSameABI
    case .sameABI, .ownConstAdded, .ownConstRemoved: .parameterSameABI
    case .abi: .parameterRetyped
    }
  }

  private func describe(_ parameter: Parameter, _ index: Int) -> String {
    "parameter \(index + 1), \(CDeclaration.text(parameter.type, parameter.name ?? ""))"
  }

  private func isReordered(_ left: [Parameter], _ right: [Parameter]) -> Bool {
    let names = (left.compactMap(\.name), right.compactMap(\.name))
    return left.count == right.count && names.0.count == left.count && names.0 != names.1
      && names.0.sorted() == names.1.sorted()
  }

  /// The longest way to pair parameters in order. Of lists of equal length every place is a pair,
  /// unless a name stands in another place: then one went in front of it and another one came.
  private func align(_ left: [Parameter], _ right: [Parameter]) -> [(old: Int, new: Int)] {
    let hasMoved = left.enumerated().contains { index, parameter in
      parameter.name != nil
        && right.firstIndex { $0.name == parameter.name }.map { $0 != index } ?? false
    }
    if left.count == right.count, !hasMoved { return left.indices.map { ($0, $0) } }
    func belong(_ from: Parameter, _ to: Parameter) -> Bool {
      if let name = from.name, let other = to.name { return name == other }
      return differencePassed(from.type, to.type) == .none
    }
    let shorter = min(left.count, right.count)
    let byName = commonSubsequence(left, right, belong)
    if byName.count == shorter || left.count == right.count { return byName }
    // A beginning that has the same types is the same, whatever the names are.
    let isPrefix = (0..<shorter).allSatisfy {
      switch differencePassed(left[$0].type, right[$0].type) {
      case .none, .respelled: true
      default: false
      }
    }
    return isPrefix ? (0..<shorter).map { ($0, $0) } : byName
  }

  private func commonSubsequence(
    _ left: [Parameter], _ right: [Parameter], _ belong: (Parameter, Parameter) -> Bool
  ) -> [(old: Int, new: Int)] {
    // lengths[i][j]: the longest pairing of what follows i and j.
    var lengths = Array(
      repeating: Array(repeating: 0, count: right.count + 1), count: left.count + 1)
    for i in left.indices.reversed() {
      for j in right.indices.reversed() {
        lengths[i][j] =
          belong(left[i], right[j])
          ? lengths[i + 1][j + 1] + 1 : max(lengths[i + 1][j], lengths[i][j + 1])
      }
    }
    var pairs: [(old: Int, new: Int)] = []
    var (i, j) = (0, 0)
    while i < left.count, j < right.count {
      if belong(left[i], right[j]) {
        pairs.append((i, j))
        (i, j) = (i + 1, j + 1)
      } else if lengths[i + 1][j] >= lengths[i][j + 1] {
        i += 1
      } else {
        j += 1
      }
    }
    return pairs
  }
}
