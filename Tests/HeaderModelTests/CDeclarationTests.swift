import HeaderModel
import Testing

@Suite struct CDeclarationTests {
  @Test(
    "Declarations as C writes them",
    arguments: [
      ("int", "int x"), ("void const *", "const void *x"), ("char [128]", "char x[128]"),
      ("int [2] [3]", "int x[3][2]"), ("char const * const", "const char *const x"),
      ("int (void *, long) *", "int (*x)(void *, long)"), ("int (...) *", "int (*x)(...)"),
      ("void (int) * [4]", "void (*x[4])(int)"), ("int [4] *", "int (*x)[4]"),
      ("void () *", "void (*x)(void)"), ("struct toyComm *", "struct toyComm *x"),
      ("int (int) * (char) *", "int (*(*x)(char))(int)"),
      ("int volatile restrict", "volatile restrict int x"),
      ("{long double}", "long double x"), ("int []", "int x[]"),
    ])
  func declaration(_ type: String, _ expected: String) throws {
    #expect(try CDeclaration.text(#require(CType(type)), "x") == expected)
  }
}
