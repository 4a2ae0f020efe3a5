extension Comparison {
  /// What happened to the attributes of a declaration.
  func attributeChanges(
    _ left: [String], _ right: [String]
  ) -> [(rule: Rule, detail: String?)] {
    var found: [(Rule, String?)] = []
    // Of these there is one or none, and what it says counts.
    for family in AttributeFamily.allCases {
      let (from, to) = (left.first(where: family.has), right.first(where: family.has))
      if from != to {
        found.append((family.rule, "\(from ?? "none") → \(to ?? "none")"))
      }
    }
    func isSingle(_ attribute: String) -> Bool {
      !AttributeFamily.allCases.contains { $0.has(attribute) }
    }
    let (before, after) = (left.filter(isSingle), right.filter(isSingle))
    for attribute in after where !before.contains(where: { isSame($0, attribute) }) {
      switch attribute {
      case "weak": found.append((.weakAdded, nil))
      case let text where text.isDeprecation: found.append((.deprecatedAdded, nil))
      default: found.append((.attributeAdded, attribute))
      }
    }
    for attribute in before where !after.contains(where: { isSame($0, attribute) }) {
      switch attribute {
      case "weak": found.append((.weakRemoved, nil))
      case let text where text.isDeprecation: found.append((.deprecatedRemoved, nil))
      default: found.append((.attributeRemoved, attribute))
      }
    }
    return found
  }

  private func isSame(_ left: String, _ right: String) -> Bool {
    left == right || left.isDeprecation && right.isDeprecation
  }
}

/// Attributes that exclude each other.
private enum AttributeFamily: CaseIterable {
  case visibility, symbol

  func has(_ attribute: String) -> Bool {
    switch self {
    case .visibility: attribute.hasPrefix("visibility(")
    case .symbol: attribute.hasPrefix("asm(")
    }
  }

  var rule: Rule {
    switch self {
    case .visibility: .visibilityChanged
    case .symbol: .symbolRenamed
    }
  }
}

extension String {
  /// `deprecated`, or with a text for the reader.
  fileprivate var isDeprecation: Bool { self == "deprecated" || hasPrefix("deprecated(") }
}
