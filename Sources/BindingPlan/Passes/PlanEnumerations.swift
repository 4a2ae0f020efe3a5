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

  /// An enumerator as the newest release has it, and the releases that have one of its name.
  private struct Found {
    let newest: Enumerator
    var tables: [Int]
    /// What it has been in older releases.
    var otherValues: Set<Int128> = []
  }

  private mutating func enumerators(
    _ name: String, _ occurrences: [(table: Int, item: Enumeration)]
  ) -> [EnumeratorPlan] {
    let found = Self.merge(occurrences)
    let sentinels = Set(profile.sentinels)
    let kept = found.filter {
      !sentinels.contains($0.newest.name) && isIdentifier($0.newest.name)
    }
    for name in found.lazy.map(\.newest.name)
    where !sentinels.contains(name) && !isIdentifier(name) {
      skipped.append(
        Diagnostic(
          .warning, file: profile.vendor,
          "\(name) is not bound: its name is not a plain identifier", rule: "skip-enumerator"))
    }
    let swiftNames = EnumeratorNames(
      enumeration: name, enumerators: kept.map(\.newest.name), profile: profile
    ).names
    var byValue: [Int128: String] = [:]
    var plans: [EnumeratorPlan] = []
    plans.reserveCapacity(kept.count)
    for (enumerator, swiftName) in zip(kept, swiftNames) {
      let newest = enumerator.newest
      guard enumerator.otherValues.isEmpty else {
        let values = enumerator.otherValues.union([newest.value]).sorted().map(String.init)
        skipped.append(
          Diagnostic(
            .warning, file: profile.vendor,
            "\(newest.name) is not bound: its value differs between releases "
              + "(\(values.joined(separator: ", ")))",
            rule: "skip-renumbered", help: "name it under \"sentinels\" if it is a count"))
        continue
      }
      let first = byValue[newest.value]
      if first == nil { byValue[newest.value] = swiftName }
      plans.append(
        EnumeratorPlan(
          cName: newest.name, swiftName: swiftName, value: newest.value, aliasOf: first,
          doc: Documentation.lines(newest.doc),
          availability: merged.availability(enumerator.tables)))
    }
    return plans
  }

  /// Newest first, so that its order leads and what older ones had follows.
  private static func merge(_ occurrences: [(table: Int, item: Enumeration)]) -> [Found] {
    guard let newest = occurrences.last else { return [] }
    var found = newest.item.enumerators.map { Found(newest: $0, tables: [newest.table]) }
    guard occurrences.count > 1 else { return found }
    var places = Dictionary(
      found.enumerated().map { ($1.newest.name, $0) }, uniquingKeysWith: { first, _ in first })
    for (table, enumeration) in occurrences.dropLast().reversed() {
      for enumerator in enumeration.enumerators {
        guard let place = places[enumerator.name] else {
          places[enumerator.name] = found.count
          found.append(Found(newest: enumerator, tables: [table]))
          continue
        }
        found[place].tables.append(table)
        if enumerator.value != found[place].newest.value {
          found[place].otherValues.insert(enumerator.value)
        }
      }
    }
    return found
  }
}

/// The Swift names of one enumeration's enumerators, in their order.
private struct EnumeratorNames {
  private(set) var names: [String]

  init(enumeration: String, enumerators: [String], profile: VendorProfile) {
    // Only old-style names are shortened by them.
    let common =
      enumerators.contains(where: SwiftNames.isCapitals) ? Self.commonWords(enumerators) : ""
    let prefixes = NamePrefixes(profile.functions.prefixes)
    var users: [String: Int] = [:]
    names = enumerators.map { name in
      profile.names.enumerators[name]
        ?? Self.swiftName(
          name, given: profile.names.enumeratorPrefixes[enumeration], common: common, prefixes)
    }
    for name in names { users[name, default: 0] += 1 }
    guard users.count < names.count else { return }
    // Where shortening made two the same, neither is shortened.
    for (index, name) in enumerators.enumerated() where users[names[index], default: 0] > 1 {
      names[index] = SwiftNames.member([SwiftNames.camel(name)]) ?? name
    }
  }

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
