/// An `enum`.
package struct Enumeration: Hashable, Sendable {
  /// The tag; for one without, the typedef that names it, or `enum@FIRST` after its first
  /// enumerator.
  package var name: String
  /// `false` where the name is not a tag of the header's own.
  package var hasTag: Bool
  /// The integer type that the compiler chose or the header fixed.
  package var underlying: CType
  package var enumerators: [Enumerator]
  package var isExternal: Bool
  package var doc: String?

  package init(
    name: String, hasTag: Bool = true, underlying: CType, enumerators: [Enumerator],
    isExternal: Bool = false, doc: String? = nil
  ) {
    self.name = name
    self.hasTag = hasTag
    self.underlying = underlying
    self.enumerators = enumerators
    self.isExternal = isExternal
    self.doc = doc
  }
}

/// A named value of an enumeration.
package struct Enumerator: Hashable, Sendable {
  package var name: String
  /// Holds every value of a signed or unsigned 64-bit type.
  package var value: Int128
  package var doc: String?

  package init(name: String, value: Int128, doc: String? = nil) {
    self.name = name
    self.value = value
    self.doc = doc
  }
}
