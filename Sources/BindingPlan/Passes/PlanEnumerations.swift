import HeaderModel

/// Turns the enumerations that the module needs into open Swift types.
///
/// Sentinels (counts, and values that only size the type) are left out: their numbers are reused
/// by the next release's real values. An enumerator whose number changed between releases cannot
/// be one constant, so it is left out with that reason.
struct PlanEnumerations {
  private(set) var enumerations: [EnumerationPlan] = []
  private(set) var skipped: [Diagnostic] = []

  private let profile: VendorProfile
  private let merged: MergedReleases

  init(_ merged: MergedReleases, profile: VendorProfile, types: inout MapTypes) {
    self.merged = merged
    self.profile = profile
    let history = merged.history(\.enumerations) { table, enumeration in
      table.name(of: .enumeration(enumeration.name))
    }
    let wantsAll = profile.functions.only.isEmpty
    for name in history.keys.sorted(by: byBytes) where isIdentifier(name) {
      guard let occurrences = history[name], let newest = occurrences.last else { continue }
      guard
        types.usedEnumerations.contains(name) || profile.enumerations.contains(name) || wantsAll && !newest.item.isExternal else {
        continue
      }
      let enumerators = enumerators(name, occurrences)
      enumerations.append(
        EnumerationPlan(
          cName: name, swiftName: types.typeName(name),
          rawType: types.map(newest.item.underlying, in: newest.table).swift,
          doc: Documentation.lines(newest.item.doc),
          availability: merged.availability(occurrences.map(\.table)), enumerators: enumerators))
    }
  }

  private mutating func enumerators(
    _ name: String, _ occurrences: [(table: Int, item: Enumeration)]
  ) -> [EnumeratorPlan] {
    var order: [String] = []
    var found: [String: (tables: [Int], values: Set<Int128>, newest: Enumerator)] = [:]
    // Newest first, so that its order leads and what older ones had follows.
    for (table, enumeration) in occurrences.reversed() {
      for enumerator in enumeration.enumerators {
        if found[enumerator.name] == nil {
          order.append(enumerator.name)
          found[enumerator.name] = ([], [], enumerator)
        }
        found[enumerator.name]?.tables.append(table)
        found[enumerator.name]?.values.insert(enumerator.value)
      }
    }
    let sentinels = Set(profile.sentinels)
    let kept = order.filter { !sentinels.contains($0) && isIdentifier($0) }
    let swiftNames = EnumeratorNames(enumeration: name, enumerators: kept, profile: profile)
    var byValue: [Int128: String] = [:]
    var plans: [EnumeratorPlan] = []
    for cName in kept {
      guard let enumerator = found[cName] else { continue }
      guard enumerator.values.count == 1 else {
        let values = enumerator.values.sorted().map(String.init).joined(separator: ", ")
        skipped.append(
          Diagnostic(
            .warning, file: profile.vendor,
            "\(cName) is not bound: its value differs between releases (\(values))",
            rule: "skip-renumbered", help: "name it under \"sentinels\" if it is a count"))
        continue
      }
      let swiftName = swiftNames[cName]
      let value = enumerator.newest.value
      plans.append(
        EnumeratorPlan(
          cName: cName, swiftName: swiftName, value: value, aliasOf: byValue[value],
          doc: Documentation.lines(enumerator.newest.doc),
          availability: merged.availability(enumerator.tables)))
      if byValue[value] == nil { byValue[value] = swiftName }
    }
    return plans
  }
}

/// The Swift names of one enumeration's enumerators.
private struct EnumeratorNames {
  private var names: [String: String] = [:]

  init(enumeration: String, enumerators: [String], profile: VendorProfile) {
    let capitals = Self.commonWords(enumerators)
    var users: [String: Int] = [:]
    for name in enumerators {
      let swift =
        profile.names.enumerators[name]
        ?? SwiftNames.member(
          Self.derive(
            name, given: profile.names.enumeratorPrefixes[enumeration], common: capitals,
            prefixes: profile.functions.prefixes), SwiftNames.lowerCamel(name)) ?? name
      names[name] = swift
      users[swift, default: 0] += 1
    }
    // Where shortening made two the same, neither is shortened.
    for name in enumerators where users[names[name] ?? "", default: 0] > 1 {
      names[name] = SwiftNames.lowerCamel(name)
    }
  }

  subscript(name: String) -> String { names[name] ?? name }

  private static func derive(
    _ name: String, given: String?, common: String, prefixes: [String]
  ) -> String {
    if let given, name.hasPrefix(given), name != given {
      let rest = String(name.dropFirst(given.count))
      return SwiftNames.isCapitals(rest)
        ? SwiftNames.fromCapitals(rest) : SwiftNames.lowerCamel(rest)
    }
    if SwiftNames.isCapitals(name) {
      return SwiftNames.fromCapitals(shorten(name, by: common))
    }
    if let prefix = prefixes.filter({ name.hasPrefix($0) && name != $0 })
      .max(by: { $0.count < $1.count })
    {
      return SwiftNames.lowerCamel(String(name.dropFirst(prefix.count)))
    }
    return SwiftNames.lowerCamel(name)
  }

  /// The words, each with its underscore, that all names begin with.
  private static func commonWords(_ names: [String]) -> String {
    guard names.count > 1, var common = names.first else { return "" }
    for name in names.dropFirst() { common = common.commonPrefix(with: name) }
    guard let end = common.lastIndex(of: "_") else { return "" }
    return String(common[...end])
  }

  /// Drops the common words, but keeps one where the rest would not start with a letter.
  private static func shorten(_ name: String, by common: String) -> String {
    var drop = common
    while !drop.isEmpty {
      let rest = name.dropFirst(drop.count)
      if let first = rest.first, !first.isNumber { return String(rest) }
      drop = drop.dropLast().lastIndex(of: "_").map { String(drop[...$0]) } ?? ""
    }
    return name
  }
}

extension String {
  /// The standard library has this only with Foundation.
  fileprivate func commonPrefix(with other: String) -> String {
    String(zip(self, other).prefix { $0 == $1 }.map(\.0))
  }
}
