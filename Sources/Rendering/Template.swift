package import HeaderModel

/// A template in Mustache's syntax: text, `{{name}}`, `{{#section}}`, `{{^inverted}}`,
/// `{{> partial}}`, `{{! comment}}`, `{{.}}` and dotted names.
///
/// It differs from Mustache in two ways. Text is printed as it is, for the output is code and not
/// HTML. And a name that no enclosing value knows is an error with file and line, where Mustache
/// prints nothing: a misspelt name must not become a hole in generated code.
package struct Template: Sendable {
  package let file: String
  /// In the order of printing; a section is followed by what is inside it.
  let nodes: [Node]
  /// The text between tags, put together.
  let bytes: [UInt8]
  let names: [Name]
  let partials: [Partial]

  struct Node: BitwiseCopyable, Sendable {
    enum Kind: UInt8, Sendable { case text, value, section, inverted, partial }

    var kind: Kind
    /// Of a text in the bytes; else the number of a name or a partial.
    var start: Int32
    /// Of a text in the bytes; of a section the node after it.
    var end: Int32
  }

  struct Name: Sendable {
    /// Empty for `{{.}}`.
    var path: [String]
    var line: Int

    var spelling: String { path.isEmpty ? "." : path.joined(separator: ".") }
  }

  struct Partial: Sendable {
    var name: String
    /// Goes before every line of the partial.
    var indent: [UInt8]
    var line: Int
  }

  package init(_ text: String, file: String) throws(Diagnostic) {
    self.file = file
    var parser = TemplateParser(Array(text.utf8), file: file)
    try parser.parse()
    nodes = parser.nodes
    bytes = parser.text
    names = parser.names
    partials = parser.partials
  }
}

/// Splits a template into nodes. A section tag, comment or partial that stands alone on its line
/// takes the line with it.
private struct TemplateParser {
  private(set) var nodes: [Template.Node] = []
  private(set) var text: [UInt8] = []
  private(set) var names: [Template.Name] = []
  private(set) var partials: [Template.Partial] = []

  private let bytes: [UInt8]
  private let file: String
  private var position = 0
  private var line = 1
  /// The sections that are open: their nodes.
  private var open: [Int] = []

  init(_ bytes: [UInt8], file: String) {
    self.bytes = bytes
    self.file = file
  }

  mutating func parse() throws(Diagnostic) {
    while position < bytes.count {
      let textEnd = find("{{", from: position) ?? bytes.count
      guard textEnd < bytes.count else {
        append(position..<bytes.count)
        break
      }
      let tag = try tag(at: textEnd)
      let alone = tag.kind == nil ? nil : aloneOnLine(textEnd..<tag.end)
      append(position..<(alone?.lowerBound ?? textEnd))
      switch tag.kind {
      case nil: add(.value, try name(tag.text))
      case UInt8(ascii: "#"): try openSection(.section, tag.text)
      case UInt8(ascii: "^"): try openSection(.inverted, tag.text)
      case UInt8(ascii: "/"): try closeSection(tag.text)
      case UInt8(ascii: ">"):
        let indent = alone.map { Array(bytes[$0.lowerBound..<textEnd]) } ?? []
        partials.append(Template.Partial(name: tag.text, indent: indent, line: line))
        add(.partial, partials.count - 1)
      default: break  // a comment
      }
      let end = alone?.upperBound ?? tag.end
      line += bytes[textEnd..<end].count { $0 == UInt8(ascii: "\n") }
      position = end
    }
    if let section = open.last {
      let name = names[Int(nodes[section].start)]
      line = name.line
      throw error("{{#\(name.spelling)}} is never closed")
    }
  }

  private mutating func add(_ kind: Template.Node.Kind, _ start: Int, _ end: Int = 0) {
    nodes.append(
      Template.Node(
        kind: kind, start: Int32(truncatingIfNeeded: start), end: Int32(truncatingIfNeeded: end)))
  }

  private mutating func append(_ range: Range<Int>) {
    guard !range.isEmpty else { return }
    add(.text, text.count, text.count + range.count)
    text.append(contentsOf: bytes[range])
    line += bytes[range].count { $0 == UInt8(ascii: "\n") }
  }

  private mutating func openSection(
    _ kind: Template.Node.Kind, _ text: String
  ) throws(Diagnostic) {
    let name = try name(text)
    open.append(nodes.count)
    add(kind, name)
  }

  private mutating func closeSection(_ text: String) throws(Diagnostic) {
    guard let section = open.popLast() else { throw error("{{/\(text)}} closes no section") }
    let expected = names[Int(nodes[section].start)].spelling
    guard expected == text else {
      throw error("{{/\(text)}} stands where {{/\(expected)}} was expected")
    }
    nodes[section].end = Int32(truncatingIfNeeded: nodes.count)
  }

  private struct Tag {
    /// `#`, `^`, `/`, `>` or `!`; `nil` for a value.
    var kind: UInt8?
    var text: String
    var end: Int
  }

  private mutating func tag(at start: Int) throws(Diagnostic) -> Tag {
    let isTriple = start + 2 < bytes.count && bytes[start + 2] == UInt8(ascii: "{")
    let open = start + (isTriple ? 3 : 2)
    guard let close = find(isTriple ? "}}}" : "}}", from: open) else {
      line += bytes[position..<start].count { $0 == UInt8(ascii: "\n") }
      throw error("a {{ is never closed")
    }
    var kind: UInt8?
    var from = open
    if !isTriple, from < close, "#^/>!".utf8.contains(bytes[from]) {
      kind = bytes[from]
      from += 1
    }
    let text = bytes[from..<close].filter { $0 != UInt8(ascii: " ") }
    return Tag(
      kind: kind, text: String(decoding: text, as: UTF8.self), end: close + (isTriple ? 3 : 2))
  }

  /// The number of a name.
  private mutating func name(_ text: String) throws(Diagnostic) -> Int {
    let path =
      text == "."
      ? [] : text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard path.allSatisfy({ !$0.isEmpty && $0.allSatisfy(Self.isNameByte) }) else {
      throw error("{{\(text)}} is not a name")
    }
    names.append(Template.Name(path: path.map { String(Substring($0)) }, line: line))
    return names.count - 1
  }

  /// What names are made of. Letters beyond ASCII pass: that nothing is called so is told later.
  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...0xFF:
      true
    default: false
    }
  }

  /// The whole line, with its line break, if there is nothing else on it.
  private func aloneOnLine(_ range: Range<Int>) -> Range<Int>? {
    var start = range.lowerBound
    while start > 0, Self.isBlank(bytes[start - 1]) { start -= 1 }
    guard start == 0 || bytes[start - 1] == UInt8(ascii: "\n"), start >= position else {
      return nil
    }
    var end = range.upperBound
    while end < bytes.count, Self.isBlank(bytes[end]) { end += 1 }
    guard end < bytes.count else { return start..<end }
    if bytes[end] == UInt8(ascii: "\r"), end + 1 < bytes.count { end += 1 }
    return bytes[end] == UInt8(ascii: "\n") ? start..<(end + 1) : nil
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
  }

  private func find(_ mark: StaticString, from start: Int) -> Int? {
    let count = mark.utf8CodeUnitCount
    // A mark is one character several times over.
    let character = mark.utf8Start[0]
    var run = 0
    for index in start..<bytes.count {
      run = bytes[index] == character ? run + 1 : 0
      if run == count { return index + 1 - count }
    }
    return nil
  }

  private func error(_ message: String) -> Diagnostic {
    Diagnostic(.error, file: file, line: line, message, rule: "template-syntax")
  }
}
