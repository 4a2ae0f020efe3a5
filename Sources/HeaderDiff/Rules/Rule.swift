/// A kind of change: what it does to whom, and what to do about it.
///
/// The rules are data. What tells them apart is in `Comparison/`; a change has the verdicts of its
/// rule, so that where verdicts differ there are two rules.
package struct Rule: Hashable, Sendable {
  /// Stable: waivers and other tools refer to it.
  package let id: String
  package let verdicts: Verdicts
  /// What the change does, in a line.
  package let effect: String
  /// What to do, or the condition under which nothing breaks.
  package let advice: String

  init(
    _ id: String, source: Verdict, abi: Verdict, swift: Verdict, _ effect: String,
    advice: String
  ) {
    self.id = id
    verdicts = Verdicts(source: source, abi: abi, swift: swift)
    self.effect = effect
    self.advice = advice
  }

  package static func == (left: Rule, right: Rule) -> Bool { left.id == right.id }

  package func hash(into hasher: inout Hasher) { hasher.combine(id) }
}

extension Rule {
  /// Every rule, by what it is about.
  package static let all: [Rule] =
    functions + parameters + attributes + enumerations + records + fields + typedefs + macros
    + variables + context + interface
}
