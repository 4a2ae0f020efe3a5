import HeaderDiff
import Rendering

/// A report as templates see it. Names of values, nothing left to decide; every text is escaped for
/// the format.
struct ReportContext {
  private(set) var values = TemplateContext()
  private let escaping: Escaping

  init(_ escaping: Escaping) { self.escaping = escaping }

  mutating func value(_ report: Report) -> TemplateValue {
    let documentation = report.groups.filter(\.isDocumentation)
    let rest = report.groups.filter { !$0.isDocumentation }
    let waived = rest.filter(\.isWaived)
    let judged = rest.filter { !$0.isWaived }
    return values.object([
      "displayName": text(report.displayName),
      "old": text(report.old.identifier),
      "new": text(report.new.identifier),
      "vendor": text(report.new.vendor),
      "headline": text(report.headline),
      "tally": text(tally(judged, waived, documentation)),
      "verdicts": verdicts(report.verdicts),
      "interfaceProblem": text(report.interfaceProblem),
      "hasRows": .flag(!rest.isEmpty),
      "rows": values.list((judged + waived).map { row($0) }),
      "sections": values.list(
        Verdict.allCases.reversed().compactMap { verdict in
          let groups = judged.filter { $0.severity == verdict }
          return groups.isEmpty ? nil : section(verdict.title, groups, report)
        } + (waived.isEmpty ? [] : [section("Waived", waived, report)])),
      "hasDocumentation": .flag(!documentation.isEmpty),
      "documentation": values.text(
        documentation.map { escaping.code($0.symbol) }.joined(separator: ", ")),
    ])
  }

  private mutating func text(_ text: String?) -> TemplateValue {
    values.text(text.map(escaping.text))
  }

  private func tally(
    _ judged: [Report.Group], _ waived: [Report.Group], _ documentation: [Report.Group]
  ) -> String {
    var parts = Verdict.allCases.reversed().compactMap { verdict in
      let count = judged.count { $0.severity == verdict }
      return count == 0 ? nil : "\(count) \(verdict.phrase)"
    }
    if !waived.isEmpty { parts.append("\(waived.count) waived") }
    if !documentation.isEmpty { parts.append("\(documentation.count) in comments only") }
    let total = judged.count + waived.count + documentation.count
    return "\(total) symbol\(total == 1 ? "" : "s") changed"
      + (parts.isEmpty ? "" : ": \(parts.joined(separator: ", "))")
  }

  private mutating func verdicts(_ verdicts: Verdicts) -> TemplateValue {
    values.object([
      "source": values.text(verdicts.source.word), "abi": values.text(verdicts.abi.word),
      "swift": values.text(verdicts.swift.word),
    ])
  }

  private mutating func row(_ group: Report.Group) -> TemplateValue {
    values.object([
      "severity": values.text(group.isWaived ? "waived" : group.severity.word),
      "symbol": values.text(escaping.cell(group.symbol)),
      "anchor": values.text(Self.anchor(group.symbol)),
      "kind": values.text(group.kind.title),
      "rules": values.text(
        Self.unique(group.changes.map(\.rule.id)).map(escaping.code).joined(separator: ", ")),
      "verdicts": verdicts(group.verdicts),
    ])
  }

  private mutating func section(
    _ title: String, _ groups: [Report.Group], _ report: Report
  ) -> TemplateValue {
    values.object([
      "title": values.text(title),
      "groups": values.list(groups.map { self.group($0, report) }),
    ])
  }

  private mutating func group(_ group: Report.Group, _ report: Report) -> TemplateValue {
    let old = group.old.map(Declaration.wrapped)
    let new = group.new.map(Declaration.wrapped)
    // Where only the module changed, the two sides are Swift already.
    let isSwift = group.kind == .interface
    let swift = isSwift ? [] : group.swift.map(Declaration.wrapped)
    let twins = Self.unique(group.changes.compactMap(\.twin))
    return values.object([
      "symbol": values.text(escaping.code(group.symbol)),
      "anchor": values.text(Self.anchor(group.symbol)),
      "kind": values.text(group.kind.title),
      "severity": values.text(group.severity.word),
      "formerName": values.text(
        group.changes.lazy.compactMap(\.formerName).first.map(escaping.code)),
      "twin": twins.isEmpty
        ? .absent : values.text(twins.map(escaping.code).joined(separator: ", ")),
      "changes": values.list(
        zip(group.changes, group.waivers).map { change($0, $1, in: group) }),
      "hasSides": .flag(old != nil || new != nil),
      "language": values.text(isSwift ? "swift" : "c"),
      "oldLine": text(group.old),
      "newLine": text(group.new),
      "oldRelease": text(report.old.identifier),
      "newRelease": text(report.new.identifier),
      "oldSide": code(old ?? "—"),
      "newSide": code(new ?? "—"),
      "fence": values.text(Escaping.fence(around: [old, new].compactMap(\.self) + swift)),
      "hasSwift": .flag(!swift.isEmpty),
      "swift": code(swift.joined(separator: "\n")),
    ])
  }

  private mutating func change(
    _ change: Change, _ waiver: Waiver?, in group: Report.Group
  ) -> TemplateValue {
    // The sides show the C; what the Swift was is told beside the rule.
    let formerSwift =
      change.kind == .interface && group.kind != .interface ? change.old : nil
    return values.object([
      "rule": values.text(escaping.code(change.rule.id)),
      "presence": values.text(change.presence.rawValue),
      "effect": text(change.rule.effect),
      "advice": text(change.rule.advice),
      "detail": values.text((change.detail ?? formerSwift).map(escaping.code)),
      "members": change.members.isEmpty
        ? .absent : values.text(change.members.map(escaping.code).joined(separator: ", ")),
      "verdicts": verdicts(change.rule.verdicts),
      "waiver": waiver.map {
        values.object([
          "reason": text($0.reason), "expires": values.text($0.expires.description),
        ])
      } ?? .absent,
    ])
  }

  private mutating func code(_ code: String) -> TemplateValue { values.text(escaping.block(code)) }

  /// What links point to: letters, digits, `-` and `_`.
  private static func anchor(_ symbol: String) -> String {
    String(symbol.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") ? $0 : "-" })
  }

  private static func unique(_ texts: [String]) -> [String] {
    var seen: Set<String> = []
    return texts.filter { seen.insert($0).inserted }
  }
}

extension Verdict {
  /// In a sentence.
  var phrase: String {
    switch self {
    case .compatible: "compatible"
    case .conditional: "compatible with a condition"
    case .breaking: "breaking"
    }
  }

  fileprivate var title: String {
    switch self {
    case .compatible: "Compatible"
    case .conditional: "Compatible with a condition"
    case .breaking: "Breaking"
    }
  }
}

extension Report {
  /// The verdicts in a line.
  package var headline: String {
    Consumer.allCases.map { "\($0.title): \(verdicts[$0].phrase)" }.joined(separator: " · ")
  }
}

extension Consumer {
  fileprivate var title: String {
    switch self {
    case .source: "C source"
    case .abi: "C ABI"
    case .swift: "Swift"
    }
  }
}

extension Change.Kind {
  fileprivate var title: String {
    switch self {
    case .interface: "generated Swift"
    case .context: "how it was read"
    default: rawValue
    }
  }
}
