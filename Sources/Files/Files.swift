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
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError(path: path, operation: "read") }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw FileError(path: path, operation: "read") }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw FileError(path: path, operation: "read", reason: "it is a directory")
    default: throw FileError(path: path, operation: "read", reason: "it is not a regular file")
    }
    let size = Int(status.st_size)
    guard size <= limit else {
      throw FileError(
        path: path, operation: "read", reason: "it has \(size) bytes, over the limit of \(limit)")
    }
    var failure: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size {
        let got = Glibc.read(descriptor, buffer.baseAddress.map { $0 + count }, size - count)
        if got > 0 {
          count += got
        } else if got == 0 {
          break
        } else if errno != EINTR {
          failure = errno
          break
        }
      }
    }
    guard failure == 0 else { throw FileError(path: path, operation: "read", errno: failure) }
    return bytes
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
