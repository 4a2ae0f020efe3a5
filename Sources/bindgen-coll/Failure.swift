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
  static func with(_ status: ExitStatus) -> Never { exit(status.rawValue) }
}
