import HeaderDiff
import Rendering

/// A vendor's releases as the templates of their pages see them.
struct SeriesContext {
  private(set) var values = TemplateContext()
  private let escaping = Escaping.markdown

  mutating func value(_ series: ReleaseSeries) -> TemplateValue {
    var reportKind = TemplateKind()
    return values.object([
      "vendor": values.text(series.vendor),
      "displayName": values.text(escaping.text(series.displayName)),
      "first": values.text(series.history.identifiers.first),
      "last": values.text(series.history.identifiers.last),
      "reports": values.list(
        series.reports.reversed().map { report in
          let verdicts = report.verdicts
          return values.object(
            &reportKind,
            [
              "old": values.text(report.old.identifier), "new": values.text(report.new.identifier),
              "file": values.text(report.fileName),
              "source": values.text(verdicts.source.word), "abi": values.text(verdicts.abi.word),
              "swift": values.text(verdicts.swift.word),
              "summary": values.text(summary(report)),
            ])
        }),
      "releases": releases(series.history),
      "sections": sections(series.history),
    ])
  }

  /// What a maintainer wants to know before opening the page.
  private func summary(_ report: Report) -> String {
    let changes = report.groups.flatMap(\.changes).filter { $0.kind != .macro }
    func names(_ presence: Change.Presence, _ mark: String) -> [String] {
      changes.filter { $0.presence == presence && ($0.kind == .function || $0.kind == .enumerator) }
        .map { "\(mark)\(escaping.code($0.symbol))" }
    }
    let all = names(.added, "+") + names(.removed, "−")
    return all.count > 8
      ? all.prefix(8).joined(separator: " ") + " and \(all.count - 8) more"
      : all.joined(separator: " ")
  }

  private mutating func releases(_ history: History) -> TemplateValue {
    var kind = TemplateKind()
    return values.list(
      history.identifiers.enumerated().map { index, identifier in
        values.object(
          &kind, ["mark": values.text(Self.mark(index)), "release": values.text(identifier)])
      })
  }

  private mutating func sections(_ history: History) -> TemplateValue {
    var kind = TemplateKind()
    var lineKind = TemplateKind()
    return values.list(
      Change.Kind.allCases.compactMap { symbolKind in
        let lines = history.lines.filter { $0.name.kind == symbolKind }
        guard !lines.isEmpty else { return nil }
        let width = lines.map(\.name.symbol.utf8.count).max() ?? 0
        return values.object(
          &kind,
          [
            "title": values.text(symbolKind.plural),
            "ruler": values.text(
              String(repeating: " ", count: width)
                + "  " + history.identifiers.indices.map(Self.mark).joined()),
            "lines": values.list(
              lines.map { line in
                let name = line.name.symbol
                return values.object(
                  &lineKind,
                  [
                    "text": values.text(
                      name + String(repeating: " ", count: width - name.utf8.count) + "  "
                        + strip(line) + span(line, history))
                  ])
              }),
          ])
      })
  }

  /// One character a release: there, changed, or not there.
  private func strip(_ line: History.Line) -> String {
    let changed = Set(
      line.events.filter {
        $0.change.presence == .changed && $0.change.rule.id != "documentation-changed"
      }.map(\.header))
    return String(
      line.present.enumerated().map { index, isPresent -> Character in
        guard isPresent else { return "·" }
        return changed.contains(index) ? "~" : "="
      })
  }

  private func span(_ line: History.Line, _ history: History) -> String {
    guard let first = line.first, let last = line.last else { return "" }
    let since = first == 0 ? "" : "since \(history.identifiers[first])"
    let until =
      last == history.identifiers.count - 1 ? "" : "until \(history.identifiers[last + 1])"
    return [since, until].filter { !$0.isEmpty }.map { "  \($0)" }.joined()
  }

  /// A column's name: a letter, then a digit, and so on.
  private static func mark(_ index: Int) -> String {
    let marks = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
    return String(marks[index % marks.count])
  }
}

extension Change.Kind {
  fileprivate var plural: String {
    switch self {
    case .function: "Functions"
    case .enumeration: "Enumerations"
    case .enumerator: "Enumerators"
    case .record: "Records"
    case .field: "Fields"
    case .typedef: "Typedefs"
    case .macro: "Macros"
    case .variable: "Variables"
    case .interface, .context: "Other"
    }
  }
}
