import HeaderModel

/// Turns macros into flags and constants.
///
/// A macro whose value differs between releases, such as a version, is no constant of a module for
/// all releases. Macros that are no constant expression at all are counted, not listed one by one,
/// unless they look like a value that a user would want.
struct PlanConstants {
  private(set) var flags: [FlagPlan] = []
  private(set) var constants: [ConstantPlan] = []
  private(set) var skipped: [Diagnostic] = []

  init(_ merged: MergedReleases, profile: VendorProfile, types: MapTypes) {
    let history = merged.history(\.macros) { _, macro in macro.name }
    let own = Self.ownPrefixes(profile)
    var taken = Set(profile.versionedStructures.map(\.initializer))
    for group in profile.flags {
      let except = Set(group.except)
      let names = history.keys.filter { $0.hasPrefix(group.prefix) && !except.contains($0) }
      taken.formUnion(names)
      flags.append(Self.flags(group, names.sorted(by: byBytes), history, merged))
    }
    guard profile.functions.only.isEmpty else { return }
    let functions = Set(merged.tables.flatMap { $0.header.functions.map(\.name) })
    for name in history.keys.sorted(by: byBytes) where !taken.contains(name) {
      guard let occurrences = history[name], let newest = occurrences.last?.item,
        isIdentifier(name), own.contains(where: { name.hasPrefix($0) })
      else { continue }
      // A renamed function, an attribute or a guard is no value.
      guard newest.parameters == nil, !newest.body.isEmpty, !functions.contains(newest.body) else {
        continue
      }
      let values = Set(occurrences.map(\.item.value))
      if let value = newest.value, values.count == 1 {
        // A null pointer needs no name of its own.
        guard let form = Self.literal(value, types) else { continue }
        constants.append(
          ConstantPlan(
            cName: name, swiftName: Self.swiftName(name, own), swiftType: form.type,
            value: form.value, body: Documentation.line(newest.body),
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

  /// `NCCL_` beside `nccl`: macros carry the vendor's prefix in capitals.
  private static func ownPrefixes(_ profile: VendorProfile) -> [String] {
    profile.functions.prefixes.flatMap { prefix in
      [prefix, prefix.uppercased() + (prefix.hasSuffix("_") ? "" : "_")]
    }
  }

  private static func swiftName(_ name: String, _ prefixes: [String]) -> String {
    let prefix = prefixes.filter { name.hasPrefix($0) && name != $0 }.max { $0.count < $1.count }
    let stem = String(name.dropFirst(prefix?.count ?? 0))
    guard let first = stem.first, !first.isNumber else { return SwiftNames.fromCapitals(name) }
    return SwiftNames.isCapitals(stem)
      ? SwiftNames.fromCapitals(stem) : SwiftNames.lowerCamel(stem)
  }

  private static func flags(
    _ group: VendorProfile.FlagGroup, _ names: [String],
    _ history: [String: [(table: Int, item: Macro)]], _ merged: MergedReleases
  ) -> FlagPlan {
    var members: [FlagPlan.Member] = []
    var rawType = "Int32"
    for name in names {
      guard let occurrences = history[name],
        case .integer(let value, let type)? = occurrences.last?.item.value
      else { continue }
      if type == .scalar(.unsignedInt) { rawType = "UInt32" }
      members.append(
        FlagPlan.Member(
          cName: name, swiftName: swiftName(name, [group.prefix]), value: value,
          availability: merged.availability(occurrences.map(\.table))))
    }
    members.sort { ($0.value, $0.cName) < ($1.value, $1.cName) }
    return FlagPlan(
      swiftName: group.name, rawType: rawType, prefix: group.prefix, members: members)
  }

  /// A value as Swift spells it, with its type.
  private static func literal(
    _ value: MacroValue, _ types: MapTypes
  ) -> (type: String, value: String)? {
    switch value {
    case .integer(let number, let type):
      guard case .scalar(let scalar) = type.unqualified, !scalar.isFloating else {
        guard case .typedef(let name) = type.unqualified, types.usedHandles.contains(name),
          let bits = UInt(exactly: number)
        else { return nil }
        let handle = types.typeName(name)
        return (handle, "\(handle)(rawValue: UnsafeMutableRawPointer(bitPattern: \(bits) as UInt))")
      }
      let swift = MapTypes.scalar(scalar).swift
      return (swift, scalar == .bool ? (number == 0 ? "false" : "true") : String(number))
    case .floating(let number, let type):
      return (type.unqualified == .scalar(.float) ? "Float" : "Double", number.description)
    case .string(let text): return ("String", StringLiteral.swift(text))
    }
  }
}
