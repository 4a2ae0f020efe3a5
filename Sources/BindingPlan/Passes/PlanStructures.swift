import HeaderModel

/// Works out how each versioned structure is laid out and stamped in every release.
///
/// The bits come from the header's own initialiser macro. The version that is stamped is that of
/// the header that the layout is from, never the loaded library's: the library reads the fields
/// that the stamp says are there.
struct PlanStructures {
  private(set) var structures: [StructurePlan] = []

  private let merged: MergedReleases
  private let profile: VendorProfile

  init(
    _ merged: MergedReleases, profile: VendorProfile, types: inout MapTypes
  ) throws(Diagnostic) {
    self.merged = merged
    self.profile = profile
    for structure in profile.versionedStructures {
      let plan = try plan(structure, &types)
      if !plan.stamps.isEmpty { structures.append(plan) }
    }
  }

  private func plan(
    _ structure: VendorProfile.VersionedStructure, _ types: inout MapTypes
  ) throws(Diagnostic) -> StructurePlan {
    let control = Set(
      [structure.sizeField, structure.magicField, structure.versionField].compactMap(\.self))
    var plan = StructurePlan(
      cName: structure.type, swiftName: types.typeName(structure.type), doc: [],
      availability: merged.availability([]), fields: [], layouts: [], stamps: [])
    let occurrences = merged.tables.indices.filter {
      merged.tables[$0].record(.typedef(structure.type))?.layout != nil
    }
    plan.availability = merged.availability(occurrences)
    let fields = StructureFields(
      structure, occurrences, merged, profile: profile, control: control, &types)
    plan.fields = fields.plans
    for table in occurrences {
      guard let record = merged.tables[table].record(.typedef(structure.type)),
        let layout = record.layout
      else { continue }
      plan.doc = Documentation.lines(record.doc)
      let initial = try initialBits(structure, layout, merged.tables[table])
      let planned = StructureLayoutPlan(
        size: layout.size, alignment: layout.alignment,
        entries: layout.fields.enumerated().map { index, field in
          let name = field.name ?? ""
          let width = merged.tables[table].width(of: field.type)
          let content: StructureLayoutPlan.Entry.Content =
            if name == structure.sizeField { .size } else if name == structure.versionField {
              .version
            } else if let number = fields.index[name] { .field(number) } else { .fixed }
          return .init(
            cName: name, offset: field.bitOffset / 8,
            width: width, content: content,
            initial: width < 8 ? initial[index] & (1 << (8 * width) - 1) : initial[index])
        })
      let number =
        plan.layouts.firstIndex { $0.key == planned.key }
        ?? {
          plan.layouts.append(planned)
          return plan.layouts.count - 1
        }()
      plan.stamps.append(
        (merged.tables[table].header.release, number, version(merged.tables[table].header)))
    }
    return plan
  }

  private func version(_ header: Header) -> Int {
    guard let name = profile.library.versionMacro,
      case .integer(let value, _)? = header.macros.first(where: { $0.name == name })?.value
    else { return 0 }
    return Int(truncatingIfNeeded: value)
  }

  /// The bits of each field as the initialiser macro gives them; fields that it leaves out are zero.
  private func initialBits(
    _ structure: VendorProfile.VersionedStructure, _ layout: Record.Layout, _ types: TypeTable
  ) throws(Diagnostic) -> [UInt64] {
    let header = types.header
    func failure(_ message: String) -> Diagnostic {
      Diagnostic(
        .error, file: "\(header.vendor) \(header.identifier)",
        "\(structure.initializer) does not initialise \(structure.type): \(message)",
        rule: "initializer", help: "see \"versionedStructures\" in \(profile.file)")
    }
    guard let macro = header.macros.first(where: { $0.name == structure.initializer }) else {
      throw failure("there is no such macro")
    }
    guard let items = Self.items(macro.body) else { throw failure("it is not a brace list") }
    guard items.count <= layout.fields.count else {
      throw failure("it has \(items.count) values for \(layout.fields.count) fields")
    }
    var bits: [UInt64] = []
    for (index, field) in layout.fields.enumerated() {
      let name = field.name ?? ""
      if index >= items.count || name == structure.sizeField || name == structure.versionField {
        bits.append(0)
      } else if let value = value(items[index], of: field.type, types) {
        bits.append(value)
      } else {
        throw failure("the value of \(name), \(items[index].joined(separator: " ")), is not known")
      }
    }
    return bits
  }

  /// The tokens between the braces, split at the outermost commas.
  private static func items(_ body: String) -> [[String]]? {
    let tokens = body.split(separator: " ").map(String.init)
    guard tokens.first == "{", tokens.last == "}" else { return nil }
    var items: [[String]] = []
    var item: [String] = []
    var depth = 0
    for token in tokens.dropFirst().dropLast() {
      if token == "," && depth == 0 {
        items.append(item)
        item = []
        continue
      }
      if token == "(" { depth += 1 } else if token == ")" { depth -= 1 }
      item.append(token)
    }
    // A trailing comma leaves nothing behind.
    if !item.isEmpty { items.append(item) }
    return items
  }

  /// A literal, the name of a macro or enumerator with a value, or NULL, as the field's bits.
  private func value(_ tokens: [String], of type: CType, _ types: TypeTable) -> UInt64? {
    let isNegative = tokens.first == "-"
    guard let token = (isNegative ? tokens.dropFirst() : tokens[...]).first,
      tokens.count == (isNegative ? 2 : 1)
    else { return nil }
    if token == "NULL" { return 0 }
    if let number = Self.integer(token) {
      return Self.bits(isNegative ? -number : number, of: type, types)
    }
    if let number = Self.floating(token) {
      return Self.bits(floating: isNegative ? -number : number, of: type, types)
    }
    if let macro = types.header.macros.first(where: { $0.name == token })?.value {
      switch macro {
      case .integer(let number, _): return Self.bits(isNegative ? -number : number, of: type, types)
      case .floating(let number, _):
        return Self.bits(floating: isNegative ? -number : number, of: type, types)
      case .string: return nil
      }
    }
    for enumeration in types.header.enumerations {
      if let found = enumeration.enumerators.first(where: { $0.name == token }) {
        return Self.bits(found.value, of: type, types)
      }
    }
    return nil
  }

  private static func bits(_ number: Int128, of type: CType, _ types: TypeTable) -> UInt64? {
    if case .scalar(let scalar) = types.resolve(type), scalar.isFloating {
      return bits(floating: Double(number), of: type, types)
    }
    return UInt64(truncatingIfNeeded: number)
  }

  private static func bits(floating: Double, of type: CType, _ types: TypeTable) -> UInt64? {
    switch types.resolve(type) {
    case .scalar(.float): UInt64(Float(floating).bitPattern)
    case .scalar(.double): floating.bitPattern
    default: nil
    }
  }

  /// `1.5f`; what `Double` reads beyond that, such as `nan`, is a name in C.
  private static func floating(_ token: String) -> Double? {
    guard let first = token.utf8.first,
      first == UInt8(ascii: ".") || first >= UInt8(ascii: "0") && first <= UInt8(ascii: "9")
    else { return nil }
    return Double(token.hasSuffix("f") || token.hasSuffix("F") ? String(token.dropLast()) : token)
  }

  private static func integer(_ token: String) -> Int128? {
    var digits = token.lowercased()
    while let last = digits.last, last == "u" || last == "l" { digits.removeLast() }
    if digits.hasPrefix("0x") { return Int128(digits.dropFirst(2), radix: 16) }
    return Int128(digits, radix: digits.hasPrefix("0") && digits.count > 1 ? 8 : 10)
  }
}

/// The fields of a versioned structure over all releases.
private struct StructureFields {
  var plans: [StructureFieldPlan] = []
  var index: [String: Int] = [:]

  init(
    _ structure: VendorProfile.VersionedStructure, _ tables: [Int], _ merged: MergedReleases,
    profile: VendorProfile, control: Set<String>, _ types: inout MapTypes
  ) {
    var present: [String: [Int]] = [:]
    var order: [(name: String, table: Int, field: Field)] = []
    for table in tables.reversed() {
      for field in merged.tables[table].record(.typedef(structure.type))?.layout?.fields ?? [] {
        guard let name = field.name, !control.contains(name) else { continue }
        if present[name] == nil { order.append((name, table, field)) }
        present[name, default: []].append(table)
      }
    }
    for (name, table, field) in order {
      guard
        let form = Self.form(
          field.type, merged.tables[table], name, of: structure.type, &types, table)
      else {
        continue
      }
      index[name] = plans.count
      plans.append(
        StructureFieldPlan(
          cName: name,
          swiftName: profile.names.fields[name] ?? SwiftNames.member([SwiftNames.lowerCamel(name)])
            ?? "field\(plans.count + 1)",
          swiftType: form.type, form: form.form, doc: Documentation.lines(field.doc),
          availability: merged.availability(present[name] ?? [])))
    }
  }

  private static func form(
    _ type: CType, _ table: TypeTable, _ name: String, of structure: String,
    _ types: inout MapTypes, _ index: Int
  ) -> (type: String, form: StructureFieldPlan.Form)? {
    let mapped = types.map(type, in: index, name: name, owner: structure)
    switch table.resolve(type) {
    case .pointer(let target)
    where table.isConst(target) && table.resolve(target) == .scalar(.char):
      return ("String", .text)
    case .pointer:
      return mapped.form == .wrapped
        ? (mapped.swift, .handle) : ("UnsafeMutableRawPointer", .pointer)
    case .scalar: return (mapped.swift, mapped.form == .wrapped ? .wrapped : .number)
    case .enumeration: return (mapped.swift, .wrapped)
    default: return nil
    }
  }
}

extension TypeTable {
  /// In bytes, of a type that a field can have.
  func width(of type: CType) -> Int {
    switch resolve(type) {
    case .scalar(let scalar): scalar.size
    case .enumeration: enumeration(type).map { width(of: $0.underlying) } ?? 4
    case .record: record(type)?.layout?.size ?? 0
    case .array(let element, let count): width(of: element) * (count ?? 0)
    default: 8
    }
  }
}

extension StructureLayoutPlan {
  /// Equal for layouts that the same bytes fill.
  fileprivate var key: String {
    entries.reduce("\(size)/\(alignment)") { key, entry in
      key + ";\(entry.cName)@\(entry.offset)+\(entry.width)=\(entry.initial)"
    }
  }
}
