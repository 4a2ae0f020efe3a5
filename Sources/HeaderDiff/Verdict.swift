/// What a change means for one kind of user.
package enum Verdict: Int, Hashable, Sendable, Comparable, CaseIterable {
  case compatible
  /// Compatible under the condition that the rule's advice names.
  case conditional
  case breaking

  package static func < (left: Verdict, right: Verdict) -> Bool { left.rawValue < right.rawValue }

  /// The word that reports and options use.
  package var word: String {
    switch self {
    case .compatible: "compatible"
    case .conditional: "conditional"
    case .breaking: "breaking"
    }
  }
}

/// Who is hit by a change: three kinds of users, who may fare differently.
package enum Consumer: String, Hashable, Sendable, CaseIterable {
  /// A C program that is compiled again with the new header.
  case source = "c-source"
  /// A program that was compiled, or written, for the old header and finds the new library.
  case abi = "c-abi"
  /// A Swift program that is compiled again with the module generated from both.
  case swift
}

/// The verdicts for all kinds of users.
package struct Verdicts: Hashable, Sendable {
  package var source: Verdict
  package var abi: Verdict
  package var swift: Verdict

  package init(source: Verdict, abi: Verdict, swift: Verdict) {
    self.source = source
    self.abi = abi
    self.swift = swift
  }

  package static let compatible = Verdicts(
    source: .compatible, abi: .compatible, swift: .compatible)

  package subscript(consumer: Consumer) -> Verdict {
    switch consumer {
    case .source: source
    case .abi: abi
    case .swift: swift
    }
  }

  package var worst: Verdict { max(source, abi, swift) }

  /// For each kind of user the worse of both.
  package func joined(_ other: Verdicts) -> Verdicts {
    Verdicts(
      source: max(source, other.source), abi: max(abi, other.abi), swift: max(swift, other.swift))
  }
}
