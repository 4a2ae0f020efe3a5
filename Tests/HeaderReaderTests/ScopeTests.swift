import Files
import HeaderModel
import TestSupport
import Testing

@testable import HeaderReader

@Suite struct ScopeTests {
  @Test func takesDeclarationsFromBelowTheHeader() throws {
    var toy = try ToyHeader(
      """
      #include "part.h"
      #include "deep/er/part.h"
      #include <outside.h>
      #include <stubbed.h>
      int own(outside_t, stubbed_t);
      """,
      others: [
        "include/part.h": "#define PART 1\nint part(void);",
        "include/deep/er/part.h": "int deep(void);\n#include \"../../part2.h\"",
        "include/part2.h": "int part2(void);",
        "include/stubs/stubbed.h": "typedef int stubbed_t; int stub_function(void);",
        "elsewhere/outside.h": "typedef long outside_t; int outside(void);\n#define OUTSIDE 1",
      ], name: "include/toy.h")
    toy.request.includeDirectories = [toy.directory.file("elsewhere")]
    toy.request.stubDirectories = [toy.directory.file("include/stubs")]
    let header = try toy.read().header
    #expect(header.functions.map(\.name) == ["part", "deep", "part2", "own"])
    #expect(header.macros.map(\.name) == ["PART"])
    #expect(
      header.files.map(\.name) == ["toy.h", "part.h", "deep/er/part.h", "part2.h"])
    #expect(
      header.typedefs == [
        Typedef(name: "outside_t", type: .scalar(.long), isExternal: true),
        Typedef(name: "stubbed_t", type: .scalar(.int), isExternal: true),
      ])
  }

  @Test func resolvesExternalTypesToTheEnd() throws {
    var toy = try ToyHeader(
      """
      #include <kit.h>
      typedef kit_stream own_stream;
      typedef struct { kit_size size; struct kit_time at; kit_flags flags; } own_record;
      int f(kit_stream, kit_callback, const kit_dim *, kit_dim, enum kit_mode *);
      """,
      others: [
        "kit/kit.h": """
        typedef unsigned long kit_word;
        typedef kit_word kit_size;
        struct kit_stream_st;
        typedef struct kit_stream_st *kit_handle;
        typedef kit_handle kit_stream;
        typedef long kit_seconds;
        struct kit_time { kit_seconds seconds; struct { kit_word low, high; } parts; };
        typedef enum { KIT_A = 1, KIT_B = 0x80000000 } kit_flags;
        enum kit_mode { KIT_FAST };
        typedef struct { unsigned x, y, z; } kit_dim;
        typedef void (*kit_callback)(kit_stream, struct kit_result { int code; } result, void *);
        struct kit_unused { int x; };
        typedef int kit_unused_t;
        """
      ])
    toy.request.stubDirectories = [toy.directory.file("kit")]
    let header = try toy.read().header
    #expect(
      header.typedefs.filter(\.isExternal).map { "\($0.name) = \($0.type)" } == [
        "kit_callback = void (struct kit_stream_st *, struct kit_result, void *) *",
        "kit_dim = struct kit_dim", "kit_flags = enum kit_flags", "kit_size = unsigned long",
        "kit_stream = struct kit_stream_st *",
      ])
    #expect(try header.typedef("own_stream").type == .typedef("kit_stream"))
    #expect(
      header.records.filter(\.isExternal).map { "\($0.name) \($0.hasTag) \($0.fieldLines)" } == [
        #"kit_dim false ["x: unsigned int @0", "y: unsigned int @32", "z: unsigned int @64"]"#,
        #"kit_result true ["code: int @0"]"#,
        #"kit_time true ["seconds: long @0", "parts: struct kit_time::parts @64"]"#,
        #"kit_time::parts false ["low: unsigned long @0", "high: unsigned long @64"]"#,
      ])
    #expect(
      header.enumerations.map { "\($0.name) \($0.isExternal) \($0.enumerators.map(\.name))" } == [
        #"kit_flags true ["KIT_A", "KIT_B"]"#, #"kit_mode true ["KIT_FAST"]"#,
      ])
  }

  /// The point of stubs: whatever the toolkit's own headers go through, the model is the same.
  @Test func doesNotDependOnWhatStandsBehindAType() throws {
    let text = "#include <kit.h>\nint f(kit_stream, kit_size, kit_stream *);"
    var simple = try ToyHeader(
      text,
      others: ["kit/kit.h": "typedef struct st *kit_stream; typedef unsigned long kit_size;"])
    simple.request.stubDirectories = [simple.directory.file("kit")]
    var real = try ToyHeader(
      text,
      others: [
        "kit/kit.h": """
        #include "types.h"
        #define __align__(n) __attribute__((aligned(n)))
        typedef kit_stream_internal kit_stream;
        typedef size_t kit_size;
        struct st { int __align__(16) hidden; };
        int many(int), other(kit_size), functions(void);
        """,
        "kit/types.h": "#include <stdlib.h>\ntypedef struct st *kit_stream_internal;",
      ])
    real.request.stubDirectories = [real.directory.file("kit")]
    #expect(try simple.read().header == real.read().header)
  }

  @Test func readsVariableArgumentLists() throws {
    let header = try read(
      """
      #include <stdarg.h>
      int vlog(const char *format, va_list arguments);
      """)
    #expect(
      try header.function("vlog").signature == "vlog(char const * format, va_list arguments) -> int"
    )
    #expect(try header.typedef("va_list").type.description == "struct __va_list_tag [1]")
    #expect(try header.record("__va_list_tag").layout?.size == 24)
  }

  @Test func readsTheSystemsTypes() throws {
    let header = try read(
      """
      #include <stdio.h>
      #include <time.h>
      #include <sys/time.h>
      int f(FILE *stream, time_t at, struct timeval by_value, const struct tm *pointed);
      """)
    #expect(
      header.typedefs.map { "\($0.name) = \($0.type)" } == [
        "FILE = struct _IO_FILE", "time_t = long",
      ])
    #expect(header.records.map(\.name) == ["timeval"])
    #expect(try header.record("timeval").fieldLines == ["tv_sec: long @0", "tv_usec: long @64"])
  }

  @Test func completesARecordThatTheHeaderAnnouncesItself() throws {
    var toy = try ToyHeader(
      "struct kit;\n#include <kit.h>\nint f(struct kit);",
      others: ["kit/kit.h": "struct kit { int x; };"])
    toy.request.stubDirectories = [toy.directory.file("kit")]
    let header = try toy.read().header
    #expect(header.records.map { "\($0.name) \($0.layout?.size ?? 0)" } == ["kit 4"])
  }

  @Test func acceptsTypedefsThatAreRepeated() throws {
    var toy = try ToyHeader(
      "#include <kit.h>\ntypedef struct st *stream;\ntypedef struct st *stream;\nint f(stream);",
      others: ["kit/kit.h": "typedef struct st *stream;"])
    toy.request.stubDirectories = [toy.directory.file("kit")]
    let header = try toy.read().header
    #expect(header.typedefs == [Typedef(name: "stream", type: .pointer(.record(.structure, "st")))])
  }

  @Test func recordsWhatItWasReadWith() throws {
    var toy = try ToyHeader("#ifdef B\nint f(int x[B]);\n#endif\n#define C A\nint g(void);")
    toy.request.defines = ["B=3", "A"]
    toy.request.flavour = "relay"
    let header = try toy.read().header
    #expect(header.defines == ["A", "B=3"])
    #expect(header.flavour == "relay")
    #expect(header.vendor == "toy")
    #expect(header.release == Release(1, 2, 3))
    #expect(header.target == "x86_64-unknown-linux-gnu")
    #expect(header.functions.map(\.signature) == ["f(int [3] x) -> int", "g() -> int"])
    #expect(try header.macro("C").value == .integer(1, .scalar(.int)))
  }

  @Test func digestsTheOwnFiles() throws {
    let toy = try ToyHeader("#include \"a.h\"\nint f(void);", others: ["a.h": "abc_t a(void);\n"])
    try toy.directory.write("typedef int abc_t; abc_t a(void);\n", to: "a.h")
    let sums = try runTool(
      "sha256sum", [toy.directory.file("toy.h"), toy.directory.file("a.h")]
    ).split(separator: "\n").map { String($0.prefix(64)) }
    #expect(try toy.read().header.files.map(\.digest) == sums)
  }

  @Test func findsNeighboursByAngleBrackets() throws {
    let header = try read(
      "#include <neighbour.h>\nint f(int_like);", others: ["neighbour.h": "typedef int int_like;"])
    #expect(header.typedefs.map(\.isExternal) == [false])
  }

  @Test func readsOtherTargets() throws {
    var toy = try ToyHeader(
      """
      #include <stddef.h>
      #include <stdint.h>
      struct s { char c; long l; wchar_t w; };
      int f(size_t, uint64_t, ...);
      """)
    toy.request.target = "aarch64-unknown-linux-gnu"
    let header = try toy.read().header
    #expect(header.target == "aarch64-unknown-linux-gnu")
    #expect(try header.record("s").layout?.size == 24)
    #expect(try header.typedef("wchar_t").type == .scalar(.unsignedInt))
  }

  @Test func givesTheSameBytesAgain() throws {
    let toy = try ToyHeader(
      "#include <stdio.h>\n/// d\nstruct s { struct { int x; }; };\n#define M 1\nint f(FILE *);")
    let first = try toy.read().header.json()
    #expect(try toy.read().header.json() == first)
  }

  @Test func ignoresHowThePathIsWritten() throws {
    let toy = try ToyHeader(
      "#include \"sub/../part.h\"\n#include \"./part.h\"\nint f(void);",
      others: ["part.h": "#pragma once\nint g(void);", "sub/x.h": "", "-dash.h": "int h(void);"])
    let plain = try toy.read().header
    #expect(plain.files.map(\.name) == ["toy.h", "part.h"])
    var other = toy
    other.request.path = toy.directory.path + "/sub/.././/toy.h"
    #expect(try other.read().header == plain)
  }
}
