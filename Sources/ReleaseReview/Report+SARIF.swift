import HeaderDiff
import HeaderModel

extension Report {
  /// SARIF 2.1.0, which code review tools show beside the code. A model keeps no lines, so that a
  /// result's place is the header and the symbol's name.
  func sarif() -> [UInt8] {
    let results = groups.flatMap { group in zip(group.changes, group.waivers) }
    var rules: [Rule] = []
    for (change, _) in results where !rules.contains(change.rule) { rules.append(change.rule) }
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
      writer.field("version", "2.1.0")
      writer.key("runs")
      writer.array([()]) { writer, _ in
        writer.object { writer in
          writer.key("tool")
          writer.object { writer in
            writer.key("driver")
            writer.object { writer in
              writer.field("name", "bindgen-coll")
              writer.key("rules")
              writer.array(rules) { write($1, to: &$0) }
            }
          }
          writer.key("results")
          writer.array(Array(results)) { writer, item in
            write(item.0, item.1, rules.firstIndex(of: item.0.rule) ?? 0, to: &writer)
          }
        }
      }
    }
    return writer.finish()
  }

  private func write(_ rule: Rule, to writer: inout JSONWriter) {
    func text(_ key: StaticString, _ text: String, to writer: inout JSONWriter) {
      writer.key(key)
      writer.object(inline: true) { $0.field("text", text) }
    }
    writer.object { writer in
      writer.field("id", rule.id)
      text("shortDescription", rule.effect, to: &writer)
      text("help", rule.advice, to: &writer)
      writer.key("defaultConfiguration")
      writer.object(inline: true) { $0.field("level", rule.verdicts.worst.level) }
      writer.key("properties")
      writer.object(inline: true) { writer in
        for consumer in Consumer.allCases {
          writer.key(consumer.rawValue)
          writer.string(rule.verdicts[consumer].word)
        }
      }
    }
  }

  private func write(
    _ change: Change, _ waiver: Waiver?, _ rule: Int, to writer: inout JSONWriter
  ) {
    writer.object { writer in
      writer.field("ruleId", change.rule.id)
      writer.field("ruleIndex", rule)
      writer.field("level", change.rule.verdicts.worst.level)
      writer.key("message")
      writer.object(inline: true) { writer in
        writer.field("text", message(change))
      }
      writer.key("locations")
      writer.array([()]) { writer, _ in
        writer.object { writer in
          if let file = new.files.first?.name {
            writer.key("physicalLocation")
            writer.object(inline: true) { writer in
              writer.key("artifactLocation")
              writer.object(inline: true) { $0.field("uri", Self.uri(file)) }
            }
          }
          writer.key("logicalLocations")
          writer.array([()]) { writer, _ in
            writer.object(inline: true) { writer in
              writer.field("fullyQualifiedName", change.symbol)
              writer.field("kind", change.kind.sarifKind)
            }
          }
        }
      }
      writer.key("partialFingerprints")
      writer.object(inline: true) { writer in
        writer.field(
          "change/v1",
          "\(new.vendor)/\(new.identifier)/\(change.rule.id)/\(change.symbol)"
            + (change.detail.map { "/\($0)" } ?? ""))
      }
      if let waiver {
        writer.key("suppressions")
        writer.array([()]) { writer, _ in
          writer.object(inline: true) { writer in
            writer.field("kind", "external")
            writer.field("justification", "\(waiver.reason) (until \(waiver.expires))")
          }
        }
      }
    }
  }

  private func message(_ change: Change) -> String {
    "\(change.symbol), \(old.identifier) to \(new.identifier): \(change.rule.effect)"
      + (change.detail.map { " (\(Self.withoutLinks($0)))" } ?? "") + ". \(change.rule.advice)"
  }

  /// A plain message may have links, such as `[text](target)`: a header's words are none.
  private static func withoutLinks(_ text: String) -> String {
    text.split(separator: "](", omittingEmptySubsequences: false).joined(separator: "] (")
  }

  /// A relative reference; what may not stand in one is written in percents.
  private static func uri(_ path: String) -> String {
    var uri = ""
    for byte in path.utf8 {
      let character = Character(Unicode.Scalar(byte))
      if byte < 0x80, character.isLetter || character.isNumber || "/-._~".contains(character) {
        uri.append(character)
      } else {
        uri += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }
    return uri
  }
}

extension Verdict {
  fileprivate var level: String {
    switch self {
    case .compatible: "note"
    case .conditional: "warning"
    case .breaking: "error"
    }
  }
}

extension Change.Kind {
  /// One of SARIF's own words.
  fileprivate var sarifKind: String {
    switch self {
    case .function, .interface: "function"
    case .enumeration, .record, .typedef: "type"
    case .enumerator, .field: "member"
    case .variable: "variable"
    case .macro, .context: "declaration"
    }
  }
}
