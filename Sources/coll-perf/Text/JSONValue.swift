/// JSON, with the order of an object's keys.
indirect enum JSONValue: Sendable, Equatable {
  case null
  case bool(Bool)
  case integer(Int)
  case number(Double)
  case text(String)
  case array([JSONValue])
  case object([Member])

  struct Member: Sendable, Equatable {
    let key: String
    let value: JSONValue
  }

  /// The value of a key; nil where there is none, or this is no object.
  subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key == key }?.value
  }

  var text: String? { if case .text(let text) = self { text } else { nil } }
  var elements: [JSONValue]? { if case .array(let elements) = self { elements } else { nil } }

  var integer: Int? { if case .integer(let number) = self { number } else { nil } }

  var number: Double? {
    switch self {
    case .integer(let number): Double(number)
    case .number(let number): number
    default: nil
    }
  }
}

extension JSONValue: ExpressibleByDictionaryLiteral, ExpressibleByStringLiteral,
  ExpressibleByIntegerLiteral, ExpressibleByNilLiteral
{
  init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(elements.map { Member(key: $0.0, value: $0.1) })
  }
  init(stringLiteral value: String) { self = .text(value) }
  init(integerLiteral value: Int) { self = .integer(value) }
  init(nilLiteral: ()) { self = .null }

  /// `null` for nil.
  init(_ text: String?) { self = text.map { .text($0) } ?? .null }
  /// `null` for nil.
  init(_ number: Int?) { self = number.map { .integer($0) } ?? .null }
  /// To a thousandth; what JSON has no number for is `null`.
  init(_ number: Double?) {
    guard let number, number.isFinite else {
      self = .null
      return
    }
    let rounded = (number * 1000).rounded() / 1000
    self = .number(rounded.isFinite ? rounded : number)
  }
}

extension JSONValue {
  /// As text. Objects and arrays within the third level are on one line: a row of a table each.
  func rendered() -> String {
    var text = ""
    render(into: &text, level: 0)
    return text + "\n"
  }

  private func render(into text: inout String, level: Int) {
    switch self {
    case .null: text += "null"
    case .bool(let value): text += value ? "true" : "false"
    case .integer(let value): text += "\(value)"
    case .number(let value):
      text +=
        value == value.rounded() && value.magnitude < 1e15
        ? "\(Int(value))" : "\(value)"
    case .text(let value): Self.quote(value, into: &text)
    case .array(let values):
      Self.enclose("[", "]", values, level, into: &text) { value, text in
        value.render(into: &text, level: level + 1)
      }
    case .object(let members):
      Self.enclose("{", "}", members, level, into: &text) { member, text in
        Self.quote(member.key, into: &text)
        text += ": "
        member.value.render(into: &text, level: level + 1)
      }
    }
  }

  private static func enclose<Part>(
    _ open: String, _ close: String, _ parts: [Part], _ level: Int, into text: inout String,
    _ render: (Part, inout String) -> Void
  ) {
    let isOpen = level < 2 && !parts.isEmpty
    let newLine = "\n" + String(repeating: "  ", count: level + 1)
    text += open
    for (index, part) in parts.enumerated() {
      if index > 0 { text += isOpen ? "," : ", " }
      if isOpen { text += newLine }
      render(part, &text)
    }
    text += (isOpen ? "\n" + String(repeating: "  ", count: level) : "") + close
  }

  private static func quote(_ value: String, into text: inout String) {
    text += "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\t": text += "\\t"
      case "\u{0}"..<" ":
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}
