import Foundation
import PackagePlugin

// Each build plugin has a link to this file: plugins cannot import a module.

/// What a target's build step is given, as far as it can be known when the build is planned.
///
/// Nothing is decided here: the tool finds the profile, and says what is wrong. These are the files
/// whose change makes SwiftPM run the tool again, and one that is missed or superfluous does no more
/// than that. A folder stands for what is added to it and removed from it.
struct StepInputs {
  private(set) var files: [URL] = []
  let root: URL
  let target: SwiftSourceModuleTarget

  init(root: URL, target: SwiftSourceModuleTarget) {
    self.root = root
    self.target = target
    let profiles = root.appending(path: "Profiles")
    let all = Self.entries(of: profiles).filter { $0.pathExtension == "yml" }
    let own = all.filter { Self.values(of: "module", in: $0).contains(target.name) }
    // Where it is clear which profile is meant, the other vendors' are no input.
    files += own.count == 1 ? own : all
    if own.count != 1 { files.append(Self.isDirectory(profiles) ? profiles : root) }
    for profile in own {
      addModels(of: profile)
      addHeaders(of: profile, in: profiles)
    }
    // Where a folder of templates would come to be, if there is none.
    let templates = root.appending(path: "Templates")
    if Self.isDirectory(templates) { addTree(templates) } else { files.append(root) }
  }

  /// The C target that the bindings stand on.
  var cDirectory: URL? {
    for case .target(let other) in target.dependencies where other.name == "C\(target.name)" {
      return other.directoryURL
    }
    return nil
  }

  /// What both steps tell the tool. Contents are not passed: SwiftPM remembers the arguments, and
  /// does not ask for them anew when a file changes.
  func arguments(_ action: String, output: URL) -> [String] {
    var arguments = [
      "build-step", action, "--target", target.name, "--project", root.path(percentEncoded: false),
      "--directory", target.directoryURL.path(percentEncoded: false),
      "--output", output.path(percentEncoded: false),
    ]
    if let cDirectory {
      arguments += ["--c-directory", cDirectory.path(percentEncoded: false)]
    }
    return arguments
  }

  mutating func addTree(_ directory: URL) {
    guard Self.isDirectory(directory) else { return }
    files.append(directory)
    for entry in Self.entries(of: directory) {
      if Self.isDirectory(entry) { addTree(entry) } else { files.append(entry) }
    }
  }

  private mutating func addModels(of profile: URL) {
    let models = root.appending(path: "Generated/Models")
    let vendor = profile.deletingPathExtension().lastPathComponent
    for name in Set(Self.values(of: "vendor", in: profile) + [vendor]) {
      addTree(models.appending(path: name))
    }
  }

  /// The header that the profile names, those beside it, and what stands in for a toolkit's.
  private mutating func addHeaders(of profile: URL, in profiles: URL) {
    for source in Self.values(of: "source", in: profile) {
      let header =
        source.hasPrefix("/") ? URL(filePath: source) : profiles.appending(path: source)
      let beside = Self.entries(of: header.standardizedFileURL.deletingLastPathComponent())
      files += beside.filter { ["h", "hpp", "inc"].contains($0.pathExtension) }
      Self.entries(of: profiles).forEach { addTree($0) }
    }
  }

  private static func isDirectory(_ url: URL) -> Bool {
    (try? url.resourceValues(forKeys: [.isDirectoryKey]))?.isDirectory ?? false
  }

  private static func entries(of directory: URL) -> [URL] {
    let found = try? FileManager.default.contentsOfDirectory(
      at: directory, includingPropertiesForKeys: nil, options: .skipsHiddenFiles)
    return (found ?? []).sorted { $0.path < $1.path }
  }

  /// The values of a key of a profile, read line by line: plugins have no YAML.
  private static func values(of key: String, in file: URL) -> [String] {
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
    return text.split(whereSeparator: \.isNewline).compactMap { line in
      let line = line.trimmingCharacters(in: .whitespaces)
      guard line.hasPrefix("\(key):") else { return nil }
      let value = line.dropFirst(key.count + 1).components(separatedBy: " #")[0]
      return value.trimmingCharacters(in: .whitespaces.union(CharacterSet(charactersIn: "\"'")))
    }
  }
}
