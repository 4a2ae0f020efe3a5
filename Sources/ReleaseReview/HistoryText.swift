package import HeaderDiff
package import HeaderModel

extension History {
  /// The lines of a name: for a record with its fields, for a function with its twin's left out.
  package func lines(about symbol: String) -> [Line] {
    lines.filter { $0.name.symbol == symbol || $0.name.symbol.hasPrefix(symbol + ".") }
  }

  /// When each of the lines came, changed and went, for people.
  package func text(_ lines: [Line], of vendor: String) -> String {
    lines.map { text($0, of: vendor) }.joined(separator: "\n")
  }

  private func text(_ line: Line, of vendor: String) -> String {
    var text = "\(line.name.symbol), \(vendor) \(line.name.kind.rawValue): \(releases(line))"
    for event in line.events {
      let change = event.change
      text += "\n  \(identifiers[event.header])  \(change.rule.id)"
      if let detail = change.detail { text += ": \(detail)" }
      if let old = change.old, let new = change.new {
        text += "\n    - \(old)\n    + \(new)"
      }
    }
    return text
  }

  /// `2.13.4 to 2.32.3`, with the gaps.
  private func releases(_ line: Line) -> String {
    var spans: [String] = []
    var start: Int?
    for index in 0...line.present.count {
      let isPresent = index < line.present.count && line.present[index]
      if isPresent, start == nil { start = index }
      if !isPresent, let first = start {
        spans.append(
          first == index - 1
            ? identifiers[first] : "\(identifiers[first]) to \(identifiers[index - 1])")
        start = nil
      }
    }
    return spans.joined(separator: ", ")
  }

  /// The same for programs.
  package func write(_ lines: [Line], of vendor: String, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("vendor", vendor)
      writer.key("symbols")
      writer.array(lines) { writer, line in
        writer.object { writer in
          writer.field("symbol", line.name.symbol)
          writer.field("kind", line.name.kind.rawValue)
          writer.strings(
            "releases", zip(identifiers, line.present).filter(\.1).map(\.0))
          writer.list("events", line.events) { writer, event in
            writer.object { writer in
              writer.field("release", identifiers[event.header])
              writer.field("rule", event.change.rule.id)
              writer.field("presence", event.change.presence.rawValue)
              writer.field("detail", event.change.detail)
              writer.field("old", event.change.old)
              writer.field("new", event.change.new)
            }
          }
        }
      }
    }
  }
}
