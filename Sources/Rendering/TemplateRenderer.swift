package import HeaderModel

/// Prints a template with a value: one pass, into one buffer.
package struct TemplateRenderer {
  private let partials: [String: Template]
  private var output: [UInt8] = []
  private var frames: [TemplateValue] = []
  private var file = ""
  private var depth = 0
  /// What goes before each line while a partial is printed, and whether a line has just begun.
  private var indent: [UInt8] = []
  /// For each name of the template at hand and each distance from the innermost value, the kind of
  /// value that was there last and the name's place in it (-1: not in it).
  private var memory: [[(shape: TemplateShape, index: Int)?]] = []

  package init(partials: [String: Template] = [:]) { self.partials = partials }

  /// `values` are looked through for names from the last to the first.
  package mutating func render(
    _ template: Template, _ values: [TemplateValue]
  ) throws(Diagnostic) -> [UInt8] {
    output = []
    frames = values
    memory = []
    file = template.file
    try render(template.nodes)
    return output
  }

  private mutating func render(_ nodes: [Template.Node]) throws(Diagnostic) {
    for node in nodes {
      switch node {
      case .text(let bytes): write(bytes)
      case .value(let name): try print(try find(name), name)
      case .section(let name, let isInverted, let inner):
        try section(try find(name), name, isInverted, inner)
      case .partial(let name, let indent, let line): try partial(name, indent, line)
      }
    }
  }

  private mutating func write(_ bytes: some Collection<UInt8>) {
    if indent.isEmpty {
      output.append(contentsOf: bytes)
      return
    }
    for byte in bytes {
      if output.last == UInt8(ascii: "\n") || output.isEmpty, byte != UInt8(ascii: "\n") {
        output.append(contentsOf: indent)
      }
      output.append(byte)
    }
  }

  private mutating func print(
    _ value: TemplateValue, _ name: Template.Name
  ) throws(Diagnostic) {
    switch value {
    case .text(let text): write(text.utf8)
    case .absent: break
    case .flag, .list, .object: throw error("{{\(spelling(name))}} is not text", name.line)
    }
  }

  private mutating func section(
    _ value: TemplateValue, _ name: Template.Name, _ isInverted: Bool, _ inner: [Template.Node]
  ) throws(Diagnostic) {
    if isInverted {
      if !value.isShown { try render(inner) }
      return
    }
    switch value {
    case .list(let items):
      for item in items { try render(inner, in: item) }
    case .object, .text:
      if value.isShown { try render(inner, in: value) }
    case .flag(let flag):
      if flag { try render(inner) }
    case .absent: break
    }
  }

  private mutating func render(
    _ nodes: [Template.Node], in value: TemplateValue
  ) throws(Diagnostic) {
    frames.append(value)
    try render(nodes)
    frames.removeLast()
  }

  private mutating func partial(
    _ name: String, _ indent: [UInt8], _ line: Int
  ) throws(Diagnostic) {
    guard let template = partials[name] else {
      throw error(
        "there is no partial \"\(name)\"", line,
        help: "known: \(partials.keys.sorted().joined(separator: ", "))")
    }
    guard depth < 32 else { throw error("partials include each other without end", line) }
    let outer = (file, self.indent, memory)
    (file, self.indent, memory) = (template.file, self.indent + indent, [])
    depth += 1
    try render(template.nodes)
    depth -= 1
    (file, self.indent, memory) = outer
  }

  // MARK: Names

  private mutating func find(_ name: Template.Name) throws(Diagnostic) -> TemplateValue {
    guard let first = name.path.first else { return frames[frames.count - 1] }
    if memory.count <= name.number {
      memory.append(contentsOf: repeatElement([], count: name.number + 1 - memory.count))
    }
    for distance in 0..<frames.count {
      guard case .object(let object) = frames[frames.count - 1 - distance] else { continue }
      let index = place(of: first, in: object.shape, name.number, distance)
      if index >= 0 { return try follow(name, from: object.values[index]) }
    }
    var known: Set<String> = []
    for case .object(let object) in frames { known.formUnion(object.shape.names) }
    throw error(
      "nothing here is called \"\(first)\"", name.line,
      help: "known here: \(known.sorted().joined(separator: ", "))")
  }

  private mutating func place(
    of name: String, in shape: TemplateShape, _ number: Int, _ distance: Int
  ) -> Int {
    if distance < memory[number].count {
      if let known = memory[number][distance], known.shape === shape { return known.index }
    } else {
      memory[number].append(
        contentsOf: repeatElement(nil, count: distance + 1 - memory[number].count))
    }
    let index = shape.index(of: name) ?? -1
    memory[number][distance] = (shape, index)
    return index
  }

  private func follow(
    _ name: Template.Name, from value: TemplateValue
  ) throws(Diagnostic) -> TemplateValue {
    var value = value
    for part in name.path.dropFirst() {
      guard case .object(let object) = value, let next = object[part] else {
        throw error("\"\(spelling(name))\" has no \"\(part)\"", name.line)
      }
      value = next
    }
    return value
  }

  private func spelling(_ name: Template.Name) -> String {
    name.path.isEmpty ? "." : name.path.joined(separator: ".")
  }

  private func error(_ message: String, _ line: Int, help: String? = nil) -> Diagnostic {
    Diagnostic(.error, file: file, line: line, message, rule: "template-name", help: help)
  }
}

extension TemplateValue {
  fileprivate var isShown: Bool {
    switch self {
    case .text(let text): !text.isEmpty
    case .flag(let flag): flag
    case .list(let items): !items.isEmpty
    case .object: true
    case .absent: false
    }
  }
}
