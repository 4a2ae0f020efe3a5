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
  private var parameterNames: [String: String] = [:]

  private let merged: MergedReleases
  private let profile: VendorProfile
  private let structures: Set<String>

  private struct Variant {
    var symbol: String
    var abi: String
    var tables: [Int]
    /// The newest release's declaration.
    var function: Function
    /// Of the parameters.
    var types: [MappedType] = []
    var slot = 0
  }

  init(
    _ selected: [String: [SelectFunctions.Occurrence]], _ merged: MergedReleases,
    profile: VendorProfile, types: inout MapTypes
  ) {
    self.merged = merged
    self.profile = profile
    structures = Set(profile.versionedStructures.map(\.type))
    for name in selected.keys.sorted(by: byBytes) {
      add(name, selected[name] ?? [], &types)
    }
  }

  private mutating func add(
    _ name: String, _ occurrences: [SelectFunctions.Occurrence], _ types: inout MapTypes
  ) {
    var variants: [Variant] = []
    for occurrence in occurrences {
      let symbol = occurrence.function.symbol
      if let index = variants.firstIndex(where: {
        $0.symbol == symbol && $0.abi == occurrence.abi
      }) {
        variants[index].tables.append(occurrence.table)
        variants[index].function = occurrence.function
      } else {
        variants.append(
          Variant(
            symbol: symbol, abi: occurrence.abi, tables: [occurrence.table],
            function: occurrence.function))
      }
    }
    if variants.count > 1 {
      variants.sort { ($0.symbol, $0.tables[0]) < ($1.symbol, $1.tables[0]) }
    }
    let first = slots.count
    for index in variants.indices {
      variants[index].slot = slots.count
      let table = variants[index].tables.last ?? 0
      variants[index].types = variants[index].function.parameters.map {
        types.map($0.type, in: table)
      }
      slots.append(slot(variants, index, &types))
    }
    guard let newest = variants.max(by: { ($0.tables.last ?? 0) < ($1.tables.last ?? 0) }) else {
      return
    }
    functions.append(
      FunctionPlan(
        cName: name, swiftName: swiftName(name), doc: Documentation.lines(newest.function.doc),
        availability: merged.availability(variants.flatMap(\.tables)),
        slots: first..<slots.count, wrappers: wrappers(name, variants, &types)))
  }

  private func slot(
    _ variants: [Variant], _ index: Int, _ types: inout MapTypes
  ) -> SlotPlan {
    let variant = variants[index]
    let table = variant.tables.last ?? 0
    let parameters = variant.types.map(\.c)
    let result = types.map(variant.function.result, in: table).c
    var field = variant.symbol
    var flavours: [String] = []
    let siblings = variants.filter { $0.symbol == variant.symbol }
    if siblings.count > 1 {
      let first = merged.tables[variant.tables[0]].header.identifier
      field += "_\(SwiftNames.suffix(first))"
      flavours = Set(variant.tables.compactMap { merged.tables[$0].header.flavour })
        .sorted(by: byBytes)
    }
    return SlotPlan(
      index: variant.slot, field: field, symbol: variant.symbol,
      variant: siblings.firstIndex { $0.abi == variant.abi } ?? 0,
      availability: merged.availability(variant.tables), flavours: flavours,
      declaration:
        "\(result) (*_Nullable \(field))(\(parameters.isEmpty ? "void" : parameters.joined(separator: ", ")))",
      signature: CDeclaration.text(variant.function))
  }

  // MARK: Methods

  private mutating func wrappers(
    _ name: String, _ variants: [Variant], _ types: inout MapTypes
  ) -> [WrapperPlan] {
    var wrappers: [WrapperPlan] = []
    // The longest first, so that shorter ones find what they can be folded into.
    for variant in variants.sorted(by: {
      ($0.function.parameters.count, $0.tables[0]) > ($1.function.parameters.count, $1.tables[0])
    }) {
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
            swiftName: swiftName(name),
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
    _ name: String, _ variant: Variant, _ types: inout MapTypes
  ) -> [ParameterPlan] {
    let table = variant.tables.last ?? 0
    let results = profile.results[name] ?? profile.results[variant.symbol] ?? []
    var arguments: [ParameterPlan] = []
    arguments.reserveCapacity(variant.function.parameters.count)
    for (index, parameter) in variant.function.parameters.enumerated() {
      let cName = parameter.name ?? "argument\(index + 1)"
      var swiftName = parameterName(cName) ?? "argument\(index + 1)"
      // Two parameters may only differ in case or underscores.
      while arguments.contains(where: { $0.swiftName == swiftName }) {
        swiftName += String(index + 1)
      }
      let isResult = results.contains(cName)
      let structure = structureName(parameter.type, merged.tables[table])
      var type = types.flagged(
        variant.types[index], parameter.type, in: table, name: cName, owner: name)
      if let structure {
        type = type.renamed(types.typeName(structure) + (isResult ? "" : "?"))
      } else if isResult {
        type = pointee(parameter.type, in: table, &types) ?? type
      }
      arguments.append(
        ParameterPlan(
          cName: cName, swiftName: swiftName, type: type,
          defaultValue: structure != nil && !isResult ? "nil" : profile.defaults[cName],
          isResult: isResult, isStructure: structure != nil))
    }
    return arguments
  }

  /// `nil` where nothing of the C name can stand in Swift.
  private mutating func parameterName(_ cName: String) -> String? {
    if let known = parameterNames[cName] { return known }
    let name = profile.names.parameters[cName] ?? SwiftNames.member([SwiftNames.lowerCamel(cName)])
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
    let prefix =
      profile.functions.prefixes.filter { name.hasPrefix($0) && name != $0 }
      .max { $0.count < $1.count } ?? ""
    return SwiftNames.member([
      SwiftNames.lowerCamel(String(name.dropFirst(prefix.count))), SwiftNames.lowerCamel(name),
    ]) ?? name
  }
}
