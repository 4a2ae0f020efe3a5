import Files
import Glibc
import HeaderModel
import Workspace

/// A folder for what is only needed while the command runs.
struct TemporaryFolder {
  let path: String

  init() throws(Diagnostic) {
    let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(base)/bindgen-coll-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw Diagnostic(
        FileError(path: base, operation: "make a directory in", reason: "mkdtemp failed"))
    }
    path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  func remove() { _ = Subprocess.run(["rm", "-rf", path]) }
}
