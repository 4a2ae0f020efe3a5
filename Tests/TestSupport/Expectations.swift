internal import Foundation

/// What a case made, to be held against the files that were recorded for it.
package struct GoldenStage: Sendable {
  package var name: String
  /// Paths below the directory of expectations, and contents.
  package var files: [(path: String, bytes: [UInt8])]

  package init(_ name: String, _ files: [(path: String, bytes: [UInt8])]) {
    self.name = name
    self.files = files
  }
}

/// A directory of expected files: nothing may be missing in it, different, or left over.
package struct Expectations: Sendable {
  /// For messages.
  private let title: String
  private let directory: String
  /// The tests that own the expectations, as `swift test --filter` takes them.
  private let filter: String

  package init(_ title: String, in directory: String, filter: String) {
    self.title = title
    self.directory = directory
    self.filter = filter
  }

  /// What is wrong, in words for a person; `nil` if nothing is.
  ///
  /// Stages are compared in order, and what comes after the first that differs is not looked at: it
  /// differs because of it. A recording run goes through all of them.
  package func problem(_ stages: [GoldenStage], mode: RecordMode) throws -> String? {
    var written: [String] = []
    for stage in stages {
      var problems: [String] = []
      for file in stage.files {
        guard let problem = try compare(file, stage.name, mode) else { continue }
        switch problem {
        case .failure(let text): problems.append(text)
        case .recorded: written.append("wrote \(file.path)")
        }
      }
      guard problems.isEmpty else { return ([problems[0]] + written).joined(separator: "\n") }
    }
    let leftovers = try recorded().subtracting(stages.flatMap(\.files).map(\.path)).sorted()
    if !leftovers.isEmpty, mode != .failed, mode != .all {
      return "\(title): no stage makes \(leftovers.joined(separator: ", "))\n\(advice)"
    }
    for path in leftovers {
      try FileManager.default.removeItem(atPath: "\(directory)/\(path)")
      written.append("deleted \(path)")
    }
    guard !written.isEmpty else { return nil }
    return "\(title): recorded, so this run fails; review and run again without "
      + "\(RecordMode.variable)\n" + written.map { "  \($0)" }.joined(separator: "\n")
  }

  private enum Problem {
    case failure(String)
    case recorded
  }

  private func compare(
    _ file: (path: String, bytes: [UInt8]), _ stage: String, _ mode: RecordMode
  ) throws -> Problem? {
    let path = "\(directory)/\(file.path)"
    let expected = FileManager.default.contents(atPath: path).map(Array.init)
    let isEqual = expected == file.bytes
    let records =
      switch mode {
      case .never: false
      case .missing: expected == nil
      case .failed: !isEqual
      case .all: true
      }
    if records {
      let folder = URL(filePath: path).deletingLastPathComponent()
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try Data(file.bytes).write(to: URL(filePath: path))
      return .recorded
    }
    guard !isEqual else { return nil }
    guard let expected else {
      return .failure("\(title): stage \(stage): \(file.path) was never recorded\n\(advice)")
    }
    let diff = unifiedDiff(
      String(decoding: expected, as: UTF8.self), String(decoding: file.bytes, as: UTF8.self),
      from: "expected/\(file.path)", to: "actual/\(file.path)")
    return .failure(
      """
      \(title): stage \(stage): \(file.path) differs
      \(diff.isEmpty ? "(in bytes that are no text)" : diff)
      \(advice)
      """)
  }

  private var advice: String {
    "if this is right: \(RecordMode.variable)=failed swift test --filter \(filter)"
  }

  private func recorded() throws -> Set<String> {
    guard let files = FileManager.default.enumerator(atPath: directory) else { return [] }
    var found: Set<String> = []
    for case let path as String in files {
      let url = URL(filePath: "\(directory)/\(path)")
      if try url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true {
        found.insert(path)
      }
    }
    return found
  }
}
