import Testing

/// What each kind of tag prints.
@Suite struct TemplateTests {
  @Test(
    "Tags",
    arguments: [
      // Values.
      ("plain", "plain"), ("", ""), ("{", "{"), ("a { b } c", "a { b } c"),
      ("<{{name}}>", "<ncclAllReduce>"), ("{{ name }}", "ncclAllReduce"),
      ("{{{name}}}", "ncclAllReduce"), ("{{{ name }}}", "ncclAllReduce"),
      ("{{markup}} {{{markup}}}", "<a & \"b\"> <a & \"b\">"),
      ("[{{empty}}{{none}}]", "[]"),
      ("{{library.path}} {{library.deep.end}}", "lib.so bottom"),
      ("größe {{name}} 集合", "größe ncclAllReduce 集合"),
      // Comments.
      ("a{{! b }}c", "ac"), ("a{{! two\nlines }}c", "ac"), ("{{!}}", ""),
      // Sections.
      ("{{#yes}}a{{/yes}}{{#no}}b{{/no}}", "a"), ("{{^yes}}a{{/yes}}{{^no}}b{{/no}}", "b"),
      ("{{#none}}a{{/none}}{{^none}}b{{/none}}", "b"),
      ("{{#empty}}a{{/empty}}{{^empty}}b{{/empty}}", "b"),
      ("{{#name}}[{{.}}]{{/name}}{{^name}}b{{/name}}", "[ncclAllReduce]"),
      ("{{#words}}{{.}},{{/words}}", "one,two,three,"), ("{{^words}}a{{/words}}", ""),
      ("{{#nothing}}a{{/nothing}}{{^nothing}}b{{/nothing}}", "b"),
      ("{{#library}}{{name}} {{path}}{{/library}} {{name}}", "inner lib.so ncclAllReduce"),
      ("{{#items}}{{key}}{{#isFirst}}!{{/isFirst}}{{/items}}", "a!b"),
      (
        "{{#items}}{{#words}}{{key}}{{.}} {{/words}}{{/items}}",
        "aone atwo athree bone btwo bthree "
      ),
      ("{{#library.deep}}{{end}}{{path}}{{/library.deep}}", nil),
      ("{{#library}}{{#deep}}{{end}} {{path}}{{/deep}}{{/library}}", "bottom lib.so"),
      ("{{# yes }}a{{/ yes }}", "a"),
    ] as [(String, String?)])
  func tags(_ template: String, _ expected: String?) throws {
    if let expected {
      #expect(try Sample.render(template) == expected)
    } else {
      #expect(throws: (any Error).self) { try Sample.render(template) }
    }
  }

  @Test(
    "A section tag, comment or partial alone on its line takes the line with it",
    arguments: [
      ("a\n{{#yes}}\nb\n{{/yes}}\nc\n", "a\nb\nc\n"),
      ("a\n  {{#yes}}  \nb\n\t{{/yes}}\t\nc", "a\nb\nc"),
      ("{{#yes}}\r\nb\r\n{{/yes}}\r\nc", "b\r\nc"),
      ("a\n  {{! comment }}\nb", "a\nb"), ("a\n{{! two\nlines }}\nb", "a\nb"),
      ("{{#words}}\n{{.}}\n{{/words}}", "one\ntwo\nthree\n"),
      ("{{#no}}\na\n{{/no}}\n{{^no}}\nb\n{{/no}}", "b\n"),
      // Not alone: values, text, another tag.
      ("  {{name}}  \n", "  ncclAllReduce  \n"), ("a {{#yes}}\nb\n{{/yes}}", "a \nb\n"),
      ("{{#yes}} b\n{{/yes}}", " b\n"), ("{{#yes}}{{/yes}}\nb", "\nb"),
      ("  {{#yes}} {{/yes}}\nb", "   \nb"), ("{{! c }} x", " x"),
      ("{{#words}}\n\n{{.}}\n{{/words}}", "\none\n\ntwo\n\nthree\n"),
    ])
  func standalone(_ template: String, _ expected: String) throws {
    #expect(try Sample.render(template) == expected)
  }

  private static let partials = [
    "line": "[{{name}}]\n", "lines": "a\n\n{{#words}}\n{{.}}\n{{/words}}\nb\n",
    "inline": "<{{name}}>",
    "outer": "(\n  {{> lines}}\n)\n", "Swift/Banner": "// {{name}}\n",
  ]

  @Test(
    "Partials",
    arguments: [
      ("{{> line}}x", "[ncclAllReduce]\nx"), ("{{>inline}}!", "<ncclAllReduce>!"),
      ("a {{> inline}} b", "a <ncclAllReduce> b"), ("{{> Swift/Banner}}\nx", "// ncclAllReduce\nx"),
      ("{{#library}}{{> inline}}{{/library}}", "<inner>"),
      // Every line but an empty one gets the tag's indentation, on top of an outer partial's.
      ("  {{> line}}\nx", "  [ncclAllReduce]\nx"),
      ("  {{> lines}}\nx", "  a\n\n  one\n  two\n  three\n  b\nx"),
      (" {{> outer}}\n", " (\n   a\n\n   one\n   two\n   three\n   b\n )\n"),
      ("\t{{> line}}\nx", "\t[ncclAllReduce]\nx"),
      // Inside a line there is no indentation to give.
      ("x {{> lines}}", "x a\n\none\ntwo\nthree\nb\n"),
    ])
  func partials(_ template: String, _ expected: String) throws {
    #expect(try Sample.render(template, partials: Self.partials) == expected)
  }
}
