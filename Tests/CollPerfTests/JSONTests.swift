import Testing

@testable import coll_perf

@Suite struct JSONTests {
  @Test func readsWhatItWrites() throws {
    let value: JSONValue = [
      "text": "a \"b\" \\ \n\t\u{1} é 🙂", "numbers": .array([1, .number(2.5), .number(-1e-3)]),
      "empty": .array([]), "nothing": nil, "yes": .bool(true), "object": ["a": ["b": ["c": 1]]],
    ]
    #expect(try JSONParser.parse(Array(value.rendered().utf8)) == value)
  }

  @Test func readsOtherProgramsTexts() throws {
    let text = #"{"a":"\u00e9\ud83d\ude42\/","b":[1e3,-0.5],"c":{}}"#
    let value = try JSONParser.parse(Array(text.utf8))
    #expect(value["a"] == "é🙂/")
    #expect(value["b"]?.elements?.map(\.number) == [1000, -0.5])
    #expect(value["c"] == .object([]))
  }

  @Test(arguments: [
    "", "{", "[1,]", "{\"a\" 1}", "\"abc", "nul", "[1] 2", "\"\\u12\"", "{1:2}", "--1",
    String(repeating: "[", count: 100_000),
  ])
  func refuses(text: String) {
    #expect(throws: PerfError.self) { try JSONParser.parse(Array(text.utf8)) }
  }

  @Test func namesTheLine() {
    #expect {
      try JSONParser.parse(Array("{\n\"a\": 1,\n\"b\": x}".utf8))
    } throws: { "\($0)".hasPrefix("line 3:") }
  }

  @Test func numbersHaveTheDigitsAskedFor() {
    #expect(12.345.fixed(2) == "12.35" || 12.345.fixed(2) == "12.34")
    #expect(0.05.fixed(2) == "0.05")
    #expect((-0.001).fixed(2) == "0.00")
    #expect(1999.6.fixed(0) == "2000")
    #expect(0.444291.significant(3) == "0.444")
    #expect(2500.0.significant(2) == "2500")
    #expect(1.50.significant(3) == "1.5")
  }
}
