internal import CLibclang
internal import HeaderModel

extension TreeReader {
  /// Remembers the condition that a declaration stands under. A name that is declared elsewhere
  /// without one has none.
  func noteCondition(of name: String, at position: SourcePosition) {
    guard !givenMacros.isEmpty else { return }
    let conditions = conditions(in: position.file)
    let text = conditions.isEmpty ? nil : conditions.text(at: position.offset)
    if let known = conditionTexts[name] {
      if known != nil, text == nil { conditionTexts[name] = .some(nil) }
    } else {
      conditionTexts[name] = .some(text)
    }
  }

  /// The same for a field or an enumerator.
  func noteCondition(ofMember cursor: CXCursor, named name: @autoclosure () -> String) {
    guard !givenMacros.isEmpty, let position = files.position(of: clang.location(cursor)) else {
      return
    }
    noteCondition(of: name(), at: position)
  }

  private func conditions(in file: Int) -> Conditions {
    if let known = fileConditions[file] { return known }
    let source = files.own[file]
    let conditions = Conditions(source.bytes, source.scan, macros: givenMacros)
    fileConditions[file] = conditions
    return conditions
  }

  /// The conditions by name, for the model.
  func takeConditions() -> [Condition] {
    conditionTexts.compactMap { name, text in text.map { Condition(name: name, text: $0) } }
      .sorted { byBytes($0.name, $1.name) }
  }
}
