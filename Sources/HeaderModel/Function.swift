/// A function declaration.
package struct Function: Hashable, Sendable {
  package var name: String
  package var result: CType
  package var parameters: [Parameter]
  /// `false` for `int f()`, which in C says nothing about parameters.
  package var hasPrototype: Bool
  package var isVariadic: Bool
  /// A definition in the header: there is no symbol in the library to find.
  package var isInline: Bool
  package var isStatic: Bool
  /// Attributes as written, such as `deprecated` or `weak`, without `__attribute__`.
  package var attributes: [String]
  package var doc: String?

  package init(
    name: String, result: CType, parameters: [Parameter], hasPrototype: Bool = true,
    isVariadic: Bool = false, isInline: Bool = false, isStatic: Bool = false,
    attributes: [String] = [], doc: String? = nil
  ) {
    self.name = name
    self.result = result
    self.parameters = parameters
    self.hasPrototype = hasPrototype
    self.isVariadic = isVariadic
    self.isInline = isInline
    self.isStatic = isStatic
    self.attributes = attributes
    self.doc = doc
  }
}

/// A parameter of a function declaration; headers may leave the name out.
package struct Parameter: Hashable, Sendable {
  package var name: String?
  package var type: CType

  package init(name: String?, type: CType) {
    self.name = name
    self.type = type
  }
}
