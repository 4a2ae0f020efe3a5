import HeaderModel

/// Turns the selected functions into table slots and Swift methods.
///
/// Releases whose function has the same symbol and calling convention share a slot; another
/// convention opens one more. Methods are spelled after the newest release. Variants whose
/// parameters only grow at the end by defaulted ones share a method, others get one each.
struct PlanFunctions {
  private(set) var slots: [SlotPlan] = []
  private(set) var functions: [FunctionPlan] = []

  /// Headers use few parameter names very often.
  private var parameterNames: [String: ParameterName] = [:]

  private let merged: MergedReleases
  private let profile: VendorProfile
  private let structures: Set<String>
  private let prefixes: NamePrefixes

  /// A class, like a variant: one reference to count where a copy would count several.
  private final class ParameterName {
    let swift: String
    let escaped: String

    init(_ swift: String) {
      self.swift = swift
      escaped = SwiftNames.escaped(swift)
    }
  }

  private final class Variant {
    let symbol: String
    let abi: String
    var tables: [Int]
    /// The newest release's declaration.
    var function: Function
    /// Of the parameters.
    var types: [MappedType] = []
    var slot = 0

    init(_ symbol: String, _ occurrence: SelectFunctions.Occurrence) {
      self.symbol = symbol
      abi = occurrence.abi
      tables = [occurrence.table]
      function = occurrence.function
    }
  }

  init(
    _ selected: [String: [SelectFunctions.Occurrence]], _ merged: MergedReleases,
    profile: VendorProfile, types: inout MapTypes
  ) {
    self.merged = merged
    self.profile = profile
    structures = Set(profile.versionedStructures.map(\.type))
    prefixes = NamePrefixes(profile.functions.prefixes)
    slots.reserveCapacity(selected.count)
    functions.reserveCapacity(selected.count)
    for (name, occurrences) in selected.sorted(by: { byBytes($0.key, $1.key) }) {
      add(name, occurrences, &types)
    }
  }

  private mutating func add(
    _ name: String, _ occurrences: [SelectFunctions.Occurrence], _ types: inout MapTypes
  ) {
    var variants: [Variant] = []
    for occurrence in occurrences {
      let symbol = occurrence.function.symbol
      if let variant = variants.first(where: { $0.symbol == symbol && $0.abi == occurrence.abi }) {
        variant.tables.append(occurrence.table)
        variant.function = occurrence.function
      } else {
        variants.append(Variant(symbol, occurrence))
      }
    }
    if variants.count > 1 {
      variants.sort { ($0.symbol, $0.tables[0]) < ($1.symbol, $1.tables[0]) }
    }
    let first = slots.count
    for variant in variants {
      variant.slot = slots.count
      let table = variant.tables.last ?? 0
      variant.types = variant.function.parameters.map { types.map($0.type, in: table) }
      slots.append(slot(variant, of: variants, &types))
    }
    guard let newest = variants.max(by: { ($0.tables.last ?? 0) < ($1.tables.last ?? 0) }) else {
      return
    }
    let swiftName = swiftName(name)
    functions.append(
      FunctionPlan(
        cName: name, swiftName: swiftName, doc: Documentation.lines(newest.function.doc),
        availability: merged.availability(variants.lazy.flatMap(\.tables)),
        slots: first..<slots.count, wrappers: wrappers(name, swiftName, variants, &types)))
  }

  private func slot(
    _ variant: Variant, of variants: [Variant], _ types: inout MapTypes
  ) -> SlotPlan {
    let table = variant.tables.last ?? 0
    var field = variant.symbol
    var flavours: [String] = []
    let siblings = variants.count == 1 ? variants : variants.filter { $0.symbol == variant.symbol }
    if siblings.count > 1 {
      let first = merged.tables[variant.tables[0]].header.identifier
      field += "_\(SwiftNames.suffix(first))"
      flavours = Set(variant.tables.compactMap { merged.tables[$0].header.flavour })
        .sorted(by: byBytes)
    }
    var declaration: [UInt8] = []
    declaration.reserveCapacity(128)
    declaration += types.map(variant.function.result, in: table).c
    declaration += " (*_Nullable "
    declaration += field
    declaration += ")("
    for (index, type) in variant.types.enumerated() {
      if index > 0 { declaration += ", " }
      declaration += type.c
    }
    declaration += variant.types.isEmpty ? "void)" : ")"
    return SlotPlan(
      index: variant.slot, field: field, symbol: variant.symbol,
      variant: siblings.firstIndex { $0.abi == variant.abi } ?? 0,
      availability: merged.availability(variant.tables), flavours: flavours,
      declaration: String(decoding: declaration, as: UTF8.self),
      signature: CDeclaration.text(variant.function))
  }

  // MARK: Methods

  private mutating func wrappers(
    _ name: String, _ swiftName: String, _ variants: [Variant], _ types: inout MapTypes
  ) -> [WrapperPlan] {
    var wrappers: [WrapperPlan] = []
    var longestFirst = variants
    if variants.count > 1 {
      // So that shorter ones find what they can be folded into.
      longestFirst.sort {
        ($0.function.parameters.count, $0.tables[0])
          > ($1.function.parameters.count, $1.tables[0])
      }
    }
    for variant in longestFirst {
      let arguments = arguments(name, variant, &types)
      if let index = wrappers.firstIndex(where: { canShare($0.arguments, arguments) }) {
        let dropped = wrappers[index].arguments[arguments.count...]
        wrappers[index].calls.append(
          CallPlan(
            field: slots[variant.slot].field, count: arguments.count, dropped: Array(dropped)))
        let slots = wrappers[index].slots
        wrappers[index].slots =
          min(slots.lowerBound, variant.slot)..<max(slots.upperBound, variant.slot + 1)
      } else {
        wrappers.append(
          WrapperPlan(
            swiftName: swiftName,
            arguments: arguments,
            returns: returns(variant, &types),
            calls: [
              CallPlan(field: slots[variant.slot].field, count: arguments.count, dropped: [])
            ], slots: variant.slot..<(variant.slot + 1)))
      }
    }
    return wrappers
  }

  private func canShare(_ long: [ParameterPlan], _ short: [ParameterPlan]) -> Bool {
    guard long.count >= short.count else { return false }
    return zip(long, short).allSatisfy { $0.swiftName == $1.swiftName && $0.type == $1.type }
      && long[short.count...].allSatisfy { $0.defaultValue != nil && !$0.isResult }
  }

  private mutating func arguments(
    _ function: String, _ variant: Variant, _ types: inout MapTypes
  ) -> [ParameterPlan] {
    let table = variant.tables.last ?? 0
    let results = profile.results[function] ?? profile.results[variant.symbol] ?? []
    var arguments: [ParameterPlan] = []
    arguments.reserveCapacity(variant.function.parameters.count)
    for (index, parameter) in variant.function.parameters.enumerated() {
      let cName = parameter.name ?? "argument\(index + 1)"
      var name = parameterName(cName) ?? ParameterName("argument\(index + 1)")
      // Two parameters may only differ in case or underscores.
      while arguments.contains(where: { $0.swiftName == name.swift }) {
        name = ParameterName(name.swift + String(index + 1))
      }
      let isResult = results.contains(cName)
      let structure = structureName(parameter.type, merged.tables[table])
      var type = types.flagged(
        variant.types[index], parameter.type, in: table, name: cName, owner: function)
      if let structure {
        type = type.renamed(types.typeName(structure) + (isResult ? "" : "?"))
      } else if isResult {
        type = pointee(parameter.type, in: table, &types) ?? type
      }
      arguments.append(
        ParameterPlan(
          cName: cName, swiftName: name.swift, escapedName: name.escaped, type: type,
          defaultValue: structure != nil && !isResult ? "nil" : profile.defaults[cName],
          isResult: isResult,
          isLate: isResult && type.isHandle && profile.lateResults.contains(function),
          isStructure: structure != nil))
    }
    return arguments
  }

  /// `nil` where nothing of the C name can stand in Swift.
  private mutating func parameterName(_ cName: String) -> ParameterName? {
    if let known = parameterNames[cName] { return known }
    let swift = profile.names.parameters[cName] ?? SwiftNames.member(SwiftNames.lowerCamel(cName))
    let name = swift.map { ParameterName($0) }
    parameterNames[cName] = name
    return name
  }

  /// What a result parameter points to.
  private func pointee(_ type: CType, in table: Int, _ types: inout MapTypes) -> MappedType? {
    guard case .pointer(let target) = merged.tables[table].resolve(type) else { return nil }
    if case .pointer(let text) = merged.tables[table].resolve(target),
      merged.tables[table].isConst(text),
      case .scalar(.char) = merged.tables[table].resolve(text)
    {
      return Self.text
    }
    return types.map(target, in: table)
  }

  /// The versioned structure that a parameter points to.
  private func structureName(_ type: CType, _ types: TypeTable) -> String? {
    guard !structures.isEmpty, case .pointer(let target) = types.resolve(type),
      case .typedef(let name) = target.unqualified, structures.contains(name)
    else { return nil }
    return name
  }

  private func returns(_ variant: Variant, _ types: inout MapTypes) -> ReturnPlan {
    let table = variant.tables.last ?? 0
    let result = variant.function.result
    if case .typedef(let name) = result.unqualified, name == profile.status?.type { return .status }
    switch merged.tables[table].resolve(result) {
    case .void: return .void
    case .pointer(let target)
    where merged.tables[table].isConst(target)
      && merged.tables[table].resolve(target) == .scalar(.char):
      return .value(Self.text)
    default: return .value(types.map(result, in: table))
    }
  }

  private static let text = MappedType(
    c: "const char *_Nullable", swift: "String", raw: "UnsafePointer<CChar>?", zero: "nil",
    form: .text)

  private func swiftName(_ name: String) -> String {
    if let given = profile.names.functions[name] { return given }
    if let rest = prefixes.rest(of: name),
      let short = SwiftNames.member(SwiftNames.lowerCamel(rest))
    {
      return short
    }
    return SwiftNames.member(SwiftNames.lowerCamel(name)) ?? name
  }
}
