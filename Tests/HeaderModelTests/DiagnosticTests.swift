import HeaderModel
import Testing

@Suite struct DiagnosticTests {
  @Test func isWrittenLikeACompilers() {
    let diagnostic = Diagnostic(
      .warning, file: "nccl.h", line: 496, column: 15, "ncclFoo is not bound: variadic",
      rule: "skip-variadic", help: "bind its va_list twin")
    #expect(
      diagnostic.description == """
        nccl.h:496:15: warning: ncclFoo is not bound: variadic [skip-variadic]
          help: bind its va_list twin
        """)
  }

  @Test func leavesOutWhatItDoesNotKnow() {
    #expect(
      Diagnostic(.error, file: "p.yml", "no", rule: "r").description == "p.yml: error: no [r]")
    #expect(
      Diagnostic(.note, file: "p.yml", line: 2, "no", rule: "r").description
        == "p.yml:2: note: no [r]")
  }

  @Test func ordersSeverities() {
    #expect(Diagnostic.Severity.note < .warning)
    #expect(Diagnostic.Severity.warning < .error)
  }
}
