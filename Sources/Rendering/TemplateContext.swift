import HeaderModel

/// The names that the objects of one kind have, learned from the first of them.
package struct TemplateKind {
  fileprivate var shape: Int?

  package init() {}

  fileprivate init(shape: Int) { self.shape = shape }
}

/// Things of one kind that a plan has many of, each with a number.
package struct TemplateItemKind: Sendable {
  fileprivate let shape: Int
}

/// What makes the value of one name of an item, given the item's number.
package enum TemplateMember {
  /// `nil` where the item has no such text.
  case text((Int) -> String?)
  /// A text of parts, put one after the other.
  case parts((inout [UInt8], Int) -> Void)
  case flag((Int) -> Bool)
  case value((inout TemplateContext, Int) -> TemplateValue)
}

/// All the values of a rendering.
///
/// What a big plan has thousands of are items: their members are made when a template names them and
/// forgotten when they are printed, so that the same few kilobytes serve for all of them.
package struct TemplateContext {
  private(set) var bytes: [UInt8] = []
  private(set) var values: [TemplateValue] = []
  /// For each shape its names.
  private(set) var shapes: [[String]] = []
  /// What makes the values of all kinds of items, and where those of each shape begin there.
  private var members: [TemplateMember] = []
  private var firstMembers: [Int] = []

  package init() {}

  package mutating func text(_ text: String) -> TemplateValue {
    let start = bytes.count
    bytes += text
    return TemplateValue(.text, start, bytes.count - start)
  }

  /// A text of parts, which `write` puts one after the other.
  mutating func text(_ write: (inout [UInt8]) -> Void) -> TemplateValue {
    let start = bytes.count
    write(&bytes)
    return TemplateValue(.text, start, bytes.count - start)
  }

  package mutating func text(_ text: String?) -> TemplateValue {
    text.map { self.text($0) } ?? .absent
  }

  package mutating func number(_ number: some BinaryInteger) -> TemplateValue {
    text(String(number))
  }

  package mutating func list(_ items: [TemplateValue]) -> TemplateValue {
    values.append(contentsOf: items)
    return TemplateValue(.list, values.count - items.count, items.count)
  }

  package mutating func lines(_ lines: [String]) -> TemplateValue {
    let start = values.count
    for line in lines { values.append(text(line)) }
    return TemplateValue(.list, start, lines.count)
  }

  private mutating func indented(_ line: String) -> TemplateValue {
    text {
      $0 += " "
      $0 += line
    }
  }

  /// Comment lines: what follows the `///`.
  mutating func doc(_ lines: [String]) -> TemplateValue {
    let start = values.count
    for line in lines { values.append(line.isEmpty ? text(line) : indented(line)) }
    return TemplateValue(.list, start, lines.count)
  }

  /// An object of a kind, all of which have the same names in the same order.
  package mutating func object(
    _ kind: inout TemplateKind, _ members: KeyValuePairs<String, TemplateValue>
  ) -> TemplateValue {
    let shape: Int
    if let known = kind.shape {
      shape = known
      assert(shapes[shape].elementsEqual(members.lazy.map(\.key)), "a kind has one list of names")
    } else {
      shape = addShape(members.map(\.key))
      kind.shape = shape
    }
    let start = values.count
    for member in members { values.append(member.value) }
    return TemplateValue(.object, start, shape)
  }

  /// A kind that is known before its first object. Objects that items make need one: each template is
  /// printed with a context of its own, and what one learns the next does not know.
  mutating func kind(_ names: [String]) -> TemplateKind { TemplateKind(shape: addShape(names)) }

  /// An object that is the only one of its kind.
  package mutating func object(_ members: KeyValuePairs<String, TemplateValue>) -> TemplateValue {
    var kind = TemplateKind()
    return object(&kind, members)
  }

  private mutating func addShape(_ names: [String]) -> Int {
    shapes.append(names)
    firstMembers.append(members.count)
    return shapes.count - 1
  }

  // MARK: Items

  /// Items by their names and what makes the values of those.
  package mutating func items(
    _ members: KeyValuePairs<String, TemplateMember>
  ) -> TemplateItemKind {
    let shape = addShape(members.map(\.key))
    self.members.append(contentsOf: members.lazy.map(\.value))
    return TemplateItemKind(shape: shape)
  }

  package func item(_ kind: TemplateItemKind, _ number: Int) -> TemplateValue {
    TemplateValue(.item, number, kind.shape)
  }

  package mutating func list(
    _ kind: TemplateItemKind, _ numbers: Range<Int>, where isListed: (Int) -> Bool = { _ in true }
  ) -> TemplateValue {
    let start = values.count
    for number in numbers where isListed(number) { values.append(item(kind, number)) }
    return TemplateValue(.list, start, values.count - start)
  }

  struct Mark {
    fileprivate var bytes: Int
    fileprivate var values: Int
  }

  /// What has been made until now.
  var mark: Mark { Mark(bytes: bytes.count, values: values.count) }

  /// Forgets what was made after the mark.
  mutating func goBack(to mark: Mark) {
    if bytes.count > mark.bytes { bytes.removeLast(bytes.count - mark.bytes) }
    if values.count > mark.values { values.removeLast(values.count - mark.values) }
  }

  // MARK: Looking up

  /// The value at a place of an object's or an item's shape. That of an item is made, and lasts
  /// until the context goes back to what was there before.
  mutating func member(_ place: Int, of object: TemplateValue) -> TemplateValue {
    if object.kind == .object { return values[Int(object.start) + place] }
    let number = Int(object.start)
    switch members[firstMembers[Int(object.count)] + place] {
    case .text(let make): return text(make(number))
    case .parts(let write): return text { write(&$0, number) }
    case .flag(let make): return .flag(make(number))
    case .value(let make): return make(&self, number)
    }
  }

  /// Writes a text of an item straight to where it is printed; `false` where the value at the place
  /// is of another kind.
  func print(_ place: Int, of object: TemplateValue, to output: inout [UInt8]) -> Bool {
    guard object.kind == .item else { return false }
    switch members[firstMembers[Int(object.count)] + place] {
    case .text(let make): if let text = make(Int(object.start)) { output += text }
    case .parts(let write): write(&output, Int(object.start))
    case .flag, .value: return false
    }
    return true
  }

  /// Where an object of a shape has a name.
  func index(of name: String, inShape shape: Int) -> Int? { shapes[shape].firstIndex(of: name) }

  func string(_ value: TemplateValue) -> String {
    let start = Int(value.start)
    return String(decoding: bytes[start..<(start + Int(value.count))], as: UTF8.self)
  }
}
