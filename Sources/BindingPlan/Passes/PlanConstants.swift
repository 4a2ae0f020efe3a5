import HeaderModel

/// Turns macros into flags and constants, and the values of nameless enumerations into constants.
///
/// A macro whose value differs between releases, such as a version, is no constant of a module for
/// all releases. Macros that are no constant expression at all are counted, not listed one by one,
/// unless they look like a value that a user would want.
struct PlanConstants {
  private(set) var flags: [FlagPlan] = []
  private(set) var constants: [ConstantPlan] = []
  private(set) var skipped: [Diagnostic] = []

  /// `functions` are the names under which functions are bound; macros give some of them.
  init(
    _ merged: MergedReleases, profile: VendorProfile, types: MapTypes, functions: Set<String>
  ) {
    let history = merged.history(\.macros) { _, macro in macro.name }
    let own = Self.ownPrefixes(profile)
    var taken = Set(profile.versionedStructures.map(\.initializer))
    for group in profile.flags {
      let except = Set(group.except)
      let names = history.keys.filter { $0.hasPrefix(group.prefix) && !except.contains($0) }
      taken.formUnion(names)
      addFlags(
        group, types.flagIntegers[group.name], names.sorted(by: byBytes), history, merged,
        profile.vendor)
    }
    guard profile.functions.only.isEmpty else { return }
    defer {
      constants.sort { byBytes($0.cName, $1.cName) }
      separateNames(profile.vendor)
    }
    addNameless(merged, own, profile.vendor)
    let declared = Set(merged.tables.flatMap { $0.header.functions.map(\.name) })
    for name in history.keys.sorted(by: byBytes) where !taken.contains(name) {
      guard let occurrences = history[name], let newest = occurrences.last?.item,
        isIdentifier(name), own.contains(where: { name.hasPrefix($0) })
      else { continue }
      // A renamed function, an attribute or a guard is no value, nor is a macro of its own name, by
      // which headers let `#ifdef` see an enumerator.
      guard newest.parameters == nil, !newest.body.isEmpty, newest.body != name,
        !declared.contains(newest.body), !functions.contains(name)
      else { continue }
      let values = Set(occurrences.map(\.item.value))
      if let value = newest.value, values.count == 1 {
        // A null pointer needs no name of its own.
        if case .integer(0, let type) = value, Self.isPointer(type, merged, occurrences) {
          continue
        }
        guard let form = Self.literal(value, types, merged, occurrences) else {
          skipped.append(
            Diagnostic(
              .note, file: profile.vendor,
              "\(name) is not bound: its value has no counterpart in Swift", rule: "skip-macro"))
          continue
        }
        constants.append(
          ConstantPlan(
            cName: name, swiftName: Self.swiftName(name, own), swiftType: form.type,
            value: form.value, declaration: Documentation.line("#define \(name) \(newest.body)"),
            availability: merged.availability(occurrences.map(\.table))))
      } else {
        skipped.append(
          Diagnostic(
            .note, file: profile.vendor,
            "\(name) is not bound: "
              + (values.contains(nil)
                ? "it is not a constant expression" : "its value differs between releases"),
            rule: "skip-macro"))
      }
    }
  }

  /// Where shortening made two names the same, neither is shortened; what is the same even then
  /// cannot be told apart in Swift.
  private mutating func separateNames(_ vendor: String) {
    let users = Dictionary(grouping: constants, by: \.swiftName).mapValues(\.count)
    var taken: Set<String> = []
    for index in constants.indices {
      if users[constants[index].swiftName, default: 0] > 1 {
        constants[index].swiftName = Self.swiftName(constants[index].cName, [])
      }
    }
    constants.removeAll { constant in
      guard !taken.insert(constant.swiftName).inserted else { return false }
      skipped.append(
        Diagnostic(
          .note, file: vendor,
          "\(constant.cName) is not bound: another is \(constant.swiftName) in Swift",
          rule: "name-clash"))
      return true
    }
  }

  /// A nameless enumeration is a way to write constants; with `only` nothing asks for them.
  private mutating func addNameless(_ merged: MergedReleases, _ own: [String], _ vendor: String) {
    var found: [String: [(table: Int, item: Enumerator)]] = [:]
    var types: [String: CType] = [:]
    for (index, table) in merged.tables.enumerated() {
      for enumeration in table.header.enumerations
      where !enumeration.isExternal && enumeration.isNameless {
        for enumerator in enumeration.enumerators {
          found[enumerator.name, default: []].append((index, enumerator))
          types[enumerator.name] = enumeration.underlying
        }
      }
    }
    for name in found.keys.sorted(by: byBytes) {
      guard let occurrences = found[name], let newest = occurrences.last?.item,
        let type = types[name], case .scalar(let scalar) = type, isIdentifier(name),
        own.contains(where: { name.hasPrefix($0) })
      else { continue }
      guard Set(occurrences.map(\.item.value)).count == 1 else {
        skipped.append(
          Diagnostic(
            .note, file: vendor, "\(name) is not bound: its value differs between releases",
            rule: "skip-renumbered"))
        continue
      }
      // In C an enumerator is an int wherever it fits.
      let fits = Int32(exactly: newest.value) != nil
      constants.append(
        ConstantPlan(
          cName: name, swiftName: Self.swiftName(name, own),
          swiftType: fits ? "Int32" : MapTypes.scalar(scalar).swift, value: String(newest.value),
          declaration: "enum { \(name) = \(newest.value) }",
          availability: merged.availability(occurrences.map(\.table))))
    }
  }

  /// `NCCL_` beside `nccl`: macros carry the vendor's prefix in capitals.
  private static func ownPrefixes(_ profile: VendorProfile) -> [String] {
    profile.functions.prefixes.flatMap { prefix in
      [prefix, prefix.uppercased() + (prefix.hasSuffix("_") ? "" : "_")]
    }
  }

  private static func swiftName(_ name: String, _ prefixes: [String]) -> String {
    let stem = NamePrefixes(prefixes).rest(of: name) ?? name
    return SwiftNames.member([SwiftNames.camel(stem), SwiftNames.camel(name)]) ?? name
  }

  private mutating func addFlags(
    _ group: VendorProfile.FlagGroup, _ integer: String?, _ names: [String],
    _ history: [String: [(table: Int, item: Macro)]], _ merged: MergedReleases, _ vendor: String
  ) {
    var members: [FlagPlan.Member] = []
    var isUnsigned = false
    for name in names {
      guard let occurrences = history[name],
        case .integer(let value, let type)? = occurrences.last?.item.value
      else { continue }
      guard Set(occurrences.map(\.item.value)).count == 1 else {
        skipped.append(
          Diagnostic(
            .warning, file: vendor, "\(name) is not bound: its value differs between releases",
            rule: "skip-renumbered"))
        continue
      }
      if type == .scalar(.unsignedInt) { isUnsigned = true }
      members.append(
        FlagPlan.Member(
          cName: name, swiftName: Self.swiftName(name, [group.prefix]), value: value,
          availability: merged.availability(occurrences.map(\.table))))
    }
    Self.separateNames(&members)
    members.sort { $0.value != $1.value ? $0.value < $1.value : byBytes($0.cName, $1.cName) }
    flags.append(
      FlagPlan(
        swiftName: group.name, rawType: integer ?? (isUnsigned ? "UInt32" : "Int32"),
        prefix: group.prefix, members: members))
  }

  /// The same for flags, of which none is left out.
  private static func separateNames(_ members: inout [FlagPlan.Member]) {
    let users = Dictionary(grouping: members, by: \.swiftName).mapValues(\.count)
    var taken: Set<String> = []
    for index in members.indices {
      if users[members[index].swiftName, default: 0] > 1 {
        members[index].swiftName = swiftName(members[index].cName, [])
      }
      while !taken.insert(members[index].swiftName).inserted { members[index].swiftName += "_" }
    }
  }

  /// The type at the end of the typedefs, as the newest release has them.
  private static func resolve(
    _ type: CType, _ merged: MergedReleases, _ occurrences: [(table: Int, item: Macro)]
  ) -> CType {
    occurrences.last.map { merged.tables[$0.table].resolve(type) } ?? type.unqualified
  }

  /// A null pointer needs no name of its own.
  private static func isPointer(
    _ type: CType, _ merged: MergedReleases, _ occurrences: [(table: Int, item: Macro)]
  ) -> Bool {
    if case .pointer = resolve(type, merged, occurrences) { true } else { false }
  }

  /// A value as Swift spells it, with its type.
  private static func literal(
    _ value: MacroValue, _ types: MapTypes, _ merged: MergedReleases,
    _ occurrences: [(table: Int, item: Macro)]
  ) -> (type: String, value: String)? {
    switch value {
    case .integer(let number, let type):
      if case .typedef(let name) = type.unqualified, types.usedHandles.contains(name),
        let bits = UInt(exactly: number)
      {
        let handle = types.typeName(name)
        return (handle, "\(handle)(rawValue: UnsafeMutableRawPointer(bitPattern: \(bits) as UInt))")
      }
      guard case .scalar(let scalar) = resolve(type, merged, occurrences), !scalar.isFloating else {
        return nil
      }
      let swift = MapTypes.scalar(scalar).swift
      return (swift, scalar == .bool ? (number == 0 ? "false" : "true") : String(number))
    case .floating(let number, let type):
      guard number.isFinite else { return nil }
      return (type.unqualified == .scalar(.float) ? "Float" : "Double", number.description)
    case .string(let text): return ("String", StringLiteral.swift(text))
    }
  }
}

extension Enumeration {
  /// Has neither a tag nor a typedef: the reader named it after its first enumerator.
  fileprivate var isNameless: Bool { !hasTag && !isIdentifier(name) }
}
