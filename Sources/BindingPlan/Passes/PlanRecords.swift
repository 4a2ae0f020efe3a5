import HeaderModel

/// Lays the records that the module needs out in the generated C header, each after those that it
/// contains.
///
/// Fields keep their C names and types down to the scalar; what they point to becomes `void`. A name
/// beyond plain ASCII is replaced, for it could change how the rest of the line reads.
struct PlanRecords {
  private(set) var records: [RecordPlan] = []

  private let merged: MergedReleases
  private let layouts: RecordLayouts
  private var done: Set<String> = []

  init(
    _ merged: MergedReleases, layouts: RecordLayouts, wanted: Set<String>, types: inout MapTypes
  ) {
    self.merged = merged
    self.layouts = layouts
    for name in wanted.sorted(by: byBytes) { add(name, &types) }
  }

  private mutating func add(_ name: String, _ types: inout MapTypes) {
    guard done.insert(name).inserted else { return }
    for layout in layouts.layouts[name] ?? [] {
      guard let table = layout.tables.last,
        let record = merged.tables[table].record(called: name), let shape = record.layout
      else { continue }
      var members: [String] = []
      var offsets: [(member: String, bytes: Int)] = []
      emit(record, in: table, depth: 1, &members, &types)
      for (index, field) in shape.fields.enumerated() where field.bitWidth == nil {
        let name = Self.name(field, index)
        if !name.isEmpty { offsets.append((name, field.bitOffset / 8)) }
      }
      let availability = merged.availability(layout.tables)
      records.append(
        RecordPlan(
          cName: name, emittedName: layout.emittedName,
          swiftName: layouts.isSingle(name) && !shape.isOverAligned ? types.typeName(name) : nil,
          kind: record.kind, members: members,
          attributes: NaturalLayout(record, merged.tables[table]).attributes,
          size: shape.size, alignment: shape.alignment, offsets: offsets,
          doc: Documentation.lines(record.doc), releases: availability.text))
    }
  }

  /// Empty where the header gives none.
  private static func name(_ field: Field, _ index: Int) -> String {
    guard let name = field.name else { return "" }
    return isIdentifier(name) ? name : "_bcField\(index + 1)"
  }

  private mutating func emit(
    _ record: Record, in table: Int, depth: Int, _ members: inout [String],
    _ types: inout MapTypes
  ) {
    let indent = String(repeating: "  ", count: depth)
    let natural = NaturalLayout(record, merged.tables[table])
    for (index, field) in (record.layout?.fields ?? []).enumerated() {
      let name = Self.name(field, index)
      let (element, suffix) = dimensions(field.type, merged.tables[table])
      var end = "\(name.isEmpty ? "" : " \(name)")\(suffix)"
      if let width = field.bitWidth { end += " : \(width)" }
      if let alignment = natural.alignments[index] {
        end += " __attribute__((aligned(\(alignment))))"
      }
      if case .record(let kind, let inner) = merged.tables[table].resolve(element),
        let nested = merged.tables[table].record(element),
        let called = merged.tables[table].name(of: element)
      {
        if inner.contains(":") || !isIdentifier(called) {
          members.append("\(indent)\(kind.rawValue) {")
          emit(nested, in: table, depth: depth + 1, &members, &types)
          let attributes = NaturalLayout(nested, merged.tables[table]).attributes
            .map { " __attribute__((\($0)))" }.joined()
          members.append("\(indent)}\(attributes)\(end);")
          continue
        }
        add(called, &types)
      }
      members.append("\(indent)\(fieldType(element, in: table, &types))\(end);")
    }
  }

  /// What pointers point to may not be declared yet, or only in some releases.
  private func fieldType(_ type: CType, in table: Int, _ types: inout MapTypes) -> String {
    if case .pointer(let target) = merged.tables[table].resolve(type) {
      if case .scalar = merged.tables[table].resolve(target) {
        return types.map(type, in: table).c
      }
      return merged.tables[table].isConst(target) ? "const void *_Nullable" : "void *_Nullable"
    }
    return types.map(type, in: table).c
  }

  /// The element type of nested arrays, and `[2][3]`.
  private func dimensions(_ type: CType, _ types: TypeTable) -> (CType, String) {
    var type = type
    var suffix = ""
    while case .array(let element, let count) = types.resolve(type) {
      suffix += "[\(count.map(String.init) ?? "")]"
      type = element
    }
    return (type, suffix)
  }
}
