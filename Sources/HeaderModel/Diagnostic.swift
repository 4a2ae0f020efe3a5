/// Something that the user should know about an input: where, what, and what to do.
///
/// Shown as `nccl.h:496:15: warning: ncclFoo is not bound: variadic [skip-variadic]`, with the help
/// on a line of its own.
package struct Diagnostic: Hashable, Sendable, Error {
  package enum Severity: Int, Hashable, Comparable, Sendable {
    case note, warning, error

    package var word: String {
      switch self {
      case .note: "note"
      case .warning: "warning"
      case .error: "error"
      }
    }

    package static func < (left: Severity, right: Severity) -> Bool {
      left.rawValue < right.rawValue
    }
  }

  package var severity: Severity
  /// The file, or what else the message is about, such as a profile's name.
  package var file: String
  package var line: Int?
  package var column: Int?
  package var message: String
  /// A stable name for this kind of message.
  package var rule: String
  package var help: String?

  package init(
    _ severity: Severity, file: String, line: Int? = nil, column: Int? = nil, _ message: String,
    rule: String, help: String? = nil
  ) {
    self.severity = severity
    self.file = file
    self.line = line
    self.column = column
    self.message = message
    self.rule = rule
    self.help = help
  }
}

extension Diagnostic: CustomStringConvertible {
  package var description: String {
    var text = file
    if let line { text += ":\(line)" }
    if let column { text += ":\(column)" }
    text += ": \(severity.word): \(message) [\(rule)]"
    if let help { text += "\n  help: \(help)" }
    return text
  }
}
