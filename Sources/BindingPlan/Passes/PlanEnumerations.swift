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
        types.usedEnumerations.contains(name) || profile.enumerations.contains(name)
          || wantsAll && !newest.item.isExternal
      else {
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
    for name in order where !sentinels.contains(name) && !isIdentifier(name) {
      skipped.append(
        Diagnostic(
          .warning, file: profile.vendor,
          "\(name) is not bound: its name is not a plain identifier", rule: "skip-enumerator"))
    }
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
    // Only old-style names are shortened by them.
    let common =
      enumerators.contains(where: SwiftNames.isCapitals) ? Self.commonWords(enumerators) : ""
    let prefixes = NamePrefixes(profile.functions.prefixes)
    var users: [String: Int] = [:]
    for name in enumerators {
      let swift =
        profile.names.enumerators[name]
        ?? Self.swiftName(
          name, given: profile.names.enumeratorPrefixes[enumeration], common: common, prefixes)
      names[name] = swift
      users[swift, default: 0] += 1
    }
    // Where shortening made two the same, neither is shortened.
    for name in enumerators where users[names[name] ?? "", default: 0] > 1 {
      names[name] = SwiftNames.member([SwiftNames.camel(name)]) ?? name
    }
  }

  subscript(name: String) -> String { names[name] ?? name }

  /// The best that can be one: without the profile's prefix, without the words that all have in
  /// common or without the vendor's prefix, whole.
  private static func swiftName(
    _ name: String, given: String?, common: String, _ prefixes: NamePrefixes
  ) -> String {
    if let given, name.hasPrefix(given), name != given,
      let found = SwiftNames.member(SwiftNames.camel(String(name.dropFirst(given.count))))
    {
      return found
    }
    let short =
      SwiftNames.isCapitals(name)
      ? SwiftNames.fromCapitals(shorten(name, by: common))
      : prefixes.rest(of: name).map(SwiftNames.lowerCamel)
    return short.flatMap(SwiftNames.member) ?? SwiftNames.member(SwiftNames.camel(name)) ?? name
  }

  /// The words, each with its underscore, that all names begin with. Names are plain identifiers, so
  /// that their bytes are their characters.
  private static func commonWords(_ names: [String]) -> String {
    guard names.count > 1, let first = names.first else { return "" }
    var count = first.utf8.count
    for name in names.dropFirst() {
      var same = 0
      for (left, right) in zip(first.utf8.prefix(count), name.utf8) {
        guard left == right else { break }
        same += 1
      }
      count = same
    }
    let common = first.utf8.prefix(count)
    guard let end = common.lastIndex(of: UInt8(ascii: "_")) else { return "" }
    return String(Substring(common[...end]))
  }

  /// Drops the common words, but keeps one where the rest would not start with a letter.
  private static func shorten(_ name: String, by common: String) -> String {
    var count = common.utf8.count
    while count > 0 {
      let rest = name.utf8.dropFirst(count)
      if let first = rest.first, first < UInt8(ascii: "0") || first > UInt8(ascii: "9") {
        return String(Substring(rest))
      }
      let shorter = common.utf8.prefix(count - 1)
      guard let end = shorter.lastIndex(of: UInt8(ascii: "_")) else { break }
      count = shorter.distance(from: shorter.startIndex, to: end) + 1
    }
    return name
  }
}
