import HeaderModel
import Testing

@testable import HeaderReader

@Suite struct CommentTests {
  private func doc(_ comment: String) throws -> String? {
    try read("\(comment)\nint f(void);").functions[0].doc
  }

  @Test(
    arguments: [
      ("/* plain */", "plain"), ("/** doc */", "doc"), ("/*! qt */", "qt"), ("// line", "line"),
      ("/// line", "line"), ("//! line", "line"), ("/**\n * One.\n * Two.\n */", "One.\nTwo."),
      ("/* One.\n   Two.\n     Three. */", "One.\nTwo.\n  Three."),
      ("/*\n  One.\n    Two.\n*/", "One.\n  Two."),
      ("/** One.\n *\n * Two.\n **/", "One.\n\nTwo."),
      ("/*************\n * Banner.\n *************/", "Banner."),
      ("/** * bullet\n * next */", "* bullet\nnext"),
      ("/*\n  - a\n  * b\n  - c\n*/", "- a\n* b\n- c"),
      ("/**\n * One\nno star\n * Two\n */", " One\nno star\n Two"),
      ("// one\n//   two\n// three", "one\n  two\nthree"),
      ("/// one\n///\n/// two", "one\n\ntwo"),
      ("// one \\\n   still", "one \\\n  still"),
      ("/* tab\there */", "tab\there"), ("/* one */ /* two */", "two"),
      ("/* é — 漢 */", "é — 漢"), ("/**/", nil), ("/***/", nil), ("//", nil),
      ("/// @cond include_hidden", nil), ("/** @{ */", nil), ("/** \\endcond */", nil),
      ("/** @brief kept */", "@brief kept"),
    ] as [(String, String?)])
  func cleans(comment: String, text: String?) throws {
    #expect(try doc(comment) == text)
  }

  @Test func acceptsAnyLineEnds() throws {
    #expect(try doc("/**\r\n * One.\r\n *   Two.\r\n */\r") == "One.\n  Two.")
  }

  @Test func attachesOnlyWhatStandsDirectlyBefore() throws {
    let header = try read(
      """
      /* A licence. */

      int after_blank(void);
      /* About the include. */
      #include <stddef.h>
      int after_directive(void);
      /* Above the macro. */
      #define EXPORT __attribute__((visibility("default")))
      /* Kept. */
      EXPORT
      __attribute__((deprecated("why")))
      int after_attributes(void);
      int previous(void); /* about previous */
      int after_trailing(void);
      int one(void); // trailing
                     // goes on
      int after_lines(void);
      /* same line */ int same_line(void);
      struct s { int x; }; /* about s */
      typedef int t;
      /* Far.

      */
      int after_inner_blank(void);
      """)
    #expect(
      header.functions.map { "\($0.name): \($0.doc ?? "-")" } == [
        "after_blank: -", "after_directive: -", "after_attributes: Kept.", "previous: -",
        "after_trailing: -", "one: -", "after_lines: -", "same_line: same line",
        "after_inner_blank: Far.",
      ])
    #expect(try header.typedef("t").doc == nil)
  }

  @Test func attachesToMembersOnBothSides() throws {
    let header = try read(
      """
      /// The record.
      typedef struct {
        /* above */
        int a;
        int b; /* behind */
        int c; /**< marked */
        int d;
        /**< on the next line */
        int e;
        /* both above */
        int f; // both behind
        int g; // first
               // second
        int h /* inside */;
        int i, j; /* only j */
        struct { int x; } k; /* nested */
        int bits : 3; /* bits */
        int last; } r; /* not a field's */

      // The enumeration.
      enum e {
        A, /* a */
        B = 2, // b
        C /* c */ = 3,
        D /* d */
        ,
        // above F
        F, /* about G */ G, /* g */
        I /* i */, H /**< h */
      };
      """)
    #expect(
      try header.record("r").layout?.fields.map { "\($0.name ?? ""): \($0.doc ?? "-")" } == [
        "a: above", "b: behind", "c: marked", "d: on the next line", "e: -",
        "f: both above\nboth behind", "g: first\nsecond", "h: inside", "i: -", "j: only j",
        "k: nested", "bits: bits", "last: -",
      ])
    #expect(try header.record("r").doc == "The record.")
    #expect(try header.typedef("r").doc == "The record.")
    #expect(
      try header.enumeration("e").enumerators.map { "\($0.name): \($0.doc ?? "-")" } == [
        "A: a", "B: b", "C: -", "D: d", "F: above F", "G: about G\ng", "I: i", "H: h",
      ])
    #expect(try header.enumeration("e").doc == "The enumeration.")
  }

  @Test func isNotFooledByLiterals() throws {
    let header = try read(
      """
      #define QUOTE '"'
      #define COMMENT "/* no comment"
      #define ESCAPED "\\"// none"
      /* real */
      int f(void);
      """)
    #expect(header.functions[0].doc == "real")
  }

  @Test func survivesUnfinishedText() throws {
    // An apostrophe in an inactive block is no character.
    let header = try read("#if 0\nit's\n#endif\n/* x */\nint f(void);\n// no end of line")
    #expect(header.functions[0].doc == "x")
  }
}
