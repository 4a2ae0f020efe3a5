/// A `struct` or `union`.
package struct Record: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable {
    case structure = "struct"
    case union
  }

  package var kind: Kind
  /// The tag; for a record without one the typedef that names it, or for one inside another record
  /// `Outer::field`, or `Outer::0` (counted) where the member has no name either.
  package var name: String
  /// `false` where the name is not a tag of the header's own.
  package var hasTag: Bool
  /// `nil` for a record that is only declared.
  package var layout: Layout?
  package var attributes: [String]
  /// From a file that does not belong to the header, kept because a declaration needs it.
  package var isExternal: Bool
  package var doc: String?

  package init(
    kind: Kind, name: String, hasTag: Bool = true, layout: Layout?, attributes: [String] = [],
    isExternal: Bool = false, doc: String? = nil
  ) {
    self.kind = kind
    self.name = name
    self.hasTag = hasTag
    self.layout = layout
    self.attributes = attributes
    self.isExternal = isExternal
    self.doc = doc
  }

  package struct Layout: Hashable, Sendable {
    /// In bytes.
    package var size: Int
    /// In bytes.
    package var alignment: Int
    package var fields: [Field]

    package init(size: Int, alignment: Int, fields: [Field]) {
      self.size = size
      self.alignment = alignment
      self.fields = fields
    }
  }
}

/// A member of a record.
package struct Field: Hashable, Sendable {
  /// `nil` for an anonymous `struct` or `union` member, or an unnamed bit-field.
  package var name: String?
  package var type: CType
  /// In bits from the record's start, so that bit-fields need no second form.
  package var bitOffset: Int
  /// `nil` for anything but a bit-field.
  package var bitWidth: Int?
  package var doc: String?

  package init(
    name: String?, type: CType, bitOffset: Int, bitWidth: Int? = nil, doc: String? = nil
  ) {
    self.name = name
    self.type = type
    self.bitOffset = bitOffset
    self.bitWidth = bitWidth
    self.doc = doc
  }
}
