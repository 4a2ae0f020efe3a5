/// A `#define` of the header, as it stands at the end of the header.
package struct Macro: Hashable, Sendable {
  package var name: String
  /// `nil` for a macro that is not function-like; `...` stands for itself.
  package var parameters: [String]?
  /// The body's tokens with one space between them, comments left out.
  package var body: String
  /// The value, where the body is a constant expression.
  package var value: MacroValue?

  package init(name: String, parameters: [String]? = nil, body: String, value: MacroValue? = nil) {
    self.name = name
    self.parameters = parameters
    self.body = body
    self.value = value
  }
}

/// What a macro's constant expression comes to.
package enum MacroValue: Hashable, Sendable {
  /// The type is what C gives the expression, or what it was cast to.
  case integer(Int128, CType)
  case floating(Double, CType)
  case string(String)
}
