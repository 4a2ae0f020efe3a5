import HeaderModel
import Rendering
import TestSupport
import Testing
import Workspace

/// The templates as a whole, and the names that they may use.
@Suite struct LibraryTests {
  @Test("A template knows its own name")
  func ownName() throws {
    let library = try TemplateLibrary([
      ("A/B.swift", "Templates/A/B.swift.mustache", "{{template}}")
    ])
    var context = TemplateContext()
    let bytes = try library.render("A/B.swift", context.object([:]), in: context)
    #expect(String(decoding: bytes, as: UTF8.self) == "A/B.swift")
  }

  @Test("A template that is not there is an error with those that are")
  func missing() throws {
    let library = try TemplateLibrary([("A", "A.mustache", ""), ("B", "B.mustache", "")])
    var context = TemplateContext()
    let error = try #require(throws: Diagnostic.self) {
      try library.render("C", context.object([:]), in: context)
    }
    #expect(
      error.description == """
        C.mustache: error: there is no such template [template-missing]
          help: known: A, B
        """)
  }

  @Test("A template that does not parse is refused with its path when it is loaded")
  func syntax() throws {
    let error = try #require(throws: Diagnostic.self) {
      try TemplateLibrary([("A", "Templates/A.mustache", "\n{{#x}}")])
    }
    #expect(error.file == "Templates/A.mustache" && error.line == 2)
  }

  @Test("Every template of the project parses, and every row of the table has one")
  func project() throws {
    let project = Project(root: repositoryRoot())
    let library = try project.templateLibrary()
    var context = TemplateContext()
    for file in GeneratedFile.all {
      // An empty value stops at the first name: what matters is that the template is there.
      let error = try #require(throws: Diagnostic.self, "\(file.template)") {
        try library.render(file.template, context.object([:]), in: context)
      }
      #expect(error.rule == "template-name", "\(file.template)")
    }
  }

  @Test("What a template sees can be printed")
  func json() throws {
    var context = TemplateContext()
    let value = context.object([
      "text": context.text("a \"b\"\n"), "yes": .flag(true), "none": .absent,
      "list": context.lines(["x"]), "object": context.object(["inner": context.number(-7)]),
    ])
    #expect(
      String(decoding: context.json(value), as: UTF8.self) == """
        {
          "text": "a \\"b\\"\\n",
          "yes": true,
          "none": null,
          "list": [
            "x"
          ],
          "object": {
            "inner": "-7"
          }
        }

        """)
  }
}
