/// What a name stands for, in the words of the documentation for template authors.
package enum TemplateForm: String, Hashable, Sendable {
  case text, flag, object
  /// A list of texts.
  case lines
  case list
}

extension TemplateContext {
  /// Every name that a value gives to templates, by the path of sections to it, and what it stands
  /// for: nothing, where this value has nothing there.
  package mutating func outline(of value: TemplateValue) -> [String: Set<TemplateForm>] {
    var outline: [String: Set<TemplateForm>] = [:]
    add(value, at: "", to: &outline)
    return outline
  }

  private mutating func add(
    _ value: TemplateValue, at path: String, to outline: inout [String: Set<TemplateForm>]
  ) {
    var form: TemplateForm?
    switch value.kind {
    case .absent: break
    case .flag: form = .flag
    case .text: form = .text
    case .list:
      for index in Int(value.start)..<Int(value.start + value.count) {
        let item = values[index]
        form = item.kind == .text ? .lines : .list
        if item.kind != .text { addMembers(of: item, at: path, to: &outline) }
      }
    case .object, .item:
      form = .object
      addMembers(of: value, at: path, to: &outline)
    }
    guard !path.isEmpty else { return }
    outline[path, default: []].formUnion(form.map { [$0] } ?? [])
  }

  private mutating func addMembers(
    of object: TemplateValue, at path: String, to outline: inout [String: Set<TemplateForm>]
  ) {
    for (place, name) in shapes[Int(object.count)].enumerated() {
      let mark = mark
      let value = member(place, of: object)
      add(value, at: path.isEmpty ? name : "\(path).\(name)", to: &outline)
      goBack(to: mark)
    }
  }
}
