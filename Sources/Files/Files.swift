import Glibc

/// The compiler's view of the file system: whole files in, whole files out.
///
/// Built on POSIX calls rather than on Foundation, whose loading would be a good part of the
/// compiler's run time on a small header.
package enum Files {
  package static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  package static func isDirectory(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// The whole of a regular file. Refuses directories, devices, and files over `limit` bytes.
  package static func read(
    _ path: String, limit: Int = 1 << 30
  ) throws(FileError) -> [UInt8] {
    let (descriptor, size) = try openForReading(path)
    defer { close(descriptor) }
    guard size <= limit else {
      throw FileError(
        path: path, operation: "read", reason: "it has \(size) bytes, over the limit of \(limit)")
    }
    var failure: Int32?
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      (count, failure) = fill(UnsafeMutableRawBufferPointer(buffer), from: descriptor)
    }
    if let failure { throw FileError(path: path, operation: "read", errno: failure) }
    return bytes
  }

  /// Whether a regular file has just these bytes. It is read in pieces, which stay in the cache.
  package static func holds(_ path: String, _ bytes: [UInt8]) throws(FileError) -> Bool {
    let (descriptor, size) = try openForReading(path)
    defer { close(descriptor) }
    guard size == bytes.count else { return false }
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { piece.deallocate() }
    var position = 0
    while position < size {
      let (count, failure) = fill(piece, from: descriptor)
      if let failure { throw FileError(path: path, operation: "read", errno: failure) }
      guard count > 0, position + count <= size else { return false }
      let isSame = bytes.withUnsafeBytes { bytes in
        guard let mine = bytes.baseAddress, let theirs = piece.baseAddress else { return false }
        return memcmp(mine + position, theirs, count) == 0
      }
      guard isSame else { return false }
      position += count
    }
    return true
  }

  private static func openForReading(
    _ path: String
  ) throws(FileError) -> (descriptor: Int32, size: Int) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError(path: path, operation: "read") }
    var status = stat()
    var failure: FileError?
    if fstat(descriptor, &status) != 0 {
      failure = FileError(path: path, operation: "read")
    } else if status.st_mode & S_IFMT == S_IFDIR {
      failure = FileError(path: path, operation: "read", reason: "it is a directory")
    } else if status.st_mode & S_IFMT != S_IFREG {
      failure = FileError(path: path, operation: "read", reason: "it is not a regular file")
    }
    guard let failure else { return (descriptor, Int(status.st_size)) }
    close(descriptor)
    throw failure
  }

  /// Reads until the buffer is full or the file ends; what `errno` says, if that fails.
  private static func fill(
    _ buffer: UnsafeMutableRawBufferPointer, from descriptor: Int32
  ) -> (count: Int, failure: Int32?) {
    var count = 0
    while count < buffer.count {
      let got = Glibc.read(
        descriptor, buffer.baseAddress.map { $0 + count }, buffer.count - count)
      if got > 0 {
        count += got
      } else if got == 0 {
        break
      } else if errno != EINTR {
        return (count, errno)
      }
    }
    return (count, nil)
  }

  /// Replaces a file as a whole: readers see the old content or the new, never a part, and a
  /// failure leaves the old content in place. A device or a pipe, such as `/dev/null`, is written
  /// to and not replaced.
  package static func write(_ bytes: [UInt8], to path: String) throws(FileError) {
    var status = stat()
    if stat(path, &status) == 0, [S_IFCHR, S_IFIFO].contains(status.st_mode & S_IFMT) {
      let descriptor = open(path, O_WRONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw FileError(path: path, operation: "write") }
      guard let failure = StagedFile.fill(descriptor, bytes) else { return }
      throw FileError(path: path, operation: "write", errno: failure)
    }
    let staged = try StagedFile(bytes, for: path)
    do throws(FileError) {
      try staged.publish()
    } catch {
      staged.discard()
      throw error
    }
  }

  /// Makes a directory and those above it; it may exist already.
  package static func makeDirectory(_ path: String) throws(FileError) {
    if path.isEmpty || isDirectory(path) { return }
    try makeDirectory(parent(of: path))
    guard mkdir(path, 0o777) != 0 else { return }
    let failure = errno
    // Another process may have made it meanwhile.
    guard failure == EEXIST, isDirectory(path) else {
      throw FileError(path: path, operation: "make the directory", errno: failure)
    }
  }

  /// The names in a directory, sorted by their bytes.
  package static func list(_ path: String) throws(FileError) -> [String] {
    guard let directory = opendir(path) else { throw FileError(path: path, operation: "list") }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  package static func remove(_ path: String) throws(FileError) {
    guard unlink(path) == 0 else { throw FileError(path: path, operation: "remove") }
  }

  /// The path with links and dots resolved; `nil` if there is nothing there.
  package static func resolve(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  package static var workingDirectory: String? {
    guard let path = getcwd(nil, 0) else { return nil }
    defer { free(path) }
    return String(cString: path)
  }

  /// `a/b` of `a/b/c`; empty when there is no slash.
  package static func parent(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "" }
    return slash == path.utf8.startIndex ? "/" : String(path[..<slash])
  }

  /// `c` of `a/b/c`.
  package static func name(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return path }
    return String(path[path.utf8.index(after: slash)...])
  }

  package static func join(_ directory: String, _ name: String) -> String {
    if directory.isEmpty || name.hasPrefix("/") { return name }
    return directory.hasSuffix("/") ? directory + name : "\(directory)/\(name)"
  }
}
