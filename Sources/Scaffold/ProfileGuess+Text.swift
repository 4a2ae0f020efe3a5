extension ProfileGuess {
  /// What was guessed and why, then what was not and what to do, as lines for people.
  package static func text(_ findings: [Finding]) -> String {
    let guessed = findings.filter { $0.value != nil }
    let missing = findings.filter { $0.value == nil }
    var lines: [String] = []
    if !guessed.isEmpty { lines.append("guessed, to be checked:") }
    for finding in guessed {
      lines.append("  \(finding.subject): \(finding.value ?? "")")
      lines.append("    \(finding.reason)")
    }
    if !missing.isEmpty { lines.append("not guessed, to be written if it is there:") }
    for finding in missing {
      lines.append("  \(finding.subject)")
      lines.append("    \(finding.reason)")
    }
    return lines.joined(separator: "\n")
  }
}
