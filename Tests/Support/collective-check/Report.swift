import CollectiveCases
import Glibc
import Synchronization

/// What the ranks came to, on standard output and in a file.
final class Report: Sendable {
  private let trials = Mutex<[TrialReport]>([])
  private let isQuiet: Bool

  /// - Parameter isQuiet: Prints failures alone.
  init(isQuiet: Bool) { self.isQuiet = isQuiet }

  func add(_ trial: TrialReport) {
    trials.withLock { $0.append(trial) }
    if !isQuiet || trial.isFailure {
      print(text(trial))
      fflush(nil)
    }
  }

  private func text(_ trial: TrialReport) -> String {
    let seconds = Double(trial.duration / .milliseconds(1)) / 1000
    var lines: [String] = []
    var checks = 0
    var skips: Set<String> = []
    for (rank, outcome) in trial.outcomes.sorted(by: { $0.key < $1.key }) {
      switch outcome {
      case .passed(let count): checks += count
      case .skipped(let reason): skips.insert(reason)
      case .failed(let texts): lines += texts.map { "    rank \(rank): \($0)" }
      }
    }
    let verdict = trial.isFailure ? "FAILED " : checks == 0 ? "skipped" : "passed "
    let ranks = trial.outcomes.keys.sorted().map(String.init).joined(separator: ",")
    var head = "\(verdict) \(trial.name) (ranks \(ranks); \(checks) checks; \(seconds) s)"
    if !skips.isEmpty { head += ": " + skips.sorted().joined(separator: "; ") }
    return ([head] + lines).joined(separator: "\n")
  }

  /// Whether anything was checked at all.
  var summary: String {
    let all = trials.withLock { $0 }
    let failed = all.count(where: \.isFailure)
    return "\(all.count - failed) of \(all.count) trials without a failure"
  }

  /// Writes the same for programs.
  func write(to path: String) throws {
    let rows = trials.withLock { $0 }.map(json)
    let text = "{\"trials\": [\n" + rows.joined(separator: ",\n") + "\n]}\n"
    guard let file = fopen(path, "w") else { throw UsageError("\(path) cannot be written") }
    defer { fclose(file) }
    guard fputs(text, file) >= 0 else { throw UsageError("\(path) cannot be written") }
  }

  private func json(_ trial: TrialReport) -> String {
    let ranks = trial.outcomes.sorted { $0.key < $1.key }.map { rank, outcome in
      let rest =
        switch outcome {
        case .passed(let checks): "\"outcome\": \"passed\", \"checks\": \(checks)"
        case .skipped(let reason): "\"outcome\": \"skipped\", \"reason\": \(quoted(reason))"
        case .failed(let texts):
          "\"outcome\": \"failed\", \"failures\": [" + texts.map(quoted).joined(separator: ", ")
            + "]"
        }
      return "{\"rank\": \(rank), \(rest)}"
    }
    let milliseconds = Double(trial.duration / .microseconds(1)) / 1000
    return "  {\"case\": \(quoted(trial.name)), \"milliseconds\": \(milliseconds), \"ranks\": ["
      + ranks.joined(separator: ", ") + "]}"
  }

  private func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case _ where scalar.value < 32:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
