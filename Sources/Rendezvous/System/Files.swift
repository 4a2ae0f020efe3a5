#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif

/// Why a call on a file failed: the system's code.
struct FileFailure: Error {
  let code: Int32

  var isMissing: Bool { code == ENOENT || code == ESTALE }
  var isExisting: Bool { code == EEXIST }
  var text: String { errorText(code) }
}

/// What the file store needs of the system.
enum Files {
  private static func check(_ status: Int32) throws(FileFailure) {
    guard status == 0 else { throw FileFailure(code: errno) }
  }

  static func makeDirectory(_ path: String) throws(FileFailure) { try check(mkdir(path, 0o700)) }
  static func removeDirectory(_ path: String) throws(FileFailure) { try check(rmdir(path)) }
  static func remove(_ path: String) throws(FileFailure) { try check(unlink(path)) }

  static func move(_ path: String, to other: String) throws(FileFailure) {
    try check(rename(path, other))
  }

  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// The names in a directory, without the two that all have.
  static func names(in path: String) throws(FileFailure) -> [String] {
    guard let directory = opendir(path) else { throw FileFailure(code: errno) }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  /// Whether this user has the directory, and others cannot write into it. A link does not count.
  static func isPrivateDirectory(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
      && status.st_uid == geteuid() && status.st_mode & 0o022 == 0
  }

  static func open(_ path: String, create: Bool = false) throws(FileFailure) -> Descriptor {
    let flags = O_CLOEXEC | (create ? O_CREAT | O_TRUNC | O_RDWR : O_RDONLY)
    while true {
      let number = platformOpen(path, flags)
      if number >= 0 { return Descriptor(owning: number) }
      guard errno == EINTR else { throw FileFailure(code: errno) }
    }
  }

  static func read(_ path: String) throws(FileFailure) -> [UInt8] {
    let file = try open(path)
    var contents: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = buffer.withUnsafeMutableBytes { platformRead(file.number, $0) }
      if count == 0 { return contents }
      if count > 0 {
        contents += buffer[..<count]
      } else if errno != EINTR {
        throw FileFailure(code: errno)
      }
    }
  }

  static func write(_ bytes: [UInt8], to file: Descriptor) throws(FileFailure) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { platformWrite(file.number, $0) }
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR {
        throw FileFailure(code: errno)
      }
    }
  }

  /// Tries to lock a file until it is closed; it does not wait.
  static func lock(_ file: Descriptor, exclusively: Bool) throws(FileFailure) -> Bool {
    while flock(file.number, (exclusively ? LOCK_EX : LOCK_SH) | LOCK_NB) != 0 {
      if errno == EWOULDBLOCK { return false }
      guard errno == EINTR else { throw FileFailure(code: errno) }
    }
    return true
  }

  /// Whether an open file has no name any more.
  static func isRemoved(_ file: Descriptor) -> Bool {
    var status = stat()
    return fstat(file.number, &status) == 0 && status.st_nlink == 0
  }
}

private func platformOpen(_ path: String, _ flags: Int32) -> Int32 { open(path, flags, 0o600) }

private func platformRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
  read(descriptor, buffer.baseAddress, buffer.count)
}

private func platformWrite(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
  write(descriptor, bytes.baseAddress, bytes.count)
}
