import HeaderModel

/// Compares a record with what a C compiler makes of its fields when it is told nothing else, and
/// says which attributes the generated record needs to come out as the header's did: for attributes
/// on the record or on a field, and for `#pragma pack`.
///
/// Gaps are made by aligning the field behind them, never by a field of padding: padding that is a
/// field would change how small records are passed.
struct NaturalLayout {
  /// Of the record.
  private(set) var attributes: [String] = []
  /// For each field that needs one.
  private(set) var alignments: [Int: Int] = [:]

  init(_ record: Record, _ types: TypeTable) {
    guard let layout = record.layout else { return }
    // Where a compiler puts bits is not computed here; the header's own attributes must do.
    guard layout.fields.allSatisfy({ $0.bitWidth == nil }) else {
      attributes = record.attributes.filter { $0 == "packed" || $0.hasPrefix("aligned") }
      return
    }
    var end = 0
    var alignment = 1
    var isNatural = true
    for field in layout.fields {
      let own = types.alignment(of: field.type)
      let start = record.kind == .union ? 0 : Self.roundUp(end, own)
      isNatural = isNatural && start * 8 == field.bitOffset
      end = max(end, start + types.width(of: field.type))
      alignment = max(alignment, own)
    }
    if isNatural, layout.alignment >= alignment,
      Self.roundUp(end, layout.alignment) == layout.size
    {
      if layout.alignment > alignment { attributes = ["aligned(\(layout.alignment))"] }
      return
    }
    attributes = ["packed"]
    if layout.alignment > 1 { attributes.append("aligned(\(layout.alignment))") }
    if record.kind == .structure { alignFields(layout, types) }
  }

  private mutating func alignFields(_ layout: Record.Layout, _ types: TypeTable) {
    var end = 0
    for (index, field) in layout.fields.enumerated() {
      let start = field.bitOffset / 8
      if start != end {
        var alignment = 2
        while alignment <= layout.alignment, Self.roundUp(end, alignment) != start {
          alignment *= 2
        }
        alignments[index] = alignment
      }
      end = start + types.width(of: field.type)
    }
  }

  private static func roundUp(_ number: Int, _ step: Int) -> Int {
    (number + step - 1) / step * step
  }
}

extension TypeTable {
  /// In bytes, of a type that a field can have.
  func alignment(of type: CType) -> Int {
    switch resolve(type) {
    case .scalar(let scalar): scalar.size
    case .enumeration: enumeration(type).map { alignment(of: $0.underlying) } ?? 4
    case .record: record(type)?.layout?.alignment ?? 1
    case .array(let element, _): alignment(of: element)
    default: 8
    }
  }
}
