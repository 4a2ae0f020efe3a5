import Glibc

/// Counts what holds and what does not.
final class Checks: Sendable {
  nonisolated(unsafe) private var failures = 0
  nonisolated(unsafe) private var count = 0

  func expect(_ holds: Bool, _ what: @autoclosure () -> String) {
    count += 1
    if !holds {
      failures += 1
      print("FAILED: \(what())")
    }
  }

  func finish() -> Never {
    print("\(count - failures) of \(count) checks hold")
    exit(failures == 0 && count > 0 ? 0 : 1)
  }
}
