import HeaderModel
import Testing

@testable import HeaderReader

@Suite struct AttributeTests {
  @Test(arguments: [
    ("__attribute__((deprecated)) int f(void);", ["deprecated"]),
    ("int f(void) __attribute__((__deprecated__));", ["deprecated"]),
    (
      #"int f(void) __attribute__((deprecated("use \"g\", not f")));"#,
      [#"deprecated("use \"g\", not f")"#]
    ),
    (#"int f(void) __attribute__((deprecated("a" "b")));"#, [#"deprecated("a" "b")"#]),
    (
      "__attribute__((weak, visibility(\"default\"))) int f(void);",
      ["weak", "visibility(\"default\")"]
    ),
    ("__attribute__((weak)) __attribute__((weak)) int f(void);", ["weak"]),
    ("int f(const char *, ...) __attribute__((format(printf,1,2)));", ["format(printf, 1, 2)"]),
    ("int f(void) __asm__(\"g\");", ["asm(\"g\")"]),
    (
      "int f(void) __attribute__((warn_unused_result,nothrow));",
      ["warn_unused_result", "nothrow"]
    ),
    ("_Noreturn void f(void);", ["noreturn"]),
    ("__attribute__((noreturn)) void f(void);", ["noreturn"]),
    ("#include <stdnoreturn.h>\nnoreturn void f(void);", ["noreturn"]),
    (
      "#define EXPORT __attribute__((visibility(\"default\"), weak))\nEXPORT int f(void);",
      ["visibility(\"default\")", "weak"]
    ),
    (
      "#define DEPRECATED(text) __attribute__((deprecated(text)))\nDEPRECATED(\"no\") int f(void);",
      ["deprecated(\"no\")"]
    ),
    ("#define INNER __attribute__((weak))\n#define OUTER INNER\nOUTER int f(void);", ["weak"]),
    ("#define NAME deprecated\nint f(void) __attribute__((NAME));", ["deprecated"]),
    (
      "#define DECLARE(n) __attribute__((weak)) int n(void) __attribute__((deprecated))\nDECLARE(f);",
      ["weak", "deprecated"]
    ),
    ("#define GONE __attribute__((weak))\nGONE int f(void);\n#undef GONE", ["weak"]),
    ("#include <sys/cdefs.h>\nint f(void) __attribute_deprecated__;", ["deprecated"]),
    ("int f(void);", []),
  ])
  func areWrittenInOneWay(text: String, attributes: [String]) throws {
    let function = try #require(read(text).functions.first)
    #expect(function.attributes == attributes)
  }

  @Test func belongToRecordsAndVariables() throws {
    let header = try read(
      """
      #define ALIGNED(n) __attribute__((aligned(n)))
      struct __attribute__((packed)) a { char c; int i; };
      struct b { char c; } ALIGNED(8 * 2);
      typedef struct { char c; int i; } __attribute__((__packed__, aligned(4))) c;
      extern int v __attribute__((weak));
      """)
    #expect(
      header.records.map(\.attributes) == [
        ["packed"], ["aligned(8 * 2)"], ["packed", "aligned(4)"],
      ])
    #expect(header.variables[0].attributes == ["weak"])
  }

  @Test func reportsTheAlignmentOfATypedef() throws {
    let result = try ToyHeader("typedef int wide __attribute__((aligned(16)));").read()
    #expect(result.diagnostics.map(\.rule) == ["typedef-attribute"])
    #expect(
      result.diagnostics.first?.message
        == "wide has the attribute aligned(16), which the model cannot hold")
  }
}
