import ELFSymbols
import Foundation
import HeaderModel
import LibraryCheck
import TestSupport
import Testing

/// What is found in a library that differs from its header in every way.
@Suite struct FindingTests {
  private static let odd = """
    #include <stdlib.h>
    int toyLabel(void) { return abs(-3); }
    int toyLevel;
    int toyReset(void) { return 4; }
    int ptoyReset(void) { return 5; }
    int toyOld(void) { return 6; }
    int toyNew(void) { return 7; }
    int toySecret(void) { return 8; }
    int ptoySecret(void) __attribute__((alias("toySecret")));
    int toyTable[3];
    int ptoyLonely(void) { return 9; }
    extern int cuInit(int);
    extern int perhaps(void) __attribute__((weak));
    int unrelated(void) { return cuInit(0) + (perhaps ? perhaps() : 0); }
    """

  private func check(_ answer: LibraryAnswer = .notAsked) throws -> LibraryCheck {
    try Toy.check(try Toy.library(Self.odd), named: Toy.models[1], answer)
  }

  /// Inline, static and hidden functions have no symbol; a label is one.
  @Test func declaredAndNotExported() throws {
    let check = try check()
    #expect(check.missing.functions == ["toyMissing"])
    #expect(check.missing.twins == ["ptoyMissing"])
    #expect(check.missing.variables == ["toyLost"])
    #expect(check.declaredCount == 10)
    #expect(!check.isConsistent)
  }

  @Test func exportedAndNotDeclared() throws {
    let found = try check().undeclared
    #expect(
      found.map(\.name) == [
        "ptoyLonely", "ptoyReset", "ptoySecret", "toyNew", "toyOld", "toyReset", "toySecret",
        "toyTable",
      ])
    #expect(
      found.map(\.reason) == [
        .undocumented, .twin("toyReset"), .twin("toySecret"), .declaredFrom(Release(1, 2, 0)),
        .declaredUpTo(Release(1, 0, 0)), .macro("#define toyReset()"), .undocumented, .undocumented,
      ])
    #expect(found.filter { !$0.isFunction }.map(\.name) == ["toyTable"])
  }

  @Test func twins() throws {
    let twins = try check().twins
    #expect(
      twins.map { "\($0.function)+\($0.twin): \($0.state)" } == [
        "toyLonely+ptoyLonely: withoutFunction", "toyReceive+ptoyRecieve: weakAlias",
        "toyReset+ptoyReset: separate", "toySecret+ptoySecret: strongAlias",
        "toySend+ptoySend: weakAlias",
      ])
  }

  @Test func undefinedSymbols() throws {
    let undefined = try check().undefined
    #expect(undefined.unattributed == ["cuInit"])
    #expect(undefined.byLibrary.map(\.library) == ["libc.so.6"])
    #expect(undefined.optionalCount > 0)
  }

  @Test func releaseByCall() throws {
    let agreeing = try Toy.check(try Toy.library(), .said([120]), models: [Toy.models[2]])
    #expect(agreeing.releaseByCall == Release(1, 2, 0) && !agreeing.isConsistent)
    let plain = Toy.header(Release(1, 2, 0), [Toy.function("toySend")])
    func consistent(_ answer: LibraryAnswer) throws -> Bool {
      try Toy.check(try Toy.library(), named: plain, answer).isConsistent
    }
    #expect(try consistent(.notAsked) && consistent(.said([120])))
    #expect(try !consistent(.said([121])) && !consistent(.said([0])))
    #expect(try !consistent(.failed("it crashed")))
  }

  @Test func text() throws {
    let check = try check(.said([120]))
    let lines = check.text.split(separator: "\n").map(String.init)
    #expect(lines.first == "\(check.library.path): TOY for \(check.library.identity.machine)")
    for line in [
      "  soname: libtoy.so.1", "  needs: libc.so.6", "  checked against: toy@1.1.0, as named",
      "  release by header: 1.1.0", "  release by call: 1.2.0 (toyGetVersion gives 120)",
      "  flavour: shows none of: red, blue; only its user knows of: bare",
      "  declared and exported: 7 of 10",
      "  functions declared, not exported: 1", "    toyMissing",
      "  twins declared, not exported: 1", "    ptoyMissing",
      "  variables declared, not exported: 1", "    toyLost", "  exported, not declared: 8",
      "    toyReset: hidden by #define toyReset()", "    toyNew: declared from 1.2.0 on",
      "    toyOld: declared up to 1.0.0", "    toySecret: in no header that was read",
      "    toyTable (data): in no header that was read", "    ptoySecret: twin of toySecret",
      "  pairs of a function and its twin: 5: 2 weakly aliased, 1 strongly aliased, 1 separate, "
        + "1 without its function",
      "    ptoyReset: separate",
      "  undefined, and no needed library's as far as the file says: 1", "    cuInit",
      "not consistent: 3 declared, not exported; the library says 1.2.0, the header 1.1.0",
    ] {
      #expect(lines.contains(line), "\(line)\n\(check.text)")
    }
  }

  @Test func json() throws {
    let json = try check(.said([110])).json()
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(json)) as? [String: Any])
    #expect(object["consistent"] as? Bool == false)
    #expect(object["model"] as? String == "1.1.0" && object["chosen"] as? String == "named")
    #expect(object["releaseByCall"] as? String == "1.1.0")
    #expect(object["versionValues"] as? [Int] == [110])
    #expect(object["missingFunctions"] as? [String] == ["toyMissing"])
    #expect((object["undeclared"] as? [[String: String]])?.count == 8)
    #expect((object["twins"] as? [[String: String]])?.count == 5)
    #expect(object["undefinedUnattributed"] as? [String] == ["cuInit"])
  }

  /// The file's names go to a terminal.
  @Test func hostileNames() throws {
    let library = try Toy.library("int toyEvil asm(\"toy\\033[31mEvil\\nconsistent\");")
    let check = try Toy.check(library, named: Toy.models[0])
    #expect(check.undeclared.contains { $0.name.contains("\u{1B}") })
    #expect(try JSONSerialization.jsonObject(with: Data(check.json())) is [String: Any])
    #expect(!check.text.split(separator: "\n").contains("consistent"))
    #expect(check.text.contains("Evil\\nconsistent (data): in no header that was read"))
  }
}
