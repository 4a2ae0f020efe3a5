internal import Foundation
internal import Synchronization

/// A directory of a test's own. It stays until the test process ends, as the libraries that are
/// loaded from it do.
package struct TemporaryDirectory: Sendable {
  /// Absolute, without links.
  package let path: String

  private static let all = Mutex<[String]>([])

  package init() throws {
    let base = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
    path = base.appending(path: "bindgen-coll-\(UUID().uuidString)").path(percentEncoded: false)
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    let path = path
    let isFirst = Self.all.withLock { all in
      all.append(path)
      return all.count == 1
    }
    if isFirst { atexit { TemporaryDirectory.removeAll() } }
  }

  private static func removeAll() {
    for path in all.withLock({ $0 }) { try? FileManager.default.removeItem(atPath: path) }
  }

  /// The path of a file in the directory.
  package func file(_ name: String) -> String { "\(path)/\(name)" }

  /// Writes a file and returns its path.
  @discardableResult
  package func write(_ contents: some Sequence<UInt8>, to name: String) throws -> String {
    let path = file(name)
    try Data(contents).write(to: URL(filePath: path))
    return path
  }

  /// Writes a text file and returns its path.
  @discardableResult
  package func write(_ text: String, to name: String) throws -> String {
    try write(text.utf8, to: name)
  }
}
