import HeaderModel

extension TemplateContext {
  /// A value as JSON: what a template sees, for people and for goldens.
  package func json(_ value: TemplateValue) -> [UInt8] {
    var writer = JSONWriter()
    write(value, to: &writer)
    return writer.finish()
  }

  private func write(_ value: TemplateValue, to writer: inout JSONWriter) {
    let start = Int(value.start)
    switch value.kind {
    case .text: writer.string(string(value))
    case .flag: writer.bool(value.isShown)
    case .absent: writer.null()
    case .list:
      writer.array(values[start..<(start + Int(value.count))]) { write($1, to: &$0) }
    case .object:
      writer.object { writer in
        for (index, name) in shapes[Int(value.count)].enumerated() {
          writer.key(name)
          write(values[start + index], to: &writer)
        }
      }
    }
  }
}
