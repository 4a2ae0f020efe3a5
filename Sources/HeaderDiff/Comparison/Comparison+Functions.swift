import HeaderModel

extension Comparison {
  mutating func compareFunctions() {
    let oldMacros = Set(old.header.macros.map(\.name))
    let newMacros = Set(new.header.macros.map(\.name))
    let pairs = Pairing(old.header.functions, new.header.functions, name: \.name)
    for function in pairs.removed {
      let isMacro = newMacros.contains(function.name) && !oldMacros.contains(function.name)
      add(
        Change(
          isMacro ? .functionBecameMacro : .functionRemoved, .function, .removed, function.name,
          old: CDeclaration.declaration(function),
          new: isMacro ? new.macroText(function.name) : nil))
    }
    for function in pairs.added {
      let wasMacro = oldMacros.contains(function.name) && !newMacros.contains(function.name)
      add(
        Change(
          wasMacro ? .macroBecameFunction : .functionAdded, .function, .added, function.name,
          old: wasMacro ? old.macroText(function.name) : nil,
          new: CDeclaration.declaration(function)))
    }
    for (left, right) in pairs.both where left != right || hasShiftedTypes {
      compare(left, right)
    }
  }

  private mutating func compare(_ left: Function, _ right: Function) {
    var found: [(rule: Rule, detail: String?)] = []
    func note(_ rule: Rule, _ detail: String? = nil) { found.append((rule, detail)) }

    if let rule = resultRule(left.result, right.result) {
      note(rule, "\(CDeclaration.text(left.result)) → \(CDeclaration.text(right.result))")
    }
    if left.isVariadic != right.isVariadic { note(.variadicChanged) }
    if left.hasPrototype != right.hasPrototype {
      note(right.hasPrototype ? .prototypeAdded : .prototypeRemoved)
    }
    let (wasInHeader, isInHeader) = (left.isInHeader, right.isInHeader)
    if wasInHeader != isInHeader {
      note(isInHeader ? .functionBecameInline : .inlineBecameFunction)
    }
    found += parameterChanges(left.parameters, right.parameters)
    found += attributeChanges(left.attributes, right.attributes)
    if found.isEmpty, left.doc != right.doc { note(.documentationChanged) }

    for (rule, detail) in found {
      let isComment = rule == .documentationChanged
      add(
        Change(
          rule, .function, .changed, left.name, detail: detail,
          old: isComment ? nil : CDeclaration.declaration(left),
          new: isComment ? nil : CDeclaration.declaration(right)))
    }
  }

  private func resultRule(_ left: CType, _ right: CType) -> Rule? {
    switch differencePassed(left, right) {
    case .none: nil
    case .respelled: .returnTypeRespelled
    case .constAdded, .constRemoved, .constDeeper, .numberConverted, .sameABI: .returnTypeSameABI
    case .underneath, .numberResized, .abi: .returnTypeChanged
    }
  }

  private func attributeChanges(
    _ left: [String], _ right: [String]
  ) -> [(rule: Rule, detail: String?)] {
    func isVisibility(_ attribute: String) -> Bool { attribute.hasPrefix("visibility") }
    var found: [(Rule, String?)] = []
    let visibilities = (left.first(where: isVisibility), right.first(where: isVisibility))
    if visibilities.0 != visibilities.1 {
      found.append(
        (.visibilityChanged, "\(visibilities.0 ?? "none") → \(visibilities.1 ?? "none")"))
    }
    func isSame(_ left: String, _ right: String) -> Bool {
      left == right || left.isDeprecation && right.isDeprecation
    }
    for attribute in right where !isVisibility(attribute) {
      guard !left.contains(where: { isSame($0, attribute) }) else { continue }
      switch attribute {
      case "weak": found.append((.weakAdded, nil))
      case let text where text.isDeprecation: found.append((.deprecatedAdded, nil))
      default: found.append((.attributeAdded, attribute))
      }
    }
    for attribute in left where !isVisibility(attribute) {
      guard !right.contains(where: { isSame($0, attribute) }) else { continue }
      switch attribute {
      case "weak": found.append((.weakRemoved, nil))
      case let text where text.isDeprecation: found.append((.deprecatedRemoved, nil))
      default: found.append((.attributeRemoved, attribute))
      }
    }
    return found
  }
}

extension Function {
  /// Defined by the header, so that the library need not export it.
  fileprivate var isInHeader: Bool { isInline || isStatic }
}

extension String {
  /// `deprecated`, or with a text for the reader.
  fileprivate var isDeprecation: Bool { self == "deprecated" || hasPrefix("deprecated(") }
}

extension TypeTable {
  func macroText(_ name: String) -> String? {
    header.macros.last { $0.name == name }.map { CDeclaration.declaration($0) }
  }
}
