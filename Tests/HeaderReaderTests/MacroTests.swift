import HeaderModel
import TestSupport
import Testing

@testable import HeaderReader

@Suite struct MacroTests {
  @Test func keepsBodiesAndParameters() throws {
    let header = try read(
      """
      #ifndef TOY_H_
      #define TOY_H_
      #define PLAIN 1
      #define SPACED   (  1+  2 )  /* gone */
      #define EMPTY
      #define TEXT "a  b" 'c' // gone
      #define LINES { sizeof(int), /* size */ \\
        0xcafe,                    /* magic */ \\
      }
      #define SPLIT 12\\
      34
      #define CALL(a,b) ((a) + b)
      #define NONE() 0
      #define NOT_CALL (a)
      #define VARIADIC(fmt, ...) f(fmt, ##__VA_ARGS__)
      #define GNU(args...) f(args)
      #  define   INDENTED 5
      #define OPS a->b <<= c ... >> != && :: ## @
      #define NUMBERS 0x1p-3 1.5e+10f .5 1..2 08
      int f(int);
      #endif
      """)
    #expect(
      header.macros.map { macro in
        macro.name + (macro.parameters.map { "(\($0.joined(separator: "|")))" } ?? "") + "="
          + macro.body
      } == [
        "PLAIN=1", "SPACED=( 1 + 2 )", "EMPTY=", "TEXT=\"a  b\" 'c'",
        "LINES={ sizeof ( int ) , 0xcafe , }", "SPLIT=12 34", "CALL(a|b)=( ( a ) + b )",
        "NONE()=0", "NOT_CALL=( a )", "VARIADIC(fmt|...)=f ( fmt , ## __VA_ARGS__ )",
        "GNU(args...)=f ( args )", "INDENTED=5", "OPS=a -> b <<= c ... >> != && : : ## @",
        "NUMBERS=0x1p-3 1.5e+10f .5 1..2 08",
      ])
  }

  @Test func keepsWhatHoldsAtTheEnd() throws {
    let header = try read(
      """
      #define FIRST 1
      #define FIRST_AGAIN FIRST
      #undef FIRST
      #define FIRST 2
      #define GONE 1
      #undef GONE
      #ifdef NOT_DEFINED
      #undef KEPT_BEFORE
      #define NEVER 1
      #endif
      #define KEPT_BEFORE 1
      #if 0
      #undef KEPT
      #endif
      #define KEPT 1
      #if 0
      # undef KEPT
      #else
      #   undef   KEPT /* really */
      #endif
      // #undef FIRST
      #define TEXT "#undef FIRST"
      /*
      #undef FIRST
      */
      int f(void);
      """)
    #expect(
      header.macros.map { "\($0.name)=\($0.body)" } == [
        "FIRST_AGAIN=FIRST", "FIRST=2", "KEPT_BEFORE=1", "TEXT=\"#undef FIRST\"",
      ])
    #expect(try header.macro("FIRST_AGAIN").value == .integer(2, .scalar(.int)))
  }

  @Test func followsDefinitionsThroughFiles() throws {
    let header = try read(
      """
      #define A 1
      #include "sub/inner.h"
      #define B 2
      #undef B
      #undef D
      int f(void);
      """,
      others: [
        "sub/inner.h": """
        #ifndef INNER_H
        #define INNER_H
        #undef A
        #define A 3
        #define C 4
        #define D 5
        #define B 6
        #endif
        """
      ])
    #expect(header.macros.map { "\($0.name)=\($0.body)" } == ["A=3", "C=4"])
    #expect(header.files.map(\.name) == ["toy.h", "sub/inner.h"])
  }

  @Test(arguments: [
    "#ifndef G\n#define G\nint f(void);\n#endif",
    "#if !defined(G)\n#define G\nint f(void);\n#endif",
    "#if !defined G\n#define G\nint f(void);\n#endif",
    "/* licence */\n# ifndef G\n# define G\nint f(void);\n# endif",
    "#ifndef G /* why */\n#define G\nint f(void);\n#endif",
    "#pragma once\nint f(void);",
  ])
  func leavesOutIncludeGuards(text: String) throws {
    #expect(try read(text).macros.isEmpty)
  }

  @Test(arguments: [
    "#ifndef G\n#define G 1\nint f(void);\n#endif", "#define G\nint f(void);",
    "#ifdef X\n#endif\n#ifndef G\n#define G\n#endif\nint f(void);",
  ])
  func keepsWhatIsNoGuard(text: String) throws {
    #expect(try read(text).macros.map(\.name) == ["G"])
  }

  @Test func evaluatesWithTheHeadersOwnNames() throws {
    let header = try read(
      """
      #include <limits.h>
      #include <stddef.h>
      #include <stdint.h>
      typedef struct stream_st *stream_t;
      typedef struct { size_t size; char name[16]; } config_t;
      enum color { RED = 3, LOUD = 0xFFFFFFFF, BELOW = -1 };
      enum { UNSIGNED = 0xFFFFFFFF };
      typedef enum { E0 } small;
      struct incomplete;
      #define MAJOR 2
      #define VERSION(X, Y) ((X) * 100 + (Y))
      #define CODE VERSION(MAJOR, 28)
      #define UNDEF_INT INT_MIN
      #define UNDEF_PTR NULL
      #define LEGACY ((stream_t)0x1)
      #define MASK (~(uint32_t)0)
      #define SIZE sizeof(config_t)
      #define TAGGED sizeof(enum color)
      #define POINTERS (2 * sizeof(config_t *))
      #define ALIAS RED
      #define BIG LOUD
      #define HIGH UNSIGNED
      #define INIT { sizeof(config_t), MAJOR }
      #define NOT_YET sizeof(struct incomplete)
      #define RENAMED other_function
      #define ADDRESS (&object)
      #define WORDSIZE (sizeof(small) * CHAR_BIT)
      #define WIDE UINT64_C(1)
      #define ABSENT DOES_NOT_EXIST
      #define PREDEFINED __SIZEOF_POINTER__
      #define LINE __LINE__
      int f(config_t *);
      """)
    let values = header.macros.filter { $0.parameters == nil }.map { macro -> String in
      switch macro.value {
      case .integer(let value, let type): "\(macro.name)=\(value) \(type)"
      case .floating(let value, let type): "\(macro.name)=\(value) \(type)"
      case .string(let text): "\(macro.name)=\"\(text)\""
      case nil: "\(macro.name)"
      }
    }
    #expect(
      values == [
        "MAJOR=2 int", "CODE=228 int", "UNDEF_INT=-2147483648 int", "UNDEF_PTR=0 void *",
        "LEGACY=1 stream_t", "MASK=4294967295 unsigned int", "SIZE=24 unsigned long",
        "TAGGED=8 unsigned long", "POINTERS=16 unsigned long", "ALIAS=3 int",
        "BIG=4294967295 long", "HIGH=4294967295 unsigned int", "INIT", "NOT_YET", "RENAMED",
        "ADDRESS", "WORDSIZE=32 unsigned long", "WIDE=1 unsigned long", "ABSENT",
        "PREDEFINED=8 int", "LINE",
      ])
  }

  @Test func keepsTheTypeThatOnlyAMacroNames() throws {
    let header = try read("#include <stdint.h>\n#define ALL ((uint8_t)0xff)\nint f(void);")
    #expect(try header.macro("ALL").value == .integer(255, .typedef("uint8_t")))
    #expect(
      header.typedefs == [
        Typedef(name: "uint8_t", type: .scalar(.unsignedChar), isExternal: true)
      ])
  }

  /// Thousands of macros that build on each other cost no more than their number.
  @Test(.timeLimit(.minutes(60))) func givesUpOnEndlessMacros() throws {
    var text = "#define A0 1\n#define LONG \(String(repeating: "1 + ", count: 5000))1\n"
    for level in 1...3000 {
      text += "#define A\(level) (A\(level - 1) + A\(level - 1))\n"
    }
    let header = try read(text + "#define USES_LONG (LONG)\nint f(void);")
    #expect(try header.macro("A9").value == .integer(512, .scalar(.int)))
    #expect(try header.macro("A3000").value == nil)
    #expect(try header.macro("LONG").body.utf8.count == 20_001)
    #expect(try header.macro("LONG").value == nil)
    #expect(try header.macro("USES_LONG").value == nil)
  }

  /// A stub need not define what the real toolkit does.
  @Test func takesNoValuesFromToolkits() throws {
    var toy = try ToyHeader(
      "#include <toolkit.h>\n#define V TOOLKIT_VERSION\nint f(void);",
      others: ["kit/toolkit.h": "#define TOOLKIT_VERSION 12"])
    toy.request.includeDirectories = [toy.directory.file("kit")]
    // Below the header's own directory it would count as the header's.
    toy.request.stubDirectories = toy.request.includeDirectories
    #expect(try toy.read().header.macros.map(\.value) == [nil])
  }
}
