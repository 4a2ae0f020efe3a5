import Files
package import HeaderModel

/// Files that belong together: written all or none, or compared with what is there.
package struct OutputSet: Sendable {
  package private(set) var files: [(path: String, bytes: [UInt8])] = []
  /// Folders that hold nothing but these files; others in them are leftovers.
  private var owned: [String] = []

  package init() {}

  package mutating func add(_ path: String, _ bytes: [UInt8]) { files.append((path, bytes)) }

  package mutating func own(_ directory: String) {
    if !owned.contains(directory) { owned.append(directory) }
  }

  /// What differs from the files on disk.
  package struct Drift: Hashable, Sendable {
    package enum Kind: String, Sendable { case missing, differs, leftover }
    package var path: String
    package var kind: Kind
  }

  package func drift() throws(Diagnostic) -> [Drift] {
    var found: [Drift] = []
    for (path, bytes) in files {
      if !Files.exists(path) {
        found.append(Drift(path: path, kind: .missing))
      } else if try contents(of: path) != bytes {
        found.append(Drift(path: path, kind: .differs))
      }
    }
    for path in try leftovers() { found.append(Drift(path: path, kind: .leftover)) }
    return found
  }

  /// Brings the disk to this state; returns what was changed. All new contents are on the disk
  /// before the first file is replaced, so that a full disk leaves everything as it was. Files
  /// that are the same already are not touched.
  package func write() throws(Diagnostic) -> [Drift] {
    let drift = try drift()
    let changed = Set(drift.map(\.path))
    var staged: [StagedFile] = []
    do throws(FileError) {
      for (path, bytes) in files where changed.contains(path) {
        try Files.makeDirectory(Files.parent(of: path))
        staged.append(try StagedFile(bytes, for: path))
      }
      for file in staged { try file.publish() }
      for file in drift where file.kind == .leftover { try Files.remove(file.path) }
    } catch {
      for file in staged { file.discard() }
      throw Diagnostic(error)
    }
    return drift
  }

  private func contents(of path: String) throws(Diagnostic) -> [UInt8] {
    do throws(FileError) { return try Files.read(path) } catch { throw Diagnostic(error) }
  }

  private func leftovers() throws(Diagnostic) -> [String] {
    let mine = Set(files.map(\.path))
    var found: [String] = []
    do throws(FileError) {
      for directory in owned where Files.isDirectory(directory) {
        for name in try Files.list(directory) {
          let path = Files.join(directory, name)
          if !Files.isDirectory(path), !mine.contains(path) { found.append(path) }
        }
      }
    } catch {
      throw Diagnostic(error)
    }
    return found
  }
}
