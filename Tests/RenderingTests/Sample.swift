import HeaderModel
import Rendering

/// Renders a template with a small value that has one of everything.
enum Sample {
  static func render(
    _ text: String, partials: [String: String] = [:]
  ) throws(Diagnostic) -> String {
    var context = TemplateContext()
    var item = TemplateKind()
    let value = context.object([
      "name": context.text("ncclAllReduce"), "markup": context.text("<a & \"b\">"),
      "empty": context.text(""), "none": .absent, "yes": .flag(true), "no": .flag(false),
      "words": context.lines(["one", "two", "three"]), "nothing": context.list([]),
      "library": context.object([
        "path": context.text("lib.so"), "name": context.text("inner"),
        "deep": context.object(["end": context.text("bottom")]),
      ]),
      "items": context.list([
        context.object(&item, ["key": context.text("a"), "isFirst": .flag(true)]),
        context.object(&item, ["key": context.text("b"), "isFirst": .flag(false)]),
      ]),
    ])
    var library: [String: Template] = [:]
    for (name, text) in partials { library[name] = try Template(text, file: "\(name).mustache") }
    var renderer = TemplateRenderer(context, partials: library)
    let bytes = try renderer.render(try Template(text, file: "main.mustache"), [value])
    return String(decoding: bytes, as: UTF8.self)
  }
}
