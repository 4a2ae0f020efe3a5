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
    _ name: String, _ value: TemplateValue, in context: TemplateContext
  ) throws(Diagnostic) -> [UInt8] {
    var renderer = TemplateRenderer(context, partials: templates)
    return try render(name, value, with: &renderer)
  }

  private func render(
    _ name: String, _ value: TemplateValue, with renderer: inout TemplateRenderer, room: Int = 0
  ) throws(Diagnostic) -> [UInt8] {
    guard let template = templates[name] else {
      throw Diagnostic(
        .error, file: "\(name).mustache", "there is no such template", rule: "template-missing",
        help: "known: \(templates.keys.sorted().joined(separator: ", "))")
    }
    let outer = renderer.context.object(["template": renderer.context.text(name)])
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
    // One for all files: what they are made from is never copied.
    var renderer = TemplateRenderer(consume context, partials: templates)
    // What a function comes to in the largest file. Memory that is not needed is never touched.
    let room = plan.functions.count << 10
    for output in plan.profile.outputs {
      files.append(try own(output, plan.profile, value, &renderer, room))
    }
    if plan.profile.outputs.isEmpty {
      for file in GeneratedFile.all where file.isNeeded(plan) {
        files.append(
          (file.path(plan), try render(file.template, value, with: &renderer, room: room)))
      }
    }
    for output in plan.profile.additionalOutputs {
      files.append(try own(output, plan.profile, value, &renderer, room))
    }
    try OutputPaths.check(files.map(\.path), plan.profile)
    return files
  }

  /// A file that the profile names.
  private func own(
    _ output: VendorProfile.Output, _ profile: VendorProfile, _ value: TemplateValue,
    _ renderer: inout TemplateRenderer, _ room: Int
  ) throws(Diagnostic) -> (path: String, bytes: [UInt8]) {
    guard templates[output.template] != nil else {
      throw Diagnostic(
        .error, file: profile.file, line: output.line,
        "there is no template \"\(output.template)\"", rule: "template-missing",
        help: "it would be Templates/\(output.template).mustache; known: "
          + templates.keys.sorted().joined(separator: ", "))
    }
    return (output.path, try render(output.template, value, with: &renderer, room: room))
  }
}
