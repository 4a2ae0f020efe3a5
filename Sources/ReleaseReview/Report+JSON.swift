import HeaderDiff
import HeaderModel

extension Report {
  /// The version of the JSON form.
  static let schema = 1

  /// For programs: every change with its rule and verdicts.
  func json() -> [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("schema", Self.schema)
      writer.field("name", displayName)
      writer.key("old")
      write(old, to: &writer)
      writer.key("new")
      write(new, to: &writer)
      writer.key("verdicts")
      write(verdicts, to: &writer)
      writer.field("interfaceProblem", interfaceProblem)
      writer.key("changes")
      writer.array(
        groups.flatMap { group in zip(group.changes, group.waivers).map { ($0, $1, group) } }
      ) {
        writer, item in
        write(item.0, item.1, item.2, to: &writer)
      }
    }
    return writer.finish()
  }

  private func write(_ side: HeaderDiff.Side, to writer: inout JSONWriter) {
    writer.object(inline: true) { writer in
      writer.field("vendor", side.vendor)
      writer.field("release", side.identifier)
    }
  }

  private func write(_ verdicts: Verdicts, to writer: inout JSONWriter) {
    writer.object(inline: true) { writer in
      for consumer in Consumer.allCases {
        writer.key(consumer.rawValue)
        writer.string(verdicts[consumer].word)
      }
    }
  }

  private func write(
    _ change: Change, _ waiver: Waiver?, _ group: Group, to writer: inout JSONWriter
  ) {
    writer.object { writer in
      writer.field("rule", change.rule.id)
      writer.field("kind", change.kind.rawValue)
      writer.field("presence", change.presence.rawValue)
      writer.field("symbol", change.symbol)
      writer.field("formerName", change.formerName)
      writer.field("twin", change.twin)
      writer.field("detail", change.detail)
      writer.strings("members", change.members)
      writer.key("verdicts")
      write(change.rule.verdicts, to: &writer)
      writer.field("effect", change.rule.effect)
      writer.field("advice", change.rule.advice)
      writer.field("old", change.old)
      writer.field("new", change.new)
      writer.strings("swift", group.swift)
      if let waiver {
        writer.key("waiver")
        writer.object(inline: true) { writer in
          writer.field("reason", waiver.reason)
          writer.field("expires", waiver.expires.description)
        }
      }
    }
  }
}
