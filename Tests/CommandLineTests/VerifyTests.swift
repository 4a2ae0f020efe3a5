import Foundation
import TestSupport
import Testing

/// `verify` on libraries that the tests compile.
@Suite struct VerifyTests {
  private static let profile =
    TestProject.profile + """
      library:
        names: [libtoy.so.1]
        versionFunction: toyGetVersion
        versionCode: [{major: 10000, minor: 100, patch: 1}]
      flavours:
        - {name: red, summary: the red one, detect: [{exports: [toyRed]}]}

      """

  /// Models of 1.0.0 and 2.0.0, and a library that exports what both declare.
  private func project(
    version: String = "20000", more: String = "int toyMove; int toyLog; int toyVerbosity;"
  ) throws -> TestProject {
    let project = try TestProject(profile: Self.profile)
    for release in ["1.0.0", "2.0.0"] {
      let header = TestProject.header(release) + "toyResult_t toyGetVersion(int *code);\n"
      try project.write(header, to: "toy.h")
      let result = try project.run("add-release", "toy", "--header", "toy.h", "--quiet")
      try #require(result.status == 0, "\(result.errors)")
    }
    try project.compile(
      """
      #include <stdio.h>
      #include <unistd.h>
      int toyGetVersion(int *code) { *code = \(version); return 0; }
      int toySend;
      \(more)
      """, to: "libtoy.so.1", flags: ["-Wl,-soname,libtoy.so.1"])
    return project
  }

  @Test("A library that is as its header says")
  func consistent() throws {
    let project = try project()
    let result = try project.run("verify", "libtoy.so.1")
    #expect(result.status == 0 && result.errors == "", "\(result.errors)")
    #expect(result.text.hasPrefix("libtoy.so.1: Toy for "))
    #expect(result.text.contains("\n  release by call: not asked"))
    #expect(
      result.text.contains(
        "checked against: toy@2.0.0, inferred from the exports, the newest of 1.0.0, 2.0.0, "))
    #expect(result.text.contains("\n  flavour: shows none of: red\n"))
    #expect(result.text.hasSuffix("\nconsistent\n"))
    let quiet = try project.run("verify", "libtoy.so.1", "--vendor", "toy", "--quiet")
    #expect(quiet.status == 0 && quiet.text == "" && quiet.errors == "")
    let named = try project.run(
      "verify", "libtoy.so.1", "--model", "Generated/Models/toy/1.0.0.json")
    #expect(named.status == 0 && named.text.contains("checked against: toy@1.0.0, as named"))
  }

  @Test("With --load the library itself says its release")
  func load() throws {
    let project = try project(version: "10000")
    let result = try project.run("verify", "libtoy.so.1", "--load")
    #expect(result.status == 0, "\(result.text)")
    #expect(result.text.contains("checked against: toy@1.0.0, which the library says it is"))
    #expect(result.text.contains("release by call: 1.0.0 (toyGetVersion gives 10000)"))
    let other = try project.run("verify", "libtoy.so.1", "--load", "--model", "toy@2.0.0", "--json")
    #expect(other.status == 1 && other.errors == "")
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(other.output)) as? [String: Any])
    #expect(json["problems"] as? [String] == ["the library says 1.0.0, the header 2.0.0"])
  }

  @Test("A library that lacks something, and is a flavour")
  func inconsistent() throws {
    let project = try project(more: "int toyMove; int toyRed; int toySecret(void) { return 0; }")
    let result = try project.run("verify", "libtoy.so.1")
    #expect(result.status == 1 && result.errors == "")
    #expect(result.text.contains("functions declared, not exported: 1\n    toyLog\n"))
    #expect(result.text.contains("variables declared, not exported: 1\n    toyVerbosity\n"))
    #expect(result.text.contains("    toySecret: in no header that was read\n"))
    #expect(
      result.text.contains("flavour: red (exports toyRed; no header of it is known)"))
    #expect(result.text.hasSuffix("\nnot consistent: 2 declared, not exported\n"))
    let quiet = try project.run("verify", "libtoy.so.1", "-q")
    #expect(quiet.status == 1 && quiet.text == "")
  }

  /// Nothing that a library does when it is opened reaches the tool, nor keeps it.
  @Test(
    "A library that does not answer",
    arguments: [
      ("*(volatile int *)0 = 0;", 20, "it crashed with signal 11"),
      ("_exit(0);", 20, "it ended the process before it answered"),
      ("_exit(7);", 20, "exit status 7"),
      ("close(1); for (;;) pause();", 1, "it did not answer within 1 seconds, or was killed"),
      ("for (;;) puts(\"noise\");", 1, "it did not answer within 1 seconds, or was killed"),
    ])
  func unanswered(_ statement: String, _ timeout: Int, _ reason: String) throws {
    let project = try project(
      more: """
        int toyMove; int toyLog; int toyVerbosity;
        __attribute__((constructor)) static void start(void) { \(statement) }
        """)
    let result = try project.run("verify", "libtoy.so.1", "--load", "--timeout", "\(timeout)")
    #expect(result.status == 1 && result.errors == "")
    #expect(result.text.contains("\n  release by call: no answer: \(reason)\n"), "\(result.text)")
    #expect(result.text.hasSuffix("the library could not be asked for its release\n"))
    // Without --load none of it runs.
    #expect(try project.run("verify", "libtoy.so.1").status == 0)
  }

  @Test("A library that prints, and one that cannot be opened")
  func opening() throws {
    let noisy = try project(
      more: """
        int toyMove; int toyLog; int toyVerbosity;
        __attribute__((constructor)) static void start(void) { printf("no line end"); fflush(stdout); }
        """)
    #expect(try noisy.run("verify", "libtoy.so.1", "--load").status == 0)
    let lost = try project(
      more: "int toyMove; int toyLog; int toyVerbosity; extern int nowhere; int *use = &nowhere;")
    let result = try lost.run("verify", "libtoy.so.1", "--load")
    #expect(result.status == 1)
    #expect(result.text.contains("undefined symbol: nowhere"), "\(result.text)")
  }
}
