/// One declaration of a generated module, as far as its users depend on it.
package struct InterfaceDeclaration: Hashable, Sendable {
  package struct Parameter: Hashable, Sendable {
    package var label: String
    package var type: String
    package var isDefaulted: Bool

    package init(label: String, type: String, isDefaulted: Bool) {
      self.label = label
      self.type = type
      self.isDefaulted = isDefaulted
    }
  }

  /// The C name that it stands for.
  package var symbol: String
  /// With the type that it belongs to, such as `NCCLLibrary.allReduce`.
  package var path: String
  /// As Swift writes it.
  package var text: String
  /// `nil` for what is not called.
  package var parameters: [Parameter]?
  package var result: String

  package init(
    symbol: String, path: String, text: String, parameters: [Parameter]? = nil, result: String = ""
  ) {
    self.symbol = symbol
    self.path = path
    self.text = text
    self.parameters = parameters
    self.result = result
  }
}

/// Compares what a module's users can write before and after.
package enum CompareInterfaces {
  package enum Additions { case reported, expected }

  /// Additions are expected where the module only learned another release: its header's own
  /// changes tell them.
  package static func changes(
    _ old: [InterfaceDeclaration], _ new: [InterfaceDeclaration], additions: Additions
  ) -> [Change] {
    let byPath = Dictionary(grouping: new, by: \.path)
    var changes: [Change] = []
    for declaration in old {
      let candidates = byPath[declaration.path] ?? []
      if candidates.contains(where: { $0.text == declaration.text }) { continue }
      guard let nearest = candidates.first else {
        changes.append(
          Change(
            .swiftRemoved, .interface, .removed, declaration.symbol, old: declaration.text))
        continue
      }
      let compatible = candidates.first { declaration.canBeCalled(as: $0) }
      let rule: Rule =
        switch compatible {
        case nil: .swiftChanged
        case .some(let other) where declaration.parameters?.count == other.parameters?.count:
          .swiftWidened
        case .some: .swiftDefaulted
        }
      changes.append(
        Change(
          rule, .interface, .changed, declaration.symbol, old: declaration.text,
          new: (compatible ?? nearest).text))
    }
    if additions == .reported {
      let known = Set(old.map(\.path))
      for declaration in new where !known.contains(declaration.path) {
        changes.append(
          Change(.swiftAdded, .interface, .added, declaration.symbol, new: declaration.text))
      }
    }
    return changes
  }
}

extension InterfaceDeclaration {
  /// Whether every call of this one compiles with the other.
  fileprivate func canBeCalled(as other: InterfaceDeclaration) -> Bool {
    guard let parameters, let others = other.parameters, result == other.result,
      others.count >= parameters.count
    else { return false }
    return zip(parameters, others).allSatisfy { from, to in
      from.label == to.label && SwiftConversion.converts(from.type, to.type)
        && (!from.isDefaulted || to.isDefaulted)
    } && others[parameters.count...].allSatisfy(\.isDefaulted)
  }
}
