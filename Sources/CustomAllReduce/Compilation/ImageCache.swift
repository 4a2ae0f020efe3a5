internal import Glibc

/// Compiled kernels as files in a directory of the user's own. Many processes may start at once: a
/// file appears under its name when it is complete, and all of one name are alike. A cache that does
/// not work costs time, never a result: nothing here throws.
package struct ImageCache: Sendable {
  /// nil: there is none.
  let directory: String?

  private static let magic = Array("bindgen-coll image 1\n".utf8)

  /// - Parameter directory: As `Options.cacheDirectory`.
  package init(directory: String?) {
    guard let chosen = directory ?? Self.defaultDirectory, !chosen.isEmpty else {
      self.directory = nil
      return
    }
    self.directory = chosen
  }

  private static var defaultDirectory: String? {
    if let path = variable("BINDGEN_COLL_CACHE") { return path }
    if let path = variable("XDG_CACHE_HOME"), path.hasPrefix("/") { return path + "/bindgen-coll" }
    return variable("HOME").map { $0 + "/.cache/bindgen-coll" }
  }

  private static func variable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// What is kept under a name; nil if there is nothing, it is damaged, or others could have
  /// written it.
  package func image(_ name: String) -> [UInt8]? {
    guard let directory, isPrivate(directory), let file = read("\(directory)/\(name)") else {
      return nil
    }
    let header = Self.magic.count + 33
    guard file.count > header, file.starts(with: Self.magic) else { return nil }
    let image = Array(file[header...])
    let digest = String(decoding: file[Self.magic.count..<header - 1], as: UTF8.self)
    return digest == Digest(of: image).description ? image : nil
  }

  /// Keeps an image.
  package func keep(_ image: [UInt8], as name: String) {
    guard let directory, makeDirectory(directory), isPrivate(directory) else { return }
    let partial = "\(directory)/.\(name).\(getpid()).\(UInt32.random(in: 0...UInt32.max))"
    let bytes = Self.magic + Array("\(Digest(of: image))\n".utf8) + image
    guard write(bytes, to: partial) else {
      unlink(partial)
      return
    }
    if rename(partial, "\(directory)/\(name)") != 0 { unlink(partial) }
  }

  /// Code is run from here: nobody else may be able to write it.
  private func isPrivate(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
      && status.st_uid == geteuid() && status.st_mode & (S_IWGRP | S_IWOTH) == 0
  }

  private func makeDirectory(_ path: String) -> Bool {
    if mkdir(path, 0o700) == 0 || errno == EEXIST { return true }
    guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash > path.startIndex,
      makeDirectory(String(path[..<slash]))
    else { return false }
    return mkdir(path, 0o700) == 0 || errno == EEXIST
  }

  private func read(_ path: String) -> [UInt8]? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_size > 0, status.st_size < 1 << 28 else {
      return nil
    }
    var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
    var count = 0
    while count < bytes.count {
      let got = bytes[count...].withUnsafeMutableBytes { rest in
        Glibc.read(file, rest.baseAddress, rest.count)
      }
      guard got > 0 else { return nil }
      count += got
    }
    return bytes
  }

  private func write(_ bytes: [UInt8], to path: String) -> Bool {
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { return false }
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      guard written > 0 else { break }
      rest = rest.dropFirst(written)
    }
    return close(file) == 0 && rest.isEmpty
  }
}
