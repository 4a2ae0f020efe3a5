import HeaderModel

extension TemplateContext {
  /// A value as JSON: what a template sees, for people and for goldens.
  package mutating func json(_ value: TemplateValue) -> [UInt8] {
    var writer = JSONWriter()
    write(value, to: &writer)
    return writer.finish()
  }

  private mutating func write(_ value: TemplateValue, to writer: inout JSONWriter) {
    let start = Int(value.start)
    switch value.kind {
    case .text: writer.string(string(value))
    case .flag: writer.bool(value.isShown)
    case .absent: writer.null()
    case .list:
      writer.array(values[start..<(start + Int(value.count))]) { write($1, to: &$0) }
    case .object, .item:
      writer.object { writer in
        for (place, name) in shapes[Int(value.count)].enumerated() {
          writer.key(name)
          write(member(place, of: value), to: &writer)
        }
      }
    }
  }
}
