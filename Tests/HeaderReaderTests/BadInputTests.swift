import Files
import HeaderModel
import TestSupport
import Testing

@testable import HeaderReader

@Suite struct BadInputTests {
  @Test func namesAMissingInclude() throws {
    #expect(
      try ToyHeader("#include <cuda_runtime.h>\nint f(void);").refusal() == """
        toy.h:1:10: error: 'cuda_runtime.h' file not found [clang-error]
          help: name the directory that holds 'cuda_runtime.h' with --include DIR, or one with a stub \
        for it with --stub DIR
        """)
  }

  @Test func namesAMissingType() throws {
    #expect(
      try ToyHeader("struct s {\n  event_t a;\n  event_t b;\n};\nint f(stream_t s);").refusal()
        == """
        toy.h:2:3: error: unknown type name 'event_t' [clang-error]
          help: 'event_t' comes from a header that was not included, or depends on a define \
        (--define NAME); a stub may declare it too (--stub DIR)
        toy.h:3:3: error: unknown type name 'event_t' [clang-error]
        toy.h:5:7: error: unknown type name 'stream_t' [clang-error]
          help: 'stream_t' comes from a header that was not included, or depends on a define \
        (--define NAME); a stub may declare it too (--stub DIR)
        """)
  }

  @Test(arguments: [
    "namespace toy { int f(); }", "class toy { int x; };", "template <typename T> T f(T);",
    "extern \"C\" int f(void);", "extern \"C\" {\nint f(void);\n}", "int f(std::string);",
    "#include <vector>\nint f(void);", "using x = int;", "struct s { int x = nullptr; };",
    "struct s { public: int x; };", "typedef struct { int x; } a; struct b { int y; }; b f(void);",
    "constexpr int x = 3;", "int f(int) noexcept;",
  ])
  func recognizesCPlusPlus(text: String) throws {
    let refusal = try ToyHeader(text).refusal()
    #expect(refusal.contains("this header is C++"), "\(refusal)")
    #expect(refusal.contains("[clang-error]"))
  }

  @Test func capsTheNumberOfErrors() throws {
    let refusal = try ToyHeader(String(repeating: "bad x;\n", count: 500)).refusal()
    let lines = refusal.split(separator: "\n")
    #expect(lines.count == 22)
    #expect(lines.last == "toy.h: note: and 480 more errors [clang-error]")
  }

  /// C keeps the two apart; a model that named both alike would lose one of them.
  @Test(arguments: [
    "typedef struct c *c_t;\ntypedef struct { int x; } c;\nint f(c_t);",
    "typedef struct { int x; } c;\nstruct c;\nint f(struct c *);",
  ])
  func refusesATagThatIsAlsoATypedef(text: String) throws {
    let refusal = try ToyHeader(text).refusal()
    #expect(refusal.contains("c is a tag, and the typedef of another declaration"), "\(refusal)")
    #expect(refusal.split(separator: "\n").count == 2)
  }

  @Test func breaksIncludeLoops() throws {
    let refusal = try ToyHeader("#include \"b.h\"", others: ["b.h": "#include \"toy.h\""]).refusal()
    #expect(refusal.contains("#include nested too deeply"))
    #expect(refusal.contains("an include guard is missing"))
    #expect(refusal.split(separator: "\n").count < 10)
  }

  @Test func refusesWhatIsNoHeader() throws {
    let toy = try ToyHeader("int f(void);")
    func refusal(_ path: String) throws -> String {
      var toy = toy
      toy.request.path = toy.directory.file(path)
      return try toy.refusal()
    }
    try toy.directory.write("", to: "empty.h")
    try toy.directory.write([0x69, 0x6E, 0x74, 0x00, 0x3B], to: "zero.h")
    try toy.directory.write(Array("int f(void);\n// caf".utf8) + [0xE9, 0x0A], to: "latin.h")
    try toy.directory.write([0x7F, 0x45, 0x4C, 0x46, 0x02, 0x01, 0x01, 0x00], to: "library.h")
    try toy.directory.write("// nothing\n#ifndef X\n#define X\n#endif\n", to: "guard.h")
    try toy.directory.write("#if 0\nint f(void);\n#endif\n", to: "inactive.h")
    try Files.makeDirectory(toy.directory.file("directory.h"))
    #expect(
      try refusal("absent.h")
        == "absent.h: error: cannot read the header: No such file or directory [unreadable-header]")
    #expect(
      try refusal("directory.h")
        == "directory.h: error: cannot read the header: it is a directory [unreadable-header]")
    #expect(try refusal("empty.h") == "empty.h: error: the header is empty [empty-header]")
    #expect(
      try refusal("zero.h") == """
        zero.h: error: the header has a zero byte at offset 3: it is no text [not-text]
          help: is this a library or an archive rather than a header?
        """)
    #expect(try refusal("library.h").contains("zero byte at offset 7"))
    #expect(
      try refusal("latin.h") == """
        latin.h:2: error: the header is not UTF-8: byte 0xe9 at offset 19 [not-utf8]
          help: convert it, for instance with `iconv -f LATIN1 -t UTF-8`
        """)
    for path in ["guard.h", "inactive.h"] {
      #expect(
        try refusal(path) == """
          \(path): error: the header declares nothing [empty-header]
            help: declarations may depend on a define (--define NAME), or be in files that the \
          header includes from elsewhere; name the file that declares them
          """)
    }
  }

  @Test func refusesWhatIsTooLarge() throws {
    var toy = try ToyHeader("int f(void);\n" + String(repeating: "// padding\n", count: 100))
    toy.request.sizeLimit = 1000
    #expect(
      try toy.refusal() == """
        toy.h: error: the header has 1113 bytes, over the limit of 1000 [size-limit]
          help: is this really a header? --size-limit BYTES allows larger ones
        """)
    toy.request.sizeLimit = 1113
    #expect(try toy.read().header.functions.count == 1)
  }

  @Test func refusesDirectoriesThatAreNotThere() throws {
    var toy = try ToyHeader("int f(void);")
    toy.request.includeDirectories = [toy.directory.file("nowhere")]
    #expect(
      try toy.refusal() == """
        toy.h: error: there is no directory nowhere [missing-directory]
          help: it was given for headers that this one includes
        """)
  }

  @Test func refusesUnknownTargets() throws {
    var toy = try ToyHeader("int f(void);")
    toy.request.target = "abacus-none-none"
    #expect(try toy.refusal().contains("error: "))
  }

  /// UTF-8 is checked in pieces: a character may lie across two of them.
  @Test(arguments: [65_534, 65_535, 65_536, 65_537, 131_071])
  func checksTextAcrossPieces(offset: Int) throws {
    let padding = "int f(void);\n//" + String(repeating: "x", count: offset - 15)
    #expect(padding.utf8.count == offset)
    for character in ["é", "漢", "😀"] {
      #expect(try read(padding + character + "\n").functions.count == 1)
      let toy = try ToyHeader("")
      let whole = Array((padding + character).utf8)
      try toy.directory.write(Array(whole.dropLast()), to: "toy.h")
      #expect(try toy.refusal().contains("at offset \(offset)"))
    }
  }

  @Test(
    arguments: [
      [0x80], [0xC0, 0x80], [0xC2], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80],
      [0xF0, 0x80, 0x80, 0x80],
      [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFF], [0xE2, 0x82], [0xE2, 0x28, 0xA1],
    ] as [[UInt8]])
  func knowsWhatIsNotUTF8(bytes: [UInt8]) {
    #expect(TextCheck.validPrefix(bytes, count: bytes.count) == 0)
    let padded = Array("0123456".utf8) + bytes + Array("0123456789".utf8)
    #expect(TextCheck.validPrefix(padded, count: padded.count) == 7)
  }

  @Test func survivesDeepNesting() throws {
    let depth = 20_000
    #expect(
      try ToyHeader(
        "int f(" + String(repeating: "(", count: depth) + String(repeating: ")", count: depth)
          + ");"
      ).refusal().contains("error:"))
    let pointers = try ToyHeader("int " + String(repeating: "*", count: 2_000) + "p(void);").read()
    #expect(pointers.diagnostics.map(\.rule).contains("unsupported-type"))
    let records = try ToyHeader(
      String(repeating: "struct {", count: 200) + "int x;" + String(repeating: "} m;", count: 199)
        + "} v;"
    ).read()
    #expect(records.header.records.count == 200)
  }

  @Test(arguments: [
    "int f(", "/* never closed", "#if 1\nint f(void);", "\"", "'", "#define", "#define F(",
    "#include", "struct s {", "typedef", "#error stop here", "int f(void) { return", "\\", "#",
    "int x = ;", "enum { A = 1 / 0 };", "int f(void) { if (1) { return 0; }",
    "struct s { int x : 99; };", "_Pragma(\"GCC error \\\"x\\\"\")",
    "#pragma GCC error \"stop\"",
  ])
  func refusesBrokenText(text: String) throws {
    #expect(try ToyHeader(text).refusal().contains("error: "))
  }

  @Test func countsBracesOnlyWhereTheyCount() throws {
    let header = try read(
      """
      static int f(int x) {
      #ifdef NOT_DEFINED
        if (x) {
      #else
        if (!x) {
      #endif
          return '{'; /* { */
        }
        return 0;
      }
      """)
    #expect(header.functions.map(\.isInline) == [true])
  }

  @Test(.timeLimit(.minutes(60))) func reportsManyPlacesAtOnce() throws {
    let result = try ToyHeader(
      (0..<20_000).map { "long double f\($0)(void);\n" }.joined()
    ).read()
    #expect(result.diagnostics.map(\.line) == (1...20_000).map { $0 })
    #expect(result.diagnostics.allSatisfy { $0.column == 13 })
  }

  @Test func passesWarningsOn() throws {
    let result = try ToyHeader("#warning careful\nint f(void);").read()
    #expect(result.diagnostics.map(\.rule) == ["clang-warning"])
    #expect(result.diagnostics[0].message == "careful")
    #expect(result.diagnostics[0].line == 1)
  }
}
