import HeaderModel
import HeaderReader
import Testing

/// What a header declares only because of a macro that the reader was given.
@Suite struct ConditionTests {
  private func conditions(_ text: String, defines: [String]) throws -> [String: String] {
    var toy = try ToyHeader(text + "\n")
    toy.request.defines = defines
    let header = try toy.read().header
    return Dictionary(uniqueKeysWithValues: header.conditions.map { ($0.name, $0.text) })
  }

  @Test func onlyGivenMacrosCount() throws {
    let text = """
      #ifndef TOY_H
      #define TOY_H
      #define TOY_OWN 1
      #if TOY_OWN
      int toyOwn(void);
      #endif
      #ifdef TOY_GIVEN
      int toyGiven(void);
      #define TOY_MACRO 3
      #endif
      #endif
      """
    #expect(
      try conditions(text, defines: ["TOY_GIVEN=2"]) == [
        "toyGiven": "defined(TOY_GIVEN)", "TOY_MACRO": "defined(TOY_GIVEN)",
      ])
    #expect(try conditions(text, defines: []) == [:])
  }

  @Test func everyKindOfDeclaration() throws {
    let text = """
      int toyPlain(void);
      #if defined(TOY_A) && !defined TOY_B
      typedef int toyNumber_t;
      typedef struct toyPoint { int x; } toyPoint_t;
      extern int toyVariable;
      enum toyKind { toyFirst };
      #endif
      struct toyPair {
        int a;
      #ifdef TOY_A
        int b;
      #endif
      };
      """
    let both = "defined(TOY_A) && !defined TOY_B"
    #expect(
      try conditions(text, defines: ["TOY_A"]) == [
        "toyNumber_t": both, "toyPoint": both, "toyPoint.x": both, "toyPoint_t": both,
        "toyVariable": both, "toyKind": both, "toyFirst": both, "toyPair.b": "defined(TOY_A)",
      ])
  }

  @Test func laterBranchesRefuseTheEarlierOnes() throws {
    let text = """
      #ifndef TOY_A
      int toyWithout(void);
      #elif TOY_A > 1
      int toyMany(void);
      #else
      int toyOne(void);
      #endif
      """
    #expect(
      try conditions(text, defines: ["TOY_A=1"]) == [
        "toyOne": "!(!defined(TOY_A)) && !(TOY_A > 1)"
      ])
    #expect(
      try conditions(text, defines: ["TOY_A=2"]) == ["toyMany": "!(!defined(TOY_A)) && TOY_A > 1"])
  }

  @Test func nestedConditionsHoldTogether() throws {
    let text = """
      #ifdef TOY_A
      #if 1
      #if TOY_B /* a comment */ \\
        == 2
      int toyInner(void);
      #endif
      #endif
      #endif
      """
    #expect(
      try conditions(text, defines: ["TOY_A", "TOY_B=2"]) == [
        "toyInner": "defined(TOY_A) && TOY_B == 2"
      ])
  }

  @Test func aDeclarationThatIsRepeatedWithoutTheConditionHasNone() throws {
    let text = """
      #ifdef TOY_A
      int toyTwice(void);
      #endif
      int toyTwice(void);
      """
    #expect(try conditions(text, defines: ["TOY_A"]) == [:])
  }
}
