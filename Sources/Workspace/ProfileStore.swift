package import BindingPlan
package import Files
package import HeaderModel

extension Project {
  /// The vendors that have a profile, sorted.
  package func vendors() throws(Diagnostic) -> [String] {
    let names: [String]
    do throws(FileError) { names = try Files.list(profiles) } catch { throw Diagnostic(error) }
    // A profile's companions, such as its waivers, have one more word in their names.
    return names.filter { $0.hasSuffix(".yml") }.map { String($0.dropLast(4)) }
      .filter { !$0.contains(".") }
  }

  /// A profile by its name, or by the path of its file.
  package func profile(_ name: String) throws(Diagnostic) -> VendorProfile {
    let isPath = name.contains("/") || name.hasSuffix(".yml") || name.hasSuffix(".yaml")
    let path = isPath ? name : Files.join(profiles, "\(name).yml")
    if !isPath, !Files.exists(path) {
      throw Diagnostic(
        .error, file: display(profiles), "there is no profile \"\(name)\"", rule: "profile-unknown",
        help: "known: \(try vendors().joined(separator: ", ")); or give the path of a .yml file")
    }
    return try VendorProfile(path: path, shownAs: display(path))
  }
}

extension VendorProfile {
  /// Reads a profile's file.
  package init(path: String, shownAs name: String) throws(Diagnostic) {
    let text = try handWrittenText(path, shownAs: name, rule: "profile-syntax")
    self = try VendorProfile(yaml: text, file: name, directory: Files.parent(of: path))
  }
}

/// Reads a file that people write, such as a profile or its waivers; `rule` is for what is no text.
package func handWrittenText(
  _ path: String, shownAs name: String, rule: String
) throws(Diagnostic) -> String {
  let bytes: [UInt8]
  do throws(FileError) {
    bytes = try Files.read(path, limit: 1 << 24)
  } catch {
    throw Diagnostic(error)
  }
  guard let text = String(validating: bytes, as: UTF8.self) else {
    throw Diagnostic(.error, file: name, "not UTF-8", rule: rule)
  }
  return text
}

extension Diagnostic {
  /// A file operation that failed, as a message.
  package init(_ error: FileError) {
    let isInput = error.operation == "read" || error.operation == "list"
    self.init(
      .error, file: error.path, "cannot \(error.operation): \(error.reason)",
      rule: isInput ? "file" : "output")
  }
}
