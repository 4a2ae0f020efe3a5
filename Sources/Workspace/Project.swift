import Files
package import HeaderModel

/// The folders of a package that uses bindgen-coll: what it is given, and what it makes.
package struct Project: Sendable {
  package let root: String

  package init(root: String) { self.root = root }

  /// The nearest folder, from `directory` upwards, that has a `Profiles` folder.
  package static func find(from directory: String) throws(Diagnostic) -> Project {
    var path = Files.resolve(directory) ?? directory
    while true {
      if Files.isDirectory(Files.join(path, "Profiles")) { return Project(root: path) }
      let parent = Files.parent(of: path)
      guard !parent.isEmpty, parent != path else { break }
      path = parent
    }
    throw Diagnostic(
      .error, file: directory, "there is no Profiles folder here or above", rule: "no-project",
      help: "run this in your package, or name it with --project DIR")
  }

  package var profiles: String { Files.join(root, "Profiles") }
  package var templates: String { Files.join(root, "Templates") }
  package var generated: String { Files.join(root, "Generated") }
  package func modelDirectory(of vendor: String) -> String {
    Files.join(Files.join(generated, "Models"), vendor)
  }

  /// A path as messages show it: relative to the root where it lies inside.
  package func display(_ path: String) -> String {
    path.hasPrefix(root + "/") ? String(path.dropFirst(root.count + 1)) : path
  }
}
