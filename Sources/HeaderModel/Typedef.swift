/// A `typedef`.
package struct Typedef: Hashable, Sendable {
  package var name: String
  /// What the header wrote; for an external typedef the type at the end of the chain, so that it
  /// does not matter through how many of the system's own typedefs it goes.
  package var type: CType
  /// From a file that does not belong to the header, kept because a declaration needs it.
  package var isExternal: Bool
  package var doc: String?

  package init(name: String, type: CType, isExternal: Bool = false, doc: String? = nil) {
    self.name = name
    self.type = type
    self.isExternal = isExternal
    self.doc = doc
  }
}

/// A variable that the library exports.
package struct Variable: Hashable, Sendable {
  package var name: String
  package var type: CType
  /// `static`, so there is no symbol in the library.
  package var isStatic: Bool
  package var attributes: [String]
  package var doc: String?

  package init(
    name: String, type: CType, isStatic: Bool = false, attributes: [String] = [],
    doc: String? = nil
  ) {
    self.name = name
    self.type = type
    self.isStatic = isStatic
    self.attributes = attributes
    self.doc = doc
  }
}
