// Prints the C file that refuses to compile beside a header that a model is not of.
//
// usage: layout-check MODEL HEADER-NAME
//
// MODEL is `vendor@release` or the path of a model's file; run it in the repository.

import Glibc
import HeaderModel
import Rendering
import Workspace

func fail(_ text: String, _ code: Int32) -> Never {
  let line = text + "\n"
  write(STDERR_FILENO, line, line.utf8.count)
  exit(code)
}

let arguments = CommandLine.arguments
guard arguments.count == 3 else {
  fail("usage: layout-check MODEL HEADER-NAME", 2)
}
do throws(Diagnostic) {
  let project = try Project.find(from: ".")
  let model = try project.model(named: arguments[1])
  let text = try project.templateLibrary()
    .layoutCheck(model, headerFile: arguments[2])
  print(String(decoding: text, as: UTF8.self), terminator: "")
} catch {
  fail(error.description, 1)
}
