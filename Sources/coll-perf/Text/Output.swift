internal import Glibc

/// Writes a line to standard error.
func writeError(_ text: String) {
  _ = write(all: Array((text + "\n").utf8), to: STDERR_FILENO)
}

/// Writes a line to standard output, at once, so that a pipe's reader sees each row when it is there.
func writeLine(_ text: String) {
  _ = write(all: Array((text + "\n").utf8), to: STDOUT_FILENO)
}

/// Writes a file, in place of what was there.
func writeFile(_ text: String, to path: String) throws {
  let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
  guard descriptor >= 0 else { throw PerfError("cannot write \(path): \(systemText())") }
  defer { close(descriptor) }
  guard write(all: Array(text.utf8), to: descriptor) else {
    throw PerfError("cannot write \(path): \(systemText())")
  }
}

/// A file's bytes.
func readFile(_ path: String) throws -> [UInt8] {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { throw PerfError("cannot read \(path): \(systemText())") }
  defer { close(descriptor) }
  var bytes: [UInt8] = []
  var part = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = read(descriptor, &part, part.count)
    if count < 0, errno == EINTR { continue }
    guard count >= 0 else { throw PerfError("cannot read \(path): \(systemText())") }
    if count == 0 { return bytes }
    bytes.append(contentsOf: part[..<count])
  }
}

private func write(all bytes: [UInt8], to descriptor: Int32) -> Bool {
  var rest = bytes[...]
  while !rest.isEmpty {
    let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    if count < 0, errno == EINTR { continue }
    guard count > 0 else { return false }
    rest = rest.dropFirst(count)
  }
  return true
}

private func systemText() -> String { String(cString: strerror(errno)) }
