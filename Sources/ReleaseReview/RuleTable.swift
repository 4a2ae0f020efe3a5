package import HeaderDiff

/// The rules as people read them.
package enum RuleTable {
  package static func text(_ rules: [Rule]) -> String {
    rules.map { rule in
      """
      \(rule.id)
        C source \(rule.verdicts.source.word), C ABI \(rule.verdicts.abi.word), \
      Swift \(rule.verdicts.swift.word)
        \(rule.effect)
        \(rule.advice)
      """
    }.joined(separator: "\n\n")
  }
}
