import Glibc

/// New content for a file, on disk beside it under another name until it is published.
package struct StagedFile: Sendable {
  /// As the caller names it.
  private let path: String
  /// Where the content goes: a link stays, and the file that it leads to is replaced.
  private let target: String
  private let temporary: String

  /// Writes the content out. Publish or discard it afterwards.
  package init(_ bytes: [UInt8], for path: String) throws(FileError) {
    self.path = path
    target = Files.resolve(path) ?? path
    temporary = "\(target).\(getpid()).tmp"
    var status = stat()
    let exists = stat(target, &status) == 0
    if exists, status.st_mode & S_IFMT != S_IFREG {
      let isDirectory = status.st_mode & S_IFMT == S_IFDIR
      throw FileError(
        path: path, operation: "write",
        reason: isDirectory ? "it is a directory" : "it is not a regular file")
    }
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw FileError(path: path, operation: "write") }
    if exists { fchmod(descriptor, status.st_mode & 0o7777) }
    if let failure = Self.fill(descriptor, bytes) {
      unlink(temporary)
      throw FileError(path: path, operation: "write", errno: failure)
    }
  }

  /// Writes all bytes and closes the file; returns what `errno` says about a failure.
  static func fill(_ descriptor: Int32, _ bytes: [UInt8]) -> Int32? {
    var failure: Int32?
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
    if close(descriptor) != 0, failure == nil { failure = errno }
    return failure
  }

  /// Puts the content in the file's place.
  package func publish() throws(FileError) {
    guard rename(temporary, target) == 0 else { throw FileError(path: path, operation: "write") }
  }

  /// Forgets the content; does nothing once it is published.
  package func discard() { unlink(temporary) }
}
