/// What became of a case on a rank.
package enum Outcome: Sendable {
  case passed(checks: Int)
  case skipped(String)
  case failed([String])

  package var isFailure: Bool { if case .failed = self { true } else { false } }
}

/// A case does not apply here.
struct Skip: Error {
  let reason: String
}

/// What a case expected did not hold.
struct Wrong: Error, CustomStringConvertible {
  let description: String
}

/// Counts what holds, and keeps the first of what does not.
final class Findings {
  private(set) var checks = 0
  private(set) var failures: [String] = []
  private(set) var failureCount = 0

  func expect(_ holds: Bool, _ text: @autoclosure () -> String) {
    checks += 1
    if !holds { fail(text()) }
  }

  func fail(_ text: String) {
    failureCount += 1
    if failures.count < 10 { failures.append(text) }
  }

  var outcome: Outcome {
    if failures.isEmpty { return .passed(checks: checks) }
    let more = failureCount - failures.count
    return .failed(failures + (more > 0 ? ["and \(more) more"] : []))
  }
}

extension Outcome {
  /// As ranks tell each other.
  var bytes: [UInt8] {
    let text =
      switch self {
      case .passed(let checks): "p\(checks)"
      case .skipped(let reason): "s\(reason)"
      case .failed(let texts): "f" + texts.joined(separator: "\n")
      }
    return Array(text.utf8)
  }

  init(bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    let rest = String(text.dropFirst())
    switch text.first {
    case "p": self = .passed(checks: Int(rest) ?? 0)
    case "s": self = .skipped(rest)
    default: self = .failed(rest.split(separator: "\n").map(String.init))
    }
  }
}
