/// The names that the objects of one kind have, learned from the first of them.
package struct TemplateKind {
  fileprivate var shape: Int?

  package init() {}
}

/// All the values of a rendering.
package final class TemplateContext {
  private(set) var bytes: [UInt8] = []
  private(set) var values: [TemplateValue] = []
  /// For each shape its names.
  private(set) var shapes: [[String]] = []

  package init() {}

  package func text(_ text: String) -> TemplateValue {
    let start = bytes.count
    bytes.append(contentsOf: text.utf8)
    return TemplateValue(.text, start, bytes.count - start)
  }

  /// Texts with a separator between them, such as the arguments of a call.
  package func text(joining texts: some Sequence<String>, by separator: String) -> TemplateValue {
    let start = bytes.count
    for text in texts {
      if bytes.count > start { bytes.append(contentsOf: separator.utf8) }
      bytes.append(contentsOf: text.utf8)
    }
    return TemplateValue(.text, start, bytes.count - start)
  }

  package func text(_ text: String?) -> TemplateValue { text.map { self.text($0) } ?? .absent }

  package func number(_ number: some BinaryInteger) -> TemplateValue { text(String(number)) }

  package func list(_ items: [TemplateValue]) -> TemplateValue {
    values.append(contentsOf: items)
    return TemplateValue(.list, values.count - items.count, items.count)
  }

  package func lines(_ lines: [String]) -> TemplateValue { list(lines.map { text($0) }) }

  /// An object of a kind, all of which have the same names in the same order.
  package func object(
    _ kind: inout TemplateKind, _ members: KeyValuePairs<String, TemplateValue>
  ) -> TemplateValue {
    let shape: Int
    if let known = kind.shape {
      shape = known
      assert(shapes[shape].elementsEqual(members.lazy.map(\.key)), "a kind has one list of names")
    } else {
      shape = shapes.count
      shapes.append(members.map(\.key))
      kind.shape = shape
    }
    let start = values.count
    for member in members { values.append(member.value) }
    return TemplateValue(.object, start, shape)
  }

  /// An object that is the only one of its kind.
  package func object(_ members: KeyValuePairs<String, TemplateValue>) -> TemplateValue {
    var kind = TemplateKind()
    return object(&kind, members)
  }

  /// Where an object of a shape has a name.
  func index(of name: String, inShape shape: Int) -> Int? { shapes[shape].firstIndex(of: name) }

  func string(_ value: TemplateValue) -> String {
    let start = Int(value.start)
    return String(decoding: bytes[start..<(start + Int(value.count))], as: UTF8.self)
  }
}
