internal import Glibc

/// A folder of this run alone.
struct TemporaryFolder {
  let path: String

  /// Makes one in `TMPDIR`, or /tmp.
  init() throws {
    let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(parent)/coll-perf-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw PerfError("cannot make a folder in \(parent): \(String(cString: strerror(errno)))")
    }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Removes it with what is in it: ranks that were killed leave files behind.
  func remove() { Self.remove(path) }

  private static func remove(_ path: String) {
    // What is no folder, or a link to one, is removed here.
    guard unlink(path) != 0, let folder = opendir(path) else { return }
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { remove("\(path)/\(name)") }
    }
    closedir(folder)
    rmdir(path)
  }
}
