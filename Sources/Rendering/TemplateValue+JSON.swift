import HeaderModel

extension TemplateValue {
  /// The value as JSON: what a template sees, for people and for goldens.
  package func json() -> [UInt8] {
    var writer = JSONWriter()
    write(to: &writer)
    return writer.finish()
  }

  private func write(to writer: inout JSONWriter) {
    switch self {
    case .text(let text): writer.string(text)
    case .flag(let flag): writer.bool(flag)
    case .absent: writer.null()
    case .list(let items): writer.array(items) { $1.write(to: &$0) }
    case .object(let object):
      writer.object { writer in
        for (name, value) in zip(object.shape.names, object.values) {
          writer.key(name)
          value.write(to: &writer)
        }
      }
    }
  }
}
