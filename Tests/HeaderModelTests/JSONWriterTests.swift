import HeaderModel
import Testing

@Suite struct JSONWriterTests {
  private func write(_ body: (inout JSONWriter) -> Void) -> String {
    var writer = JSONWriter()
    body(&writer)
    return String(decoding: writer.finish(), as: UTF8.self)
  }

  @Test func indentsContainersAndKeepsInlineOnesOnALine() {
    let text = write {
      $0.object { writer in
        writer.key("list")
        writer.array([1, 2]) { writer, number in
          writer.object(inline: true) {
            $0.field("n", number)
            $0.field("s", "x")
          }
        }
        writer.key("none")
        writer.array([Int]()) { $0.integer($1) }
        writer.key("flag")
        writer.bool(false)
        writer.key("nothing")
        writer.null()
        writer.strings("texts", ["a", "b"])
        writer.strings("empty", [])
        writer.flag("unset", false)
        writer.field("absent", nil as String?)
      }
    }
    #expect(
      text == """
        {
          "list": [
            {"n": 1, "s": "x"},
            {"n": 2, "s": "x"}
          ],
          "none": [],
          "flag": false,
          "nothing": null,
          "texts": ["a", "b"]
        }

        """)
  }

  @Test(arguments: [
    ("plain", "\"plain\""), ("", "\"\""), ("a\"b\\c", #""a\"b\\c""#),
    ("\n\t\r\u{0}\u{1F}", #""\n\t\u000d\u0000\u001f""#), ("é😀\u{7F}", "\"é😀\u{7F}\""),
    ("/", "\"/\""),
  ])
  func escapesOnlyWhatItMust(text: String, json: String) {
    #expect(write { $0.string(text) } == json + "\n")
  }

  @Test func writesEveryInteger() {
    #expect(write { $0.integer(Int128.min) } == "\(Int128.min)\n")
    #expect(write { $0.integer(UInt64.max) } == "18446744073709551615\n")
  }
}
