import Rendering
import TestSupport

/// A value of random shape, as both renderers take it.
indirect enum RandomValue {
  case text(String)
  case flag(Bool)
  case absent
  case list([RandomValue])
  case object([(name: String, value: RandomValue)])

  /// For swift-mustache: what is absent is not there.
  var any: Any? {
    switch self {
    case .text(let text): text
    case .flag(let flag): flag
    case .absent: nil
    case .list(let items): items.compactMap(\.any)
    case .object(let members):
      Dictionary(
        uniqueKeysWithValues: members.compactMap { name, value in
          value.any.map { (name, $0) }
        })
    }
  }

  func value(in context: inout TemplateContext) -> TemplateValue {
    switch self {
    case .text(let text): return context.text(text)
    case .flag(let flag): return .flag(flag)
    case .absent: return .absent
    case .list(let items):
      return context.list(items.map { $0.value(in: &context) })
    case .object(let members):
      let values = members.map { $0.value.value(in: &context) }
      // The names of an object are a literal, so all objects here have six.
      precondition(members.count == 6, "an object has six members")
      return context.object([
        members[0].name: values[0], members[1].name: values[1], members[2].name: values[2],
        members[3].name: values[3], members[4].name: values[4], members[5].name: values[5],
      ])
    }
  }
}

/// Makes templates and values to print them with, in what Mustache and our templates have in
/// common. Left out is what they differ in on purpose or by choice:
///
/// - names that are not there, and empty texts as sections (Mustache shows those);
/// - an absent value that hides an outer one (Mustache looks further out);
/// - `{{.}}` in an inverted section (Mustache puts the empty list there);
/// - an empty line, a section or a value of several lines inside an indented partial (Mustache does
///   not agree with itself there).
struct RandomTemplate {
  private var random: SeededGenerator
  private(set) var partials: [String: String] = [:]
  private var names = 0

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  mutating func make() -> (template: String, value: RandomValue) {
    let value = object(depth: 3)
    return (lines(in: [value], depth: 3), value)
  }

  // MARK: Values

  private mutating func number(_ range: ClosedRange<Int>) -> Int {
    Int.random(in: range, using: &random)
  }

  private mutating func oneIn(_ count: Int) -> Bool { number(1...count) == 1 }

  private mutating func pick<Item>(_ items: [Item]) -> Item? { items.randomElement(using: &random) }

  private static let texts = [
    "x", "two words", "<a&b>", "\"\\", "{", "}", "größe", "ncclAllReduce", "0",
  ]

  private mutating func text() -> String { pick(Self.texts) ?? "x" }

  /// Short names come again further in, and hide those outside; absent ones have names of their own.
  private mutating func object(depth: Int) -> RandomValue {
    var members: [(name: String, value: RandomValue)] = []
    for name in ["a", "b", "c", "d", "e"].shuffled(using: &random) {
      members.append((name, member(depth: depth)))
    }
    names += 1
    members.append(("absent\(names)", .absent))
    return .object(members)
  }

  private mutating func member(depth: Int) -> RandomValue {
    switch number(0...(depth > 0 ? 6 : 2)) {
    case 0, 1: return .text(text())
    case 2: return .flag(oneIn(2))
    case 3: return .list((0..<number(0...3)).map { _ in .text(text()) })
    case 4: return object(depth: depth - 1)
    default:
      // Objects of one list have the same names with other values.
      let shape = object(depth: depth - 1)
      return .list((0..<number(0...3)).map { _ in varied(shape) })
    }
  }

  private mutating func varied(_ value: RandomValue) -> RandomValue {
    switch value {
    case .text: .text(text())
    case .flag: .flag(oneIn(2))
    case .absent: .absent
    case .list(let items): .list(oneIn(3) ? [] : items)
    case .object(let members): .object(members.map { ($0.name, varied($0.value)) })
    }
  }

  // MARK: Templates

  /// What a name finds, from the innermost value outwards.
  private func visible(_ scopes: [RandomValue]) -> [(name: String, value: RandomValue)] {
    var found: [(name: String, value: RandomValue)] = []
    for case .object(let members) in scopes.reversed() {
      for member in members where !found.contains(where: { $0.name == member.name }) {
        found.append(member)
        guard case .object(let inner) = member.value else { continue }
        found += inner.map { ("\(member.name).\($0.name)", $0.value) }
      }
    }
    return found
  }

  private mutating func lines(in scopes: [RandomValue], depth: Int) -> String {
    (0..<number(0...4)).map { _ in block(in: scopes, depth: depth) }.joined()
  }

  private mutating func block(in scopes: [RandomValue], depth: Int) -> String {
    switch number(0...5) {
    case 0 where depth > 0: standaloneSection(in: scopes, depth: depth)
    case 1: "\(spaces()){{! a comment }}\(spaces())\n"
    case 2 where depth > 0: partial(in: scopes)
    case 3: "\n"
    default: "\(spaces())\(inline(in: scopes, depth: depth))\(spaces())\n"
    }
  }

  private mutating func spaces() -> String { String(repeating: " ", count: number(0...2)) }

  private mutating func inline(in scopes: [RandomValue], depth: Int) -> String {
    (0..<number(1...4)).map { _ in
      switch number(0...4) {
      case 0, 1: text().replacing("{", with: "(").replacing("}", with: ")")
      case 2 where depth > 0: section(in: scopes, depth: depth)
      default: value(in: scopes)
      }
    }.joined()
  }

  private mutating func value(in scopes: [RandomValue]) -> String {
    var names = visible(scopes).filter {
      switch $0.value {
      case .text, .absent: true
      default: false
      }
    }.map(\.name)
    if case .text = scopes.last { names += ["."] }
    guard let name = pick(names) else { return "-" }
    return oneIn(4) ? "{{{\(name)}}}" : "{{\(spaces())\(name)\(spaces())}}"
  }

  /// A section's tag and what names find inside it.
  private mutating func opening(
    _ scopes: [RandomValue]
  ) -> (mark: String, name: String, inner: [RandomValue])? {
    guard let (name, value) = pick(visible(scopes)) else { return nil }
    let isInverted = oneIn(3)
    // Inside an inverted section `.` stands for something else.
    let outside = scopes.filter { if case .text = $0 { false } else { true } }
    if isInverted { return ("^", name, outside) }
    switch value {
    case .text, .object: return ("#", name, scopes + [value])
    case .flag, .absent: return ("#", name, scopes)
    // What is in an empty list here may not be in the same list of another item.
    case .list(let items): return ("#", name, items.first.map { scopes + [$0] } ?? [])
    }
  }

  private mutating func section(in scopes: [RandomValue], depth: Int) -> String {
    guard let (mark, name, inner) = opening(scopes) else { return "" }
    return "{{\(mark)\(name)}}\(inline(in: inner, depth: depth - 1)){{/\(name)}}"
  }

  private mutating func standaloneSection(in scopes: [RandomValue], depth: Int) -> String {
    guard let (mark, name, inner) = opening(scopes) else { return "" }
    return "\(spaces()){{\(mark)\(name)}}\(spaces())\n\(lines(in: inner, depth: depth - 1))"
      + "\(spaces()){{/\(name)}}\(spaces())\n"
  }

  /// Lines of text and values, none of them empty.
  private mutating func partial(in scopes: [RandomValue]) -> String {
    let name = "partial\(partials.count)"
    partials[name] = (0..<number(1...3)).map { _ in "\(text()) \(value(in: scopes))\n" }.joined()
      .replacing("{ ", with: "( ")
    return oneIn(3) ? "x{{> \(name)}}y\n" : "\(spaces()){{>\(name)}}\n"
  }
}
