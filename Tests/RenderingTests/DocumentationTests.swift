import BindingPlan
import Files
import HeaderModel
import Rendering
import TestSupport
import Testing
import Workspace

/// `Templates/README.md` promises names to template authors.
@Suite struct DocumentationTests {
  /// A row of the table of names.
  private struct Row {
    var path: String
    var form: String
    var meaning: String
  }

  /// All that templates are given, over vendors that together have one of everything.
  private func provided() throws -> [String: Set<TemplateForm>] {
    let project = Project(root: repositoryRoot())
    var all: [String: Set<TemplateForm>] = ["template": [.text]]
    for vendor in try project.vendors() where vendor != "clang" {
      let plan = try Plan(
        profile: try project.profile(vendor), headers: try project.models(of: vendor))
      var context = TemplateContext()
      let value = PlanContext.value(plan, in: &context)
      all.merge(context.outline(of: value)) { $0.union($1) }
    }
    return all
  }

  private func documented() throws -> [Row] {
    let bytes = try Files.read(repositoryRoot() + "/Templates/README.md")
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap { line in
      let cells = line.split(separator: "|").map { $0.trimmed }
      guard cells.count == 3, cells[0].hasPrefix("`"), cells[0].hasSuffix("`") else { return nil }
      return Row(
        path: String(cells[0].dropFirst().dropLast()), form: cells[1], meaning: cells[2])
    }
  }

  @Test("Every name is documented, and every documented name is there")
  func isComplete() throws {
    let provided = try provided()
    let rows = try documented()
    #expect(rows.map(\.path).sorted() == provided.keys.sorted())
  }

  @Test("What a name stands for is what the documentation says")
  func forms() throws {
    let provided = try provided()
    var empty: Set<String> = []
    for row in try documented() {
      let forms = provided[row.path, default: []].map(\.rawValue)
      if forms.isEmpty { empty.insert(row.path) }
      #expect(forms.isEmpty || forms == [row.form], "\(row.path)")
      #expect(!row.meaning.isEmpty, "\(row.path)")
    }
    // No vendor here has them, or nobody can.
    #expect(
      empty == [
        "collectives.called.methods.byteRecords", "collectives.called.methods.waits",
        "collectives.enqueued.methods.byteRecords", "collectives.enqueued.methods.value",
        "collectives.operations.methods.byteRecords", "functions.wrappers.results.default",
        "functions.wrappers.singleCall.dropped", "hostShim.functions.forms.unused",
        "records.attributes",
      ])
  }
}

extension Substring {
  fileprivate var trimmed: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
