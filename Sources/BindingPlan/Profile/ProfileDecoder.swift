package import HeaderModel
import Yams

/// Takes keys out of a YAML mapping and complains about what is left, so that a misspelt key is an
/// error with its line rather than a silent default.
package struct ProfileDecoder {
  let file: String
  /// Where a complete one can be seen.
  private let example: String?
  private let line: Int
  private var members: [String: (line: Int, node: Node)] = [:]
  private var known: [String] = []

  init(
    _ node: Node, file: String, what: String, example: String? = "Profiles/nccl.yml"
  ) throws(Diagnostic) {
    self.file = file
    self.example = example
    line = node.mark?.line ?? 1
    guard case .mapping(let mapping) = node else {
      throw Self.wrongType(node, file: file, what, wanted: "a mapping")
    }
    for (key, value) in mapping {
      let keyLine = key.mark?.line ?? line
      guard let name = key.string else {
        throw Self.wrongType(key, file: file, "a key of \(what)", wanted: "text")
      }
      guard members.updateValue((keyLine, value), forKey: name) == nil else {
        throw Diagnostic(
          .error, file: file, line: keyLine, "the key \"\(name)\" stands twice",
          rule: "profile-duplicate-key", help: "keep one of them")
      }
    }
  }

  mutating func node(_ key: String) -> Node? {
    known.append(key)
    return members.removeValue(forKey: key)?.node
  }

  package mutating func string(_ key: String) throws(Diagnostic) -> String? {
    guard let node = node(key) else { return nil }
    return try text(node, what: "\"\(key)\"")
  }

  package mutating func required(_ key: String) throws(Diagnostic) -> String {
    guard let value = try string(key) else {
      if let (name, member) = members.min(by: { distance($0.key, key) < distance($1.key, key) }),
        distance(name, key) <= 3
      {
        throw Diagnostic(
          .error, file: file, line: member.line, "unknown key \"\(name)\"",
          rule: "profile-unknown-key", help: "did you mean \"\(key)\"?")
      }
      throw Diagnostic(
        .error, file: file, line: line, "the key \"\(key)\" is missing",
        rule: "profile-missing-key", help: example.map { "see \($0) for a complete profile" })
    }
    return value
  }

  mutating func integer(_ key: String) throws(Diagnostic) -> Int? {
    guard let node = node(key) else { return nil }
    guard let value = node.int else {
      throw Self.wrongType(node, file: file, "\"\(key)\"", wanted: "an integer")
    }
    return value
  }

  mutating func bool(_ key: String) throws(Diagnostic) -> Bool? {
    guard let node = node(key) else { return nil }
    guard let value = node.bool else {
      throw Self.wrongType(node, file: file, "\"\(key)\"", wanted: "true or false")
    }
    return value
  }

  mutating func strings(_ key: String) throws(Diagnostic) -> [String] {
    guard let node = node(key) else { return [] }
    return try list(node, what: "\"\(key)\"") { (item) throws(Diagnostic) in
      try text(item, what: "an item of \"\(key)\"")
    }
  }

  mutating func integers(_ key: String) throws(Diagnostic) -> [Int] {
    guard let node = node(key) else { return [] }
    return try list(node, what: "\"\(key)\"") { (item) throws(Diagnostic) in
      guard let value = item.int else {
        throw Self.wrongType(item, file: file, "an item of \"\(key)\"", wanted: "an integer")
      }
      return value
    }
  }

  mutating func list<Item>(
    _ key: String, _ item: (Node) throws(Diagnostic) -> Item
  ) throws(Diagnostic) -> [Item] {
    guard let node = node(key) else { return [] }
    return try list(node, what: "\"\(key)\"", item)
  }

  /// A mapping from names to text, in the file's order of lines; `seen` learns each name's line.
  mutating func dictionary<Value>(
    _ key: String, lines: inout [String: Int], _ value: (Node) throws(Diagnostic) -> Value
  ) throws(Diagnostic) -> [String: Value] {
    guard let node = node(key) else { return [:] }
    guard case .mapping(let mapping) = node else {
      throw Self.wrongType(node, file: file, "\"\(key)\"", wanted: "a mapping")
    }
    var result: [String: Value] = [:]
    for (name, item) in mapping {
      let text = try text(name, what: "a key of \"\(key)\"")
      guard result.updateValue(try value(item), forKey: text) == nil else {
        throw Diagnostic(
          .error, file: file, line: name.mark?.line, "the key \"\(text)\" stands twice",
          rule: "profile-duplicate-key", help: "keep one of them")
      }
      lines[text] = name.mark?.line
    }
    return result
  }

  func text(_ node: Node, what: String) throws(Diagnostic) -> String {
    guard case .scalar(let scalar) = node else {
      throw Self.wrongType(node, file: file, what, wanted: "text")
    }
    return scalar.string
  }

  private func list<Item>(
    _ node: Node, what: String, _ item: (Node) throws(Diagnostic) -> Item
  ) throws(Diagnostic) -> [Item] {
    guard case .sequence(let sequence) = node else {
      throw Self.wrongType(node, file: file, what, wanted: "a list")
    }
    var result: [Item] = []
    for node in sequence { result.append(try item(node)) }
    return result
  }

  /// Call after all keys were taken.
  func finish() throws(Diagnostic) {
    guard let (name, member) = members.min(by: { $0.value.line < $1.value.line }) else { return }
    let nearest = known.min { distance($0, name) < distance($1, name) }
    let suggestion = nearest.flatMap { distance($0, name) <= 3 ? "did you mean \"\($0)\"? " : nil }
    throw Diagnostic(
      .error, file: file, line: member.line, "unknown key \"\(name)\"", rule: "profile-unknown-key",
      help: "\(suggestion ?? "")known here: \(known.sorted().joined(separator: ", "))")
  }

  private static func wrongType(
    _ node: Node, file: String, _ what: String, wanted: String
  ) -> Diagnostic {
    let found =
      switch node {
      case .scalar(let scalar): "\"\(scalar.string)\""
      case .mapping: "a mapping"
      case .sequence: "a list"
      case .alias: "an alias"
      }
    return Diagnostic(
      .error, file: file, line: node.mark?.line, "\(what) must be \(wanted), not \(found)",
      rule: "profile-wrong-type")
  }
}

/// How many single-character edits lie between two words.
private func distance(_ left: String, _ right: String) -> Int {
  let left = Array(left.utf8)
  let right = Array(right.utf8)
  var row = Array(0...right.count)
  for (i, a) in left.enumerated() {
    var diagonal = row[0]
    row[0] = i + 1
    for (j, b) in right.enumerated() {
      let substitution = diagonal + (a == b ? 0 : 1)
      diagonal = row[j + 1]
      row[j + 1] = min(substitution, row[j] + 1, diagonal + 1)
    }
  }
  return row[right.count]
}
