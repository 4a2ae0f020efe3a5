package import HeaderModel

/// A template in Mustache's syntax: text, `{{name}}`, `{{#section}}`, `{{^inverted}}`,
/// `{{> partial}}`, `{{! comment}}`, `{{.}}` and dotted names.
///
/// It differs from Mustache in two ways. Text is printed as it is, for the output is code and not
/// HTML. And a name that no enclosing value knows is an error with file and line, where Mustache
/// prints nothing: a misspelt name must not become a hole in generated code.
package struct Template: Sendable {
  package let file: String
  let nodes: [Node]

  indirect enum Node: Sendable {
    case text([UInt8])
    case value(Name)
    case section(Name, isInverted: Bool, [Node])
    /// `indent` goes before every line of the partial.
    case partial(String, indent: [UInt8], line: Int)
  }

  struct Name: Sendable {
    /// Empty for `{{.}}`.
    var path: [String]
    var line: Int
    /// Numbers the names of a template, for the renderer's memory of where it found them.
    var number: Int
  }

  package init(_ text: String, file: String) throws(Diagnostic) {
    self.file = file
    var parser = TemplateParser(Array(text.utf8), file: file)
    nodes = try parser.parse()
  }
}

/// Splits a template into nodes. A section tag, comment or partial that stands alone on its line
/// takes the line with it.
private struct TemplateParser {
  private let bytes: [UInt8]
  private let file: String
  private var position = 0
  private var line = 1
  private var names = 0

  private struct Open {
    var name: Template.Name
    var isInverted: Bool
    var nodes: [Template.Node]
  }

  init(_ bytes: [UInt8], file: String) {
    self.bytes = bytes
    self.file = file
  }

  mutating func parse() throws(Diagnostic) -> [Template.Node] {
    var nodes: [Template.Node] = []
    var open: [Open] = []
    while position < bytes.count {
      let textEnd = find("{{", from: position) ?? bytes.count
      guard textEnd < bytes.count else {
        append(position..<bytes.count, to: &nodes)
        break
      }
      let tag = try tag(at: textEnd)
      let alone = tag.kind == nil ? nil : aloneOnLine(textEnd..<tag.end)
      append(position..<(alone?.lowerBound ?? textEnd), to: &nodes)
      switch tag.kind {
      case nil: nodes.append(.value(try name(tag.text)))
      case UInt8(ascii: "#"), UInt8(ascii: "^"):
        open.append(
          Open(
            name: try name(tag.text), isInverted: tag.kind == UInt8(ascii: "^"), nodes: nodes))
        nodes = []
      case UInt8(ascii: "/"):
        guard let section = open.popLast() else {
          throw error("{{/\(tag.text)}} closes no section")
        }
        let expected = section.name.path.joined(separator: ".")
        guard expected == tag.text else {
          throw error("{{/\(tag.text)}} stands where {{/\(expected)}} was expected")
        }
        let inner = nodes
        nodes = section.nodes
        nodes.append(.section(section.name, isInverted: section.isInverted, inner))
      case UInt8(ascii: ">"):
        let indent = alone.map { Array(bytes[$0.lowerBound..<textEnd]) } ?? []
        nodes.append(.partial(tag.text, indent: indent, line: line))
      default: break  // a comment
      }
      let end = alone?.upperBound ?? tag.end
      line += bytes[textEnd..<end].count { $0 == UInt8(ascii: "\n") }
      position = end
    }
    if let section = open.last {
      line = section.name.line
      throw error("{{#\(section.name.path.joined(separator: "."))}} is never closed")
    }
    return nodes
  }

  private mutating func append(_ range: Range<Int>, to nodes: inout [Template.Node]) {
    guard !range.isEmpty else { return }
    nodes.append(.text(Array(bytes[range])))
    line += bytes[range].count { $0 == UInt8(ascii: "\n") }
  }

  private struct Tag {
    /// `#`, `^`, `/`, `>` or `!`; `nil` for a value.
    var kind: UInt8?
    var text: String
    var end: Int
  }

  private func tag(at start: Int) throws(Diagnostic) -> Tag {
    let isTriple = start + 2 < bytes.count && bytes[start + 2] == UInt8(ascii: "{")
    let open = start + (isTriple ? 3 : 2)
    guard let close = find(isTriple ? "}}}" : "}}", from: open) else {
      throw error("a {{ is never closed")
    }
    var kind: UInt8?
    var from = open
    if !isTriple, from < close, "#^/>!".utf8.contains(bytes[from]) {
      kind = bytes[from]
      from += 1
    }
    let text = String(decoding: bytes[from..<close], as: UTF8.self).filter { $0 != " " }
    return Tag(kind: kind, text: text, end: close + (isTriple ? 3 : 2))
  }

  private mutating func name(_ text: String) throws(Diagnostic) -> Template.Name {
    names += 1
    if text == "." { return Template.Name(path: [], line: line, number: names - 1) }
    let path = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard path.allSatisfy({ part in
      !part.isEmpty && part.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
    }) else { throw error("{{\(text)}} is not a name") }
    return Template.Name(path: path, line: line, number: names - 1)
  }

  /// The whole line, with its line break, if there is nothing else on it.
  private func aloneOnLine(_ range: Range<Int>) -> Range<Int>? {
    var start = range.lowerBound
    while start > 0, bytes[start - 1] == UInt8(ascii: " ") { start -= 1 }
    guard start == 0 || bytes[start - 1] == UInt8(ascii: "\n"), start >= position else {
      return nil
    }
    var end = range.upperBound
    while end < bytes.count, bytes[end] == UInt8(ascii: " ") { end += 1 }
    guard end < bytes.count else { return start..<end }
    return bytes[end] == UInt8(ascii: "\n") ? start..<(end + 1) : nil
  }

  private func find(_ mark: StaticString, from start: Int) -> Int? {
    let count = mark.utf8CodeUnitCount
    guard start + count <= bytes.count else { return nil }
    return (start...(bytes.count - count)).first { index in
      (0..<count).allSatisfy { bytes[index + $0] == mark.utf8Start[$0] }
    }
  }

  private func error(_ message: String) -> Diagnostic {
    Diagnostic(.error, file: file, line: line, message, rule: "template-syntax")
  }
}
