import Files
package import HeaderModel
package import Rendering
import TemplateFiles

extension Project {
  /// The templates that the tool brings along, and those under the project's `Templates/`, which
  /// take the place of the tool's where they have the same name.
  package func templateLibrary() throws(Diagnostic) -> TemplateLibrary {
    let own = try ownTemplates()
    let names = Set(own.map(\.name))
    let others = TemplateFiles.all.filter { !names.contains($0.name) }.map {
      (
        name: $0.name, path: "built-in \($0.name).mustache",
        text: String(decoding: $0.bytes, as: UTF8.self)
      )
    }
    return try TemplateLibrary(others + own)
  }

  private func ownTemplates() throws(Diagnostic) -> [(name: String, path: String, text: String)] {
    guard Files.isDirectory(templates) else { return [] }
    var files: [(name: String, path: String, text: String)] = []
    do throws(FileError) {
      for folder in try Files.list(templates) {
        let directory = Files.join(templates, folder)
        guard Files.isDirectory(directory) else { continue }
        for name in try Files.list(directory) where name.hasSuffix(".mustache") {
          let path = Files.join(directory, name)
          let text = String(decoding: try Files.read(path), as: UTF8.self)
          files.append(("\(folder)/\(name.dropLast(9))", display(path), text))
        }
      }
    } catch {
      throw Diagnostic(error)
    }
    return files
  }
}
