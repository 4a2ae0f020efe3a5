import HeaderModel
import Testing

@testable import BindingPlan

/// Header text on its way into Swift: nothing may leave its place.
@Suite struct TextTests {
  @Test(
    "A documentation comment's lines",
    arguments: [
      ("", []), ("one", ["one"]), ("one\ntwo", ["one", "two"]),
      ("one\n\ntwo\n", ["one", "", "two", ""]),
      // What ends a line elsewhere becomes a space.
      ("a\r\nb", ["a", "b"]), ("a\rlet evil = 1", ["a let evil = 1"]),
      ("a\u{B}b\u{C}c\u{85}d\u{2028}e\u{2029}f", ["a b c d e f"]),
      // What changes how the line reads is taken away.
      ("a\u{202E}b\u{2066}c\u{200B}d\u{FEFF}e\u{7}f\u{1B}[31m", ["a b c d e f [31m"]),
      ("a\0b", ["a b"]),
      // A backslash at the end would join a C comment with the next line.
      ("a\\", ["a"]), ("a\\ \\", ["a"]), ("a\\\nb", ["a", "b"]), ("a\\b", ["a\\b"]),
      ("\\\\\\", [""]),
      // The rest stays: it cannot end a line comment.
      ("*/ public let evil = 1 /*", ["*/ public let evil = 1 /*"]),
      ("größe 集合 👩‍💻", ["größe 集合 👩 💻"]),
    ])
  func documentation(_ text: String, _ expected: [String]) {
    #expect(Documentation.lines(text) == expected)
  }

  @Test("No comment gives no lines")
  func noDocumentation() { #expect(Documentation.lines(nil) == []) }

  @Test(
    "A string literal",
    arguments: [
      ("", #""""#), ("plain", #""plain""#), ("\"", #""\"""#), ("\\", #""\\""#),
      ("\\(evil())", #""\\(evil())""#), ("a\nb\tc\rd", #""a\nb\tc\rd""#),
      ("\"\"\"\n\"", #""\"\"\"\n\"""#), ("\0\u{7}\u{1B}", #""\u{0}\u{7}\u{1b}""#),
      ("\u{2028}\u{202E}\u{FEFF}", #""\u{2028}\u{202e}\u{feff}""#), ("größe", #""größe""#),
      ("${a} {{b}} #", #""${a} {{b}} #""#),
    ])
  func literal(_ text: String, _ expected: String) {
    #expect(StringLiteral.swift(text) == expected)
  }
}
