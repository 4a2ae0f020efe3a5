import HeaderModel

/// Gives every C type its form in the generated header and in Swift, and remembers what it used:
/// the enumerations, handles, records and callbacks that must be generated.
///
/// Typedefs are looked through, but for the standard integers, handles and enumerations: those are
/// what a reader knows the type by.
struct MapTypes {
  private(set) var usedEnumerations: Set<String> = []
  private(set) var usedHandles: Set<String> = []
  private(set) var usedRecords: Set<String> = []
  private(set) var callbacks: [String: CallbackPlan] = [:]
  /// The integer type of each group of flags: that of the parameter or field that was first.
  private(set) var flagIntegers: [String: String] = [:]

  /// Headers use few types very often.
  private var known: [Key: MappedType] = [:]

  private struct Key: Hashable {
    var type: CType
    var table: Int
  }

  private let merged: MergedReleases
  private let profile: VendorProfile
  private let prefixes: NamePrefixes
  private let cPrefix: String
  private let layouts: RecordLayouts
  private let versioned: Set<String>
  private let flagTypes: [String: VendorProfile.FlagGroup]
  /// The integer type of every enumeration, after the newest release that has it: its signedness may
  /// change between releases, which the calling convention does not see.
  private let underlying: [String: CType]

  init(_ merged: MergedReleases, profile: VendorProfile, layouts: RecordLayouts, cPrefix: String) {
    self.merged = merged
    self.profile = profile
    prefixes = NamePrefixes(profile.functions.prefixes + [profile.typePrefix])
    self.layouts = layouts
    self.cPrefix = cPrefix
    versioned = Set(profile.versionedStructures.map(\.type))
    flagTypes = Dictionary(
      profile.flags.flatMap { group in group.parameters.map { ($0, group) } },
      uniquingKeysWith: { first, _ in first })
    underlying = merged.history(\.enumerations) { table, enumeration in
      table.name(of: .enumeration(enumeration.name))
    }.compactMapValues { $0.last?.item.underlying }
  }

  /// A type by itself.
  mutating func map(_ type: CType, in table: Int) -> MappedType { mapWhole(type, in: table) }

  /// The type of a parameter or field, which may hold flags.
  mutating func map(
    _ type: CType, in table: Int, name: String, owner: String
  ) -> MappedType {
    flagged(mapWhole(type, in: table), type, in: table, name: name, owner: owner)
  }

  /// The flags' type in the place of an integer; flags are recognised by the name of what holds
  /// them, alone or as `owner.name`.
  mutating func flagged(
    _ mapped: MappedType, _ type: CType, in table: Int, name: String, owner: String
  ) -> MappedType {
    guard !flagTypes.isEmpty, mapped.form == .plain,
      let group = flagTypes[name] ?? flagTypes["\(owner).\(name)"],
      case .scalar = merged.tables[table].resolve(type)
    else { return mapped }
    let integer = flagIntegers[group.name, default: mapped.raw]
    // Where the same flags stand in another integer, the bare integer is all that fits both.
    guard integer == mapped.raw else { return mapped }
    flagIntegers[group.name] = integer
    return mapped.renamed(group.name, form: .wrapped)
  }

  private mutating func mapWhole(_ type: CType, in table: Int) -> MappedType {
    let key = Key(type: type, table: table)
    if let mapped = known[key] { return mapped }
    let mapped = make(type, in: table)
    known[key] = mapped
    return mapped
  }

  private mutating func make(_ type: CType, in table: Int) -> MappedType {
    let types = merged.tables[table]
    if let standard = standardInteger(type) { return standard }
    if let handle = handleName(type, types) {
      usedHandles.insert(handle)
      return MappedType(
        c: "void *_Nullable", swift: typeName(handle), raw: "UnsafeMutableRawPointer?", zero: "nil",
        form: .wrapped)
    }
    switch types.resolve(type) {
    case .void: return MappedType(c: "void", swift: "Void", raw: "Void", zero: "()", form: .plain)
    case .scalar(let scalar): return Self.scalar(scalar)
    case .enumeration:
      guard let name = types.name(of: type), let underlying = underlying[name] else {
        return Self.rawPointer
      }
      usedEnumerations.insert(name)
      return map(underlying, in: table).renamed(typeName(name), form: .wrapped)
    case .record:
      guard let name = types.name(of: type), let emitted = layouts.emittedName(name, in: table)
      else { return Self.rawPointer }
      usedRecords.insert(name)
      let swift = layouts.isSingle(name) ? typeName(name) : emitted
      return MappedType(
        c: emitted, swift: swift, raw: swift, zero: "\(swift)()", form: .plain)
    case .pointer(let target), .array(let target, _): return pointer(to: target, in: table)
    // As a parameter it is a pointer to the function.
    case .function(let result, let parameters, let isVariadic):
      return callback(type, result, parameters, isVariadic, in: table)
    // `SelectFunctions` refused these where they matter; in a record they are only bytes.
    case .typedef, .qualified, .unsupported: return Self.rawPointer
    }
  }

  /// A pointer to `target`, typed where that says more than "some memory".
  private mutating func pointer(to target: CType, in table: Int) -> MappedType {
    let types = merged.tables[table]
    let isConst = types.isConst(target)
    switch types.resolve(target) {
    case .void, .array, .typedef, .qualified, .unsupported: return Self.rawPointer(isConst: isConst)
    case .function(let result, let parameters, let isVariadic):
      return callback(target, result, parameters, isVariadic, in: table)
    case .record:
      // Where the layout depends on the release a typed pointer would lie for all but one.
      guard let name = types.name(of: target), let layout = types.record(target)?.layout,
        layouts.isSingle(name), !versioned.contains(name), !layout.isOverAligned
      else { return Self.rawPointer(isConst: isConst) }
    case .scalar, .enumeration, .pointer: break
    }
    let element = map(target, in: table)
    let swift = "\(isConst ? "UnsafePointer" : "UnsafeMutablePointer")<\(element.raw)>?"
    let c = isConst ? Self.constant(element.c) : element.c
    return MappedType(c: "\(c) *_Nullable", swift: swift, raw: swift, zero: "nil", form: .plain)
  }

  /// `const` goes in front of a plain type and behind a pointer.
  private static func constant(_ c: String) -> String {
    c.hasSuffix("_Nullable") ? "\(c) const" : "const \(c)"
  }

  private mutating func callback(
    _ target: CType, _ result: CType, _ parameters: [CType], _ isVariadic: Bool, in table: Int
  ) -> MappedType {
    let types = merged.tables[table]
    guard case .typedef(let name)? = callbackTypedef(target, types), !isVariadic,
      types.obstacle(result) == nil, parameters.allSatisfy({ types.obstacle($0) == nil })
    else { return Self.rawPointer }
    let emitted = cPrefix + name
    let arguments = parameters.map { map($0, in: table).c }
    let declaration =
      "\(map(result, in: table).c) (*\(emitted))(\(arguments.isEmpty ? "void" : arguments.joined(separator: ", ")))"
    callbacks[name] = CallbackPlan(
      cName: name, emittedName: emitted, declaration: declaration,
      signature: CDeclaration.text(
        .pointer(.function(result: result, parameters: parameters, isVariadic: false)), name))
    return MappedType(
      c: "\(emitted) _Nullable", swift: "\(emitted)?", raw: "\(emitted)?", zero: "nil", form: .plain
    )
  }

  /// The typedef that names a function or a pointer to it; callbacks are generated by that name.
  private func callbackTypedef(_ target: CType, _ types: TypeTable) -> CType? {
    if case .typedef = target.unqualified { return target.unqualified }
    return types.header.typedefs.first { $0.type.unqualified == .pointer(target) }
      .map { .typedef($0.name) }
  }

  /// The handle typedef that a type is spelled with, if it is one.
  private func handleName(_ type: CType, _ types: TypeTable) -> String? {
    var type = type.unqualified
    for _ in 0..<64 {
      guard case .typedef(let name) = type, let typedef = types.typedef(named: name) else {
        return nil
      }
      if profile.handles.contains(name) || types.isOpaqueHandle(typedef) { return name }
      type = typedef.type.unqualified
    }
    return nil
  }

  /// The Swift name of a C type.
  func typeName(_ cName: String) -> String {
    if let name = profile.names.types[cName] { return name }
    let stem = cName.hasSuffix("_t") ? String(cName.dropLast(2)) : cName
    return profile.typePrefix + SwiftNames.upperCamel(prefixes.rest(of: stem) ?? stem)
  }

  private static let rawPointer = rawPointer(isConst: false)

  private static func rawPointer(isConst: Bool) -> MappedType {
    let swift = isConst ? "UnsafeRawPointer?" : "UnsafeMutableRawPointer?"
    return MappedType(
      c: isConst ? "const void *_Nullable" : "void *_Nullable", swift: swift, raw: swift,
      zero: "nil", form: .plain)
  }

  /// Typedefs of the C library whose size the header's author meant.
  private func standardInteger(_ type: CType) -> MappedType? {
    guard case .typedef(let name) = type.unqualified else { return nil }
    let swift: String
    switch name {
    case "size_t", "ssize_t", "intptr_t", "ptrdiff_t": swift = "Int"
    case "uintptr_t": swift = "UInt"
    case "int8_t": swift = "Int8"
    case "int16_t": swift = "Int16"
    case "int32_t": swift = "Int32"
    case "int64_t": swift = "Int64"
    case "uint8_t": swift = "UInt8"
    case "uint16_t": swift = "UInt16"
    case "uint32_t": swift = "UInt32"
    case "uint64_t": swift = "UInt64"
    default: return nil
    }
    // ssize_t is POSIX, not C; intptr_t has its size and signedness.
    let c = name == "ssize_t" ? "intptr_t" : name
    return MappedType(c: c, swift: swift, raw: swift, zero: "0", form: .plain)
  }

  static func scalar(_ scalar: CType.Scalar) -> MappedType {
    let swift =
      switch scalar {
      case .bool: "Bool"
      case .char: "CChar"
      case .signedChar: "Int8"
      case .unsignedChar: "UInt8"
      case .short: "Int16"
      case .unsignedShort: "UInt16"
      case .int: "Int32"
      case .unsignedInt: "UInt32"
      case .long: "Int"
      case .unsignedLong: "UInt"
      case .longLong: "Int64"
      case .unsignedLongLong: "UInt64"
      case .float: "Float"
      case .double: "Double"
      }
    return MappedType(
      c: scalar.rawValue, swift: swift, raw: swift, zero: scalar == .bool ? "false" : "0",
      form: .plain)
  }
}
