import HeaderModel
import Rendering
import Testing

/// A template that names what is not there is refused, with the place and what there is.
@Suite struct StrictnessTests {
  private func failure(
    _ template: String, partials: [String: String] = [:]
  ) throws -> Diagnostic {
    try #require(throws: Diagnostic.self) { try Sample.render(template, partials: partials) }
  }

  @Test("An unknown name, with its line and the names that there are")
  func unknownName() throws {
    let error = try failure("a\nb {{nmae}}\n")
    #expect(
      error.description == """
        main.mustache:2: error: nothing here is called "nmae" [template-name]
          help: known here: empty, items, library, markup, name, no, none, nothing, words, yes
        """)
  }

  @Test(
    "Wherever it stands",
    arguments: [
      "{{#nmae}}{{/nmae}}", "{{^nmae}}{{/nmae}}", "{{{nmae}}}", "{{#words}}{{nmae}}{{/words}}",
      "{{#yes}}{{nmae}}{{/yes}}", "{{^no}}{{nmae}}{{/no}}", "{{nmae.path}}",
    ])
  func everywhere(_ template: String) throws {
    #expect(try failure(template).message.contains("nothing here is called \"nmae\""))
  }

  @Test("Names of the values around count as known, and are listed")
  func nested() throws {
    let error = try failure("{{#items}}{{kye}}{{/items}}")
    #expect(error.help?.contains("isFirst, items, key, library") == true)
  }

  @Test("A part of a dotted name that is not there")
  func dotted() throws {
    #expect(try failure("\n\n{{library.pth}}").message == "\"library.pth\" has no \"pth\"")
    #expect(try failure("\n\n{{library.pth}}").line == 3)
    #expect(try failure("{{name.length}}").message == "\"name.length\" has no \"length\"")
  }

  @Test("What is not text cannot be printed", arguments: ["yes", "words", "library", "items"])
  func notText(_ name: String) throws {
    #expect(try failure("{{\(name)}}").message == "{{\(name)}} is not text")
  }

  @Test("A name in a part that is not printed is not looked for: a value may be without it")
  func notLookedFor() throws {
    #expect(try Sample.render("{{#no}}{{nmae}}{{/no}}") == "")
  }

  @Test("An unknown partial, with the names that there are")
  func unknownPartial() throws {
    let error = try failure("\n{{> Bannr}}", partials: ["Banner": "", "Doc": ""])
    #expect(
      error.description == """
        main.mustache:2: error: there is no partial "Bannr" [template-name]
          help: known: Banner, Doc
        """)
  }

  @Test("An error inside a partial is in the partial's file")
  func insidePartial() throws {
    let error = try failure("{{> Doc}}", partials: ["Doc": "\n\n{{nmae}}"])
    #expect(error.file == "Doc.mustache" && error.line == 3)
    let after = try failure("{{> Doc}}\n{{nmae}}", partials: ["Doc": "\n\n"])
    #expect(after.file == "main.mustache" && after.line == 2)
  }

  @Test("Partials that include each other end in an error")
  func recursion() throws {
    let error = try failure("{{> a}}", partials: ["a": "{{> b}}", "b": "{{> a}}"])
    #expect(error.message == "partials include each other without end")
    #expect(
      try failure("{{> a}}", partials: ["a": "x{{> a}}"]).message
        == "partials include each other without end")
  }

  @Test(
    "Tags that do not fit together",
    arguments: [
      ("a\n{{#yes}}b", "main.mustache:2: error: {{#yes}} is never closed [template-syntax]"),
      ("{{^yes}}", "main.mustache:1: error: {{#yes}} is never closed [template-syntax]"),
      ("a\n\n{{/yes}}", "main.mustache:3: error: {{/yes}} closes no section [template-syntax]"),
      (
        "{{#yes}}{{#no}}\n{{/yes}}{{/no}}",
        "main.mustache:2: error: {{/yes}} stands where {{/no}} was expected [template-syntax]"
      ),
      ("a\n{{name", "main.mustache:2: error: a {{ is never closed [template-syntax]"),
      ("{{{name}}", "main.mustache:1: error: a {{ is never closed [template-syntax]"),
      ("{{}}", "main.mustache:1: error: {{}} is not a name [template-syntax]"),
      ("{{a-b}}", "main.mustache:1: error: {{a-b}} is not a name [template-syntax]"),
      ("{{a..b}}", "main.mustache:1: error: {{a..b}} is not a name [template-syntax]"),
      ("{{.a}}", "main.mustache:1: error: {{.a}} is not a name [template-syntax]"),
      // What Mustache has and this does not: nothing is taken for something else.
      ("{{&name}}", "main.mustache:1: error: {{&name}} is not a name [template-syntax]"),
      ("{{=<% %>=}}", "main.mustache:1: error: {{=<%%>=}} is not a name [template-syntax]"),
      (
        "{{$block}}{{/block}}", "main.mustache:1: error: {{$block}} is not a name [template-syntax]"
      ),
    ])
  func syntax(_ template: String, _ expected: String) throws {
    #expect(try failure(template).description == expected)
  }

  @Test("Deep nesting is no problem")
  func nesting() throws {
    let depth = 200
    let open = String(repeating: "{{#yes}}", count: depth)
    let close = String(repeating: "{{/yes}}", count: depth)
    #expect(try Sample.render("\(open)x\(close)") == "x")
  }
}
