import HeaderModel
import Testing

@Suite struct CTypeTests {
  static let forms: [(type: CType, text: String)] = [
    (.void, "void"),
    (.record(.structure, "ncclComm"), "struct ncclComm"),
    (.record(.union, "Outer::0::field"), "union Outer::0::field"),
    (.enumeration("enum@FIRST"), "enum enum@FIRST"),
    (.typedef("größe$_1"), "größe$_1"),
    (.typedef("long_t"), "long_t"),
    (.typedef("constant"), "constant"),
    (.pointer(.void), "void *"),
    (.pointer(.pointer(.scalar(.char))), "char * *"),
    (.pointer(.qualified(.void, .const)), "void const *"),
    (.qualified(.pointer(.void), .const), "void * const"),
    (
      .qualified(.pointer(.scalar(.int)), [.const, .volatile, .restrict]),
      "int * const volatile restrict"
    ),
    (.qualified(.pointer(.scalar(.int)), [.volatile, .restrict]), "int * volatile restrict"),
    (.qualified(.pointer(.scalar(.int)), [.const, .restrict]), "int * const restrict"),
    (.qualified(.scalar(.int), .volatile), "int volatile"),
    (.array(.scalar(.char), 128), "char [128]"),
    (.array(.scalar(.char), 0), "char [0]"),
    (.array(.array(.scalar(.float), 4), nil), "float [4] []"),
    (.array(.qualified(.typedef("size_t"), .const), nil), "size_t const []"),
    (.function(result: .void, parameters: [], isVariadic: false), "void ()"),
    (.function(result: .void, parameters: [], isVariadic: true), "void (...)"),
    (
      .pointer(
        .function(
          result: .scalar(.int), parameters: [.pointer(.void), .scalar(.long)], isVariadic: false)),
      "int (void *, long) *"
    ),
    (
      .function(
        result: .pointer(.void),
        parameters: [
          .pointer(.function(result: .void, parameters: [.scalar(.int)], isVariadic: true)),
          .array(.typedef("T"), 2),
        ], isVariadic: true),
      "void * (void (int, ...) *, T [2], ...)"
    ),
    (
      .unsupported("__attribute__((__vector_size__(4 * sizeof(float)))) float"),
      "{__attribute__((__vector_size__(4 * sizeof(float)))) float}"
    ),
    (.pointer(.unsupported("long double")), "{long double} *"),
  ]

  @Test(arguments: forms)
  func hasATextForm(type: CType, text: String) {
    #expect(type.description == text)
    #expect(CType(text) == type)
  }

  @Test(arguments: CType.Scalar.allCases)
  func readsEveryScalar(scalar: CType.Scalar) {
    #expect(CType(scalar.rawValue) == .scalar(scalar))
    #expect(CType("\(scalar.rawValue) *") == .pointer(.scalar(scalar)))
    #expect(CType("\(scalar.rawValue)x") != .scalar(scalar))
  }

  @Test(arguments: [
    "", " ", "*", "void*", "void  *", " void", "void ", "void * ", "int [", "int [x]", "int [-1]",
    "int [1", "int []]", "int [99999999999999999999]", "int (", "int (void", "int (void,int)",
    "int (,)", "int (void, )", "int (... )", "int (..., int)", "struct ", "struct", "enum  x",
    "int const  volatile", "int volatile const", "int constant", "int const const *x", "{", "{x",
    "{x}}", "int (*)(void)", "a b", "int * restrict const", "void )", "int\n*",
  ])
  func rejects(text: String) {
    #expect(CType(text) == nil)
  }

  /// Neither may a hostile model overflow the stack.
  @Test(arguments: [" *", " (int", " [1]", " (int *", " const"])
  func rejectsDeepNesting(piece: String) {
    #expect(CType("int" + String(repeating: piece, count: 200_000)) == nil)
  }

  @Test func knowsItsQualifiers() {
    let type = CType.qualified(.pointer(.qualified(.void, .const)), .restrict)
    #expect(!type.isConst)
    #expect(type.unqualified == .pointer(.qualified(.void, .const)))
    #expect(CType.qualified(.void, [.const, .volatile]).isConst)
    #expect(!CType.void.isConst)
  }

  @Test func knowsSizesAndSigns() {
    #expect(CType.Scalar.allCases.map(\.size) == [1, 1, 1, 1, 2, 2, 4, 4, 8, 8, 8, 8, 4, 8])
    #expect(CType.Scalar.allCases.filter(\.isFloating) == [.float, .double])
    #expect(
      CType.Scalar.allCases.filter { !$0.isSigned } == [
        .bool, .unsignedChar, .unsignedShort, .unsignedInt, .unsignedLong, .unsignedLongLong,
      ])
  }
}
