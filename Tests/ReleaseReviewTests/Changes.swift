import HeaderDiff
import ReleaseReview

/// A report as the rules' cases keep it: all that was found and how it was judged, and nothing that
/// is only told in another way, such as a rule's advice.
enum Changes {
  static func text(_ report: Report) -> String {
    var lines = ["\(report.old.identifier) → \(report.new.identifier): \(text(report.verdicts))"]
    if let problem = report.interfaceProblem { lines.append("no interface: \(problem)") }
    for group in report.groups {
      lines += ["", "\(group.kind.rawValue) \(group.symbol)"]
      var shown: [String] = []
      for (change, waiver) in zip(group.changes, group.waivers) {
        lines.append(
          "  \(change.rule.id), \(change.presence.rawValue): \(text(change.rule.verdicts))")
        if let name = change.formerName { lines.append("    was \(name)") }
        if let twin = change.twin { lines.append("    and so \(twin)") }
        if let detail = change.detail { lines.append("    \(detail)") }
        if !change.members.isEmpty {
          lines.append("    with \(change.members.joined(separator: ", "))")
        }
        if let waiver { lines.append("    waived: \(waiver.reason)") }
        // What all changes of a symbol have in common stands there once.
        let sides = [change.old.map { "  - \($0)" }, change.new.map { "  + \($0)" }]
          .compactMap(\.self)
        if sides != shown { lines += sides }
        shown = sides
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func text(_ verdicts: Verdicts) -> String {
    Consumer.allCases.map { "\($0.rawValue) \(verdicts[$0].word)" }.joined(separator: ", ")
  }
}
