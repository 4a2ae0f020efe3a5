import HeaderModel
import Yams

extension VendorProfile.Output {
  init(_ node: Node, file: String) throws(Diagnostic) {
    var decoder = try ProfileDecoder(node, file: file, what: "an output")
    template = try decoder.required("template")
    path = try decoder.required("path")
    line = node.mark?.line
    try decoder.finish()
    guard let problem = Self.problem(of: path) else { return }
    throw Diagnostic(
      .error, file: file, line: line, "\"\(path)\" \(problem)", rule: "profile-output")
  }

  /// Generated files stay where generated files are.
  private static func problem(of path: String) -> String? {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    if path.hasPrefix("/") || parts.contains(where: { ["", ".", ".."].contains($0) }) {
      return "must be a path inside Generated, without \".\" and \"..\""
    }
    let isPlain = path.unicodeScalars.allSatisfy {
      switch $0.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator: false
      default: true
      }
    }
    if !isPlain { return "must be a path without control characters" }
    if parts.first?.hasPrefix(".") == true { return "would be hidden" }
    if ["models", "diffs"].contains(parts[0].lowercased()) {
      return "lies where models and reports on releases are kept: choose another folder"
    }
    return nil
  }
}
