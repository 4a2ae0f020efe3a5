package import HeaderModel

/// Prints a template with a value: one pass, into one buffer.
package struct TemplateRenderer {
  var context: TemplateContext
  private let partials: [String: Template]
  private var output: [UInt8] = []
  /// The values that names are looked for in, the innermost last.
  private var frames: [TemplateValue] = []
  private var file = ""
  private var depth = 0
  /// What goes before each line while a partial is printed.
  private var indent: [UInt8] = []
  private var memory = NameMemory()
  /// Those of the partials that are not being printed.
  private var memories: [String: NameMemory] = [:]

  /// `context` has all that is to be printed; what is made for it later is not seen.
  package init(_ context: TemplateContext, partials: [String: Template] = [:]) {
    self.context = context
    self.partials = partials
  }

  /// `values` are looked through for names from the last to the first. With `room` for so many bytes
  /// the output need not move as it grows.
  package mutating func render(
    _ template: Template, _ values: [TemplateValue], room: Int = 0
  ) throws(Diagnostic) -> [UInt8] {
    output = []
    output.reserveCapacity(room)
    frames = values
    memory = NameMemory()
    file = template.file
    try render(template, 0..<template.nodes.count)
    return output
  }

  private mutating func render(
    _ template: borrowing Template, _ range: Range<Int>
  ) throws(Diagnostic) {
    var index = range.lowerBound
    while index < range.upperBound {
      let node = template.nodes[index]
      index += 1
      switch node.kind {
      case .text:
        write(template.bytes, Int(node.start)..<Int(node.end))
      case .value:
        let mark = context.mark
        try print(Int(node.start), template)
        context.goBack(to: mark)
      case .section:
        let inner = index..<Int(node.end)
        index = Int(node.end)
        let mark = context.mark
        try section(value(try find(Int(node.start), template)), template, inner)
        context.goBack(to: mark)
      case .inverted:
        let inner = index..<Int(node.end)
        index = Int(node.end)
        let mark = context.mark
        let isShown = value(try find(Int(node.start), template)).isShown
        context.goBack(to: mark)
        if !isShown { try render(template, inner) }
      case .partial:
        try partial(template.partials[Int(node.start)])
      }
    }
  }

  private mutating func print(
    _ name: Int, _ template: borrowing Template
  ) throws(Diagnostic) {
    let place = try find(name, template)
    if indent.isEmpty, let member = place.member,
      context.print(member, of: place.object, to: &output)
    {
      return
    }
    let value = value(place)
    switch value.kind {
    case .text:
      let start = Int(value.start)
      write(context.bytes, start..<(start + Int(value.count)))
    case .absent: break
    case .flag, .list, .object, .item:
      throw error("{{\(template.names[name].spelling)}} is not text", template.names[name].line)
    }
  }

  private mutating func write(_ bytes: [UInt8], _ range: Range<Int>) {
    if indent.isEmpty {
      bytes.withUnsafeBufferPointer {
        output.append(contentsOf: UnsafeBufferPointer(rebasing: $0[range]))
      }
      return
    }
    for byte in bytes[range] {
      if output.last == UInt8(ascii: "\n") || output.isEmpty, byte != UInt8(ascii: "\n") {
        output.append(contentsOf: indent)
      }
      output.append(byte)
    }
  }

  private mutating func section(
    _ value: TemplateValue, _ template: borrowing Template, _ inner: Range<Int>
  ) throws(Diagnostic) {
    guard value.isShown else { return }
    switch value.kind {
    case .list:
      let start = Int(value.start)
      for index in start..<(start + Int(value.count)) {
        frames.append(context.values[index])
        try render(template, inner)
        frames.removeLast()
      }
    case .object, .item, .text:
      frames.append(value)
      try render(template, inner)
      frames.removeLast()
    case .flag, .absent: try render(template, inner)
    }
  }

  private mutating func partial(_ partial: Template.Partial) throws(Diagnostic) {
    guard let template = partials[partial.name] else {
      throw error(
        "there is no partial \"\(partial.name)\"", partial.line,
        help: "known: \(partials.keys.sorted().joined(separator: ", "))")
    }
    guard depth < 32 else { throw error("partials include each other without end", partial.line) }
    let outer = (file, self.indent, memory)
    let known = memories.removeValue(forKey: partial.name) ?? NameMemory()
    (file, self.indent, memory) = (template.file, self.indent + partial.indent, known)
    depth += 1
    try render(template, 0..<template.nodes.count)
    depth -= 1
    memories[partial.name] = memory
    (file, self.indent, memory) = outer
  }

  // MARK: Names

  /// Where a name's value is.
  private struct Place {
    var object: TemplateValue
    /// `nil` where it is the object itself.
    var member: Int?
  }

  private mutating func value(_ place: Place) -> TemplateValue {
    place.member.map { context.member($0, of: place.object) } ?? place.object
  }

  private mutating func find(
    _ number: Int, _ template: borrowing Template
  ) throws(Diagnostic) -> Place {
    if template.names[number].path.isEmpty { return Place(object: frames[frames.count - 1]) }
    for distance in 0..<frames.count {
      let frame = frames[frames.count - 1 - distance]
      guard frame.kind == .object || frame.kind == .item else { continue }
      let shape = Int(frame.count)
      var place = memory.place(name: number, distance: distance, shape: shape)
      if place == nil {
        let index = context.index(of: template.names[number].path[0], inShape: shape)
        place = index ?? NameMemory.notThere
        memory.learn(place ?? 0, name: number, distance: distance, shape: shape)
      }
      if let place, place != NameMemory.notThere {
        let found = Place(object: frame, member: place)
        return template.names[number].path.count == 1
          ? found : try follow(template.names[number], from: found)
      }
    }
    throw unknown(template.names[number])
  }

  private func unknown(_ name: Template.Name) -> Diagnostic {
    var known: Set<String> = []
    for frame in frames where frame.kind == .object || frame.kind == .item {
      known.formUnion(context.shapes[Int(frame.count)])
    }
    return error(
      "nothing here is called \"\(name.path[0])\"", name.line,
      help: "known here: \(known.sorted().joined(separator: ", "))")
  }

  private mutating func follow(
    _ name: Template.Name, from place: Place
  ) throws(Diagnostic) -> Place {
    var place = place
    for part in name.path.dropFirst() {
      let object = value(place)
      guard object.kind == .object || object.kind == .item,
        let member = context.index(of: part, inShape: Int(object.count))
      else { throw error("\"\(name.spelling)\" has no \"\(part)\"", name.line) }
      place = Place(object: object, member: member)
    }
    return place
  }

  private func error(_ message: String, _ line: Int, help: String? = nil) -> Diagnostic {
    Diagnostic(.error, file: file, line: line, message, rule: "template-name", help: help)
  }
}

/// Where each name of a template was found last, by its distance from the innermost value: objects
/// in a list have the same shape, so that the same place is right nearly always.
private struct NameMemory {
  static let notThere = -1

  private struct Entry: BitwiseCopyable {
    var shape: Int32 = -1
    var place: Int32 = 0
  }

  private static let distances = 8
  private var entries: [Entry] = []

  func place(name: Int, distance: Int, shape: Int) -> Int? {
    let index = name * Self.distances + distance
    guard distance < Self.distances, index < entries.count else { return nil }
    let entry = entries[index]
    return Int(entry.shape) == shape ? Int(entry.place) : nil
  }

  mutating func learn(_ place: Int, name: Int, distance: Int, shape: Int) {
    guard distance < Self.distances else { return }
    let index = name * Self.distances + distance
    if index >= entries.count {
      entries.append(
        contentsOf: repeatElement(Entry(), count: (name + 1) * Self.distances - entries.count))
    }
    entries[index] = Entry(
      shape: Int32(truncatingIfNeeded: shape), place: Int32(truncatingIfNeeded: place))
  }
}
