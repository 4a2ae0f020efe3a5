import Files
package import HeaderModel
package import Rendering

extension Project {
  /// Every template under `Templates/`, parsed.
  package func templateLibrary() throws(Diagnostic) -> TemplateLibrary {
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
    return try TemplateLibrary(files)
  }
}
