package import BindingPlan
package import HeaderModel

/// The templates by name, parsed once.
package struct TemplateLibrary: Sendable {
  private let templates: [String: Template]

  /// `files` maps names such as `Swift/Library.swift` to the text; `path` is for messages.
  package init(_ files: [(name: String, path: String, text: String)]) throws(Diagnostic) {
    var templates: [String: Template] = [:]
    for file in files { templates[file.name] = try Template(file.text, file: file.path) }
    self.templates = templates
  }

  /// Prints one template; `{{template}}` is its name.
  package func render(
    _ name: String, _ value: TemplateValue, in context: TemplateContext, room: Int = 0
  ) throws(Diagnostic) -> [UInt8] {
    guard let template = templates[name] else {
      throw Diagnostic(
        .error, file: "\(name).mustache", "there is no such template", rule: "template-missing",
        help: "known: \(templates.keys.sorted().joined(separator: ", "))")
    }
    var context = context
    let outer = context.object(["template": context.text(name)])
    var renderer = TemplateRenderer(context, partials: templates)
    return try renderer.render(template, [value, outer], room: room)
  }

  /// The C file that compiles beside a vendor's header only if the model says what the header says.
  package func layoutCheck(_ header: Header, headerFile: String) throws(Diagnostic) -> [UInt8] {
    var context = TemplateContext()
    let value = LayoutCheck.value(header, headerFile: headerFile, in: &context)
    return try render("C/LayoutCheck.c", value, in: context)
  }

  /// All of a vendor's output, as paths under the output directory and contents.
  package func render(_ plan: Plan) throws(Diagnostic) -> [(path: String, bytes: [UInt8])] {
    var files: [(path: String, bytes: [UInt8])] = []
    var context = TemplateContext()
    let value = PlanContext.value(plan, in: &context)
    // What a function comes to in the largest file. Memory that is not needed is never touched.
    let room = plan.functions.count << 10
    for output in plan.profile.outputs {
      files.append((output.path, try render(output.template, value, in: context, room: room)))
    }
    guard plan.profile.outputs.isEmpty else { return files }
    for file in GeneratedFile.all where file.isNeeded(plan) {
      files.append((file.path(plan), try render(file.template, value, in: context, room: room)))
    }
    return files
  }
}
