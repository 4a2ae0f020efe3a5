import HeaderModel
import Testing

@testable import HeaderReader

@Suite struct FunctionTests {
  @Test func keepsParametersAsDeclared() throws {
    let header = try read(
      """
      #include <stddef.h>
      typedef struct comm *comm_t;
      int all(const void *send, const size_t counts[], const void *buffers[], comm_t const comm,
              char name[64], const int sizes[static 2], int *const restrict length,
              float matrix[4][4], const float (*rows)[4], void *volatile, ...);
      """)
    #expect(
      try header.function("all").signature
        == "all(void const * send, size_t const [] counts, void const * [] buffers, "
        + "comm_t const comm, char [64] name, int const [2] sizes, int * const restrict length, "
        + "float [4] [4] matrix, float const [4] * rows, void * volatile, ...) -> int")
  }

  @Test func tellsPrototypesApart() throws {
    let header = try read("int none(); int empty(void); int later(); int later(int x);")
    #expect(
      header.functions.map(\.signature) == [
        "none(?) -> int", "empty() -> int", "later(int x) -> int",
      ])
  }

  @Test func mergesRepeatedDeclarations() throws {
    let header = try read(
      """
      /// First.
      int f(int, int b);
      int g(void);
      int f(int a, int) __attribute__((weak));
      /// Only here.
      int g(void) __attribute__((deprecated));
      int g(void) __attribute__((deprecated));
      """)
    #expect(header.functions.map(\.signature) == ["f(int a, int b) -> int", "g() -> int"])
    #expect(header.functions.map(\.attributes) == [["weak"], ["deprecated"]])
    #expect(header.functions.map(\.doc) == ["First.", "Only here."])
  }

  @Test func findsDefinitions() throws {
    let header = try read(
      """
      static inline int both(int x) { return x; }
      inline int plain(int x) { return x; }
      int body(int x) { return x; }
      int attributed(int x) __attribute__((unused));
      static int hidden(void) __attribute__((unused));
      extern int outside(void);
      int braces(int x) /* here */
      { return x; }
      """)
    #expect(
      header.functions.filter(\.isInline).map(\.name) == ["both", "plain", "body", "braces"])
    #expect(header.functions.filter(\.isStatic).map(\.name) == ["both", "hidden"])
  }

  @Test func readsFunctionPointers() throws {
    let header = try read(
      """
      typedef void (*callback)(int status, void *user);
      typedef int plain(long);
      int set(callback c, int (*compare)(const void *, const void *), plain *p, plain q,
              void (*old)(), int (*log)(const char *, ...));
      void (*get(int which))(int);
      int (*(*table[3])(void))(char);
      """)
    #expect(
      try header.function("set").signature
        == "set(callback c, int (void const *, void const *) * compare, plain * p, plain q, "
        + "void (...) * old, int (char const *, ...) * log) -> int")
    #expect(try header.function("get").signature == "get(int which) -> void (int) *")
    #expect(try header.typedef("callback").type.description == "void (int, void *) *")
    #expect(try header.typedef("plain").type.description == "int (long)")
    #expect(header.variables.map(\.type.description) == ["int (char) * () * [3]"])
  }

  @Test func readsEveryScalar() throws {
    let header = try read(
      """
      void f(_Bool, char, signed char, unsigned char, short, unsigned short, int, unsigned, long,
             unsigned long, long long, unsigned long long, float, double);
      """)
    #expect(
      try header.function("f").parameters.map(\.type) == CType.Scalar.allCases.map { .scalar($0) })
  }

  @Test func reportsWhatHasNoType() throws {
    let result = try ToyHeader(
      """
      typedef float v4 __attribute__((vector_size(16)));
      long double f(int, _Complex double);
      int g(__int128 *, _Atomic(int) *);
      int h(v4);
      extern _Complex float v;
      struct s { long double d; __int128 i; };
      """
    ).read()
    #expect(
      try result.header.function("f").signature
        == "f(int, {_Complex double}) -> {long double}")
    #expect(
      result.diagnostics.map { "\($0.line ?? 0):\($0.column ?? 0) \($0.message) [\($0.rule)]" } == [
        "1:15 v4 stands for the type __attribute__((__vector_size__(4 * sizeof(float)))) float, "
          + "which has no binding [unsupported-type]",
        "2:13 f uses the type _Complex double, which has no binding [unsupported-type]",
        "3:5 g uses the type __int128, which has no binding [unsupported-type]",
        "5:23 v has the type _Complex float, which has no binding [unsupported-type]",
        "6:24 s has a field of the type long double, which has no binding [unsupported-type]",
      ])
    #expect(try result.header.record("s").layout?.size == 32)
  }

  @Test func readsVariables() throws {
    let header = try read(
      """
      extern int count;
      extern const char *const names[3];
      static const unsigned limit = 4;
      extern int list[];
      extern int list[7];
      extern struct toy { int x; } instance __attribute__((weak));
      """)
    #expect(
      header.variables.map { "\($0.name): \($0.type)" } == [
        "count: int", "names: char const * const [3]", "limit: unsigned int const",
        "list: int [7]", "instance: struct toy",
      ])
    #expect(header.variables.filter(\.isStatic).map(\.name) == ["limit"])
    #expect(header.variables.last?.attributes == ["weak"])
  }

  @Test func keepsNamesInAnyScript() throws {
    let header = try read("int toy$größe(int α, int \\u03b2);")
    #expect(header.functions.map(\.signature) == ["toy$größe(int α, int β) -> int"])
  }
}
