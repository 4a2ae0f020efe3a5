import HeaderModel

/// Where fields stand, and which of them take another one's place.
extension Comparison {
  /// Whether a member without a name has the field, in its place: code and bytes stay what they were.
  func isWithinNameless(_ field: Field, _ nameless: [Member]) -> Bool {
    nameless.contains { member in
      guard let layout = new.record(member.field.type)?.layout else {
        return false
      }
      return layout.fields.contains { inner in
        inner.name == field.name && inner.bitWidth == field.bitWidth
          && member.field.bitOffset + inner.bitOffset == field.bitOffset
          && differenceStored(field.type, inner.type) == .none
      }
    }
  }

  /// Whether a member without a name stands where fields stood that are there still, and no further.
  func replaces(_ field: Field, _ kept: [Field]) -> Bool {
    guard field.name == nil, let size = new.size(of: field.type) else { return false }
    let place = field.bitOffset..<(field.bitOffset + size * 8)
    let inside = kept.filter { place.contains($0.bitOffset) }
    return !inside.isEmpty
      && (inside.map { $0.bitOffset + bits($0) }.max() ?? 0) >= place.upperBound
  }

  /// The arrays that were kept for later, and gave some of their bytes to new fields: those that
  /// remain are within the old ones, and the record takes the same room.
  func reserves(
    _ pairs: [(old: Member, new: Member)], _ left: Record.Layout, _ right: Record.Layout
  ) -> [(name: String, bits: Range<Int>)] {
    guard left.size == right.size, left.alignment == right.alignment else { return [] }
    return pairs.compactMap { from, to in
      guard Self.isReserve(to.name), case .array = from.field.type, case .array = to.field.type,
        let size = old.size(of: from.field.type), let remaining = new.size(of: to.field.type),
        remaining < size
      else { return nil }
      let bits = from.field.bitOffset..<(from.field.bitOffset + size * 8)
      let end = to.field.bitOffset + remaining * 8
      guard bits.contains(to.field.bitOffset), end <= bits.upperBound else { return nil }
      return (to.name, bits)
    }
  }

  /// C has no word for it; headers use these.
  private static func isReserve(_ name: String) -> Bool {
    let name = name.lowercased()
    return name.hasPrefix("pad") || ["reserved", "rsvd", "unused"].contains { name.contains($0) }
  }

  /// Whether a record changed inside and takes the same room: its own changes tell of it then.
  func takesSameRoom(_ left: CType, _ right: CType) -> Bool {
    guard let from = old.record(left)?.layout, let to = new.record(right)?.layout else {
      return false
    }
    return from.size == to.size && from.alignment == to.alignment
  }

  /// The width of a field of the old record; zero where it is not known, such as of an array
  /// without a bound.
  func bits(_ field: Field) -> Int {
    field.bitWidth ?? (old.size(of: field.type) ?? 0) * 8
  }
}
