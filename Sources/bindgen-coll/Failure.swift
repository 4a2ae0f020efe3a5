import Glibc
import HeaderModel

/// What a run ends with.
enum ExitStatus: Int32 {
  case success = 0
  case failure = 1
  case usage = 2
  case input = 3
  case clang = 4
  /// Generated files are not what they would be now.
  case drift = 5
  /// The worst verdict of a diff: compatible with a condition.
  case conditional = 6
  /// The worst verdict of a diff.
  case breaking = 7
}

/// A run that ends with messages for the user.
struct Failure: Error {
  var status: ExitStatus
  var diagnostics: [Diagnostic]

  init(_ status: ExitStatus, _ diagnostics: [Diagnostic]) {
    self.status = status
    self.diagnostics = diagnostics
  }
}

enum Exit {
  /// Ends the process at once. Everything is written without C's buffers, so that nothing is left
  /// to do but what libclang would tidy up in memory that is given back anyway.
  static func with(_ status: ExitStatus) -> Never { _exit(status.rawValue) }

  /// Leaves a value to the end of the process: to take thousands of declarations apart, one count
  /// of references after the other, is a good part of the time that generating them took.
  static func leave(_ value: some Sendable) { _ = Unmanaged.passRetained(Left(value)) }

  private final class Left<Value: Sendable>: Sendable {
    private let value: Value
    init(_ value: Value) { self.value = value }
  }
}
