/// What a template can print or loop over.
package enum TemplateValue: Sendable {
  case text(String)
  case flag(Bool)
  case list([TemplateValue])
  case object(TemplateObject)
  /// A known name without a value: an inverted section shows, printing it gives nothing.
  case absent

  package static func text(_ text: String?) -> TemplateValue {
    if let text { .text(text) } else { .absent }
  }

  package static func number(_ number: some BinaryInteger) -> TemplateValue {
    .text(String(number))
  }

  package static func lines(_ lines: [String]) -> TemplateValue { .list(lines.map { .text($0) }) }
}

/// Named values. Objects of one kind share the list of names, so that a template finds a name by
/// its place after the first look.
package struct TemplateObject: Sendable {
  package let shape: TemplateShape
  package let values: [TemplateValue]

  package subscript(name: String) -> TemplateValue? {
    shape.index(of: name).map { values[$0] }
  }
}

/// The names that the objects of one kind have.
package final class TemplateShape: Sendable {
  package let names: [String]

  package init(_ names: [String]) { self.names = names }

  package func index(of name: String) -> Int? { names.firstIndex(of: name) }
}

/// Makes objects of one kind, all with the same names in the same order.
package struct TemplateKind {
  private var shape: TemplateShape?

  package init() {}

  package mutating func object(_ members: KeyValuePairs<String, TemplateValue>) -> TemplateValue {
    let shape: TemplateShape
    if let known = self.shape {
      shape = known
      assert(known.names.elementsEqual(members.lazy.map(\.key)), "a kind has one list of names")
    } else {
      shape = TemplateShape(members.map(\.key))
      self.shape = shape
    }
    return .object(TemplateObject(shape: shape, values: members.map(\.value)))
  }
}
