internal import Glibc

/// Opens a file for the time of `body`.
///
/// O_NONBLOCK so that a FIFO in the place of a library does not block; it is refused right after.
func withSource<Result>(
  of path: String, _ body: (ByteSource) throws(ELFError) -> Result
) throws(ELFError) -> Result {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
  guard descriptor >= 0 else { throw .unreadable(path, errno) }
  defer { close(descriptor) }
  return try body(ByteSource(descriptor: descriptor, name: path))
}
