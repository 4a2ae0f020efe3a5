import Glibc

/// New content for a file, on disk beside it under another name until it is published.
package struct StagedFile: Sendable {
  private let path: String
  private let temporary: String

  /// Writes the content out. Publish or discard it afterwards.
  package init(_ bytes: [UInt8], for path: String) throws(FileError) {
    self.path = path
    temporary = "\(path).\(getpid()).tmp"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw FileError(path: path, operation: "write") }
    var failure: Int32 = 0
    bytes.withUnsafeBytes { buffer in
      var written = 0
      while written < buffer.count {
        let put = write(descriptor, buffer.baseAddress.map { $0 + written }, buffer.count - written)
        if put >= 0 {
          written += put
        } else if errno != EINTR {
          failure = errno
          break
        }
      }
    }
    // A full disk may only be reported when the file is closed.
    if close(descriptor) != 0, failure == 0 { failure = errno }
    if failure != 0 {
      unlink(temporary)
      throw FileError(path: path, operation: "write", errno: failure)
    }
  }

  /// Puts the content in the file's place.
  package func publish() throws(FileError) {
    guard rename(temporary, path) == 0 else { throw FileError(path: path, operation: "write") }
  }

  /// Forgets the content; does nothing once it is published.
  package func discard() { unlink(temporary) }
}
