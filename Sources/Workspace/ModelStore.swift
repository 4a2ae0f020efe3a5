import BindingPlan
import Files
package import HeaderModel

extension Project {
  /// All of a vendor's models, ascending.
  package func models(of vendor: String) throws(Diagnostic) -> [Header] {
    let directory = modelDirectory(of: vendor)
    guard Files.isDirectory(directory) else { return [] }
    let names: [String]
    do throws(FileError) { names = try Files.list(directory) } catch { throw Diagnostic(error) }
    var headers: [Header] = []
    for name in names where name.hasSuffix(".json") {
      let path = Files.join(directory, name)
      let header = try model(at: path)
      guard header.vendor == vendor, name == "\(header.identifier).json" else {
        throw Diagnostic(
          .error, file: display(path),
          "the model is of \(header.vendor) \(header.identifier), not of \(vendor) "
            + "\(name.dropLast(5))", rule: "model-misplaced",
          help: "move it to Generated/Models/\(header.vendor)/\(header.identifier).json")
      }
      headers.append(header)
    }
    return headers.sortedByRelease()
  }

  /// Where a model belongs.
  package func path(of header: Header) -> String {
    Files.join(modelDirectory(of: header.vendor), "\(header.identifier).json")
  }

  package func model(at path: String) throws(Diagnostic) -> Header {
    let bytes: [UInt8]
    do throws(FileError) { bytes = try Files.read(path) } catch { throw Diagnostic(error) }
    do throws(JSONError) {
      return try Header(json: bytes)
    } catch {
      throw Diagnostic(
        .error, file: display(path), line: error.line, error.message, rule: "model-syntax")
    }
  }

  /// A model by `vendor@release`, or by the path of its file.
  package func model(named name: String) throws(Diagnostic) -> Header {
    let parts = name.split(separator: "@", maxSplits: 1).map(String.init)
    guard parts.count == 2, !name.contains("/") else { return try model(at: name) }
    let path = Files.join(modelDirectory(of: parts[0]), "\(parts[1]).json")
    guard Files.exists(path) else {
      let known = try models(of: parts[0]).map(\.identifier)
      throw Diagnostic(
        .error, file: name, "there is no such model", rule: "model-unknown",
        help: known.isEmpty
          ? "there are no models of \(parts[0])" : "known: \(known.joined(separator: ", "))")
    }
    return try model(at: path)
  }
}
