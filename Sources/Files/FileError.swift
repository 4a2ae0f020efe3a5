import Glibc

/// A file or directory operation that failed, with the system's reason.
package struct FileError: Error, Hashable, Sendable, CustomStringConvertible {
  package var path: String
  /// What was being done, such as `read`.
  package var operation: String
  package var reason: String

  package init(path: String, operation: String, reason: String) {
    self.path = path
    self.operation = operation
    self.reason = reason
  }

  /// Takes the reason from `errno`, which must not have been touched since the failing call.
  init(path: String, operation: String, errno code: Int32 = errno) {
    self.init(path: path, operation: operation, reason: String(cString: strerror(code)))
  }

  package var description: String { "cannot \(operation) \(path): \(reason)" }
}
