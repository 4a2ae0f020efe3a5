import BindingPlan
import Foundation
import HeaderModel
import Testing

/// A profile that is not understood is refused with the line and what was meant.
@Suite struct ProfileSyntaxTests {
  private func failure(_ yaml: String) throws -> Diagnostic {
    try #require(throws: Diagnostic.self) {
      try VendorProfile(yaml: yaml, file: "toy.yml", directory: "")
    }
  }

  private static let head = "vendor: toy\nmodule: ToyBindings\ntypePrefix: Toy\n"

  @Test(
    "What is wrong with the keys and values",
    arguments: [
      ("", "toy.yml: error: the file is empty [profile-syntax]"),
      ("- a\n", "toy.yml:1: error: a profile must be a mapping, not a list [profile-wrong-type]"),
      ("toy\n", "toy.yml:1: error: a profile must be a mapping, not \"toy\" [profile-wrong-type]"),
      (
        "vendor: toy\nmodule: M\n",
        """
        toy.yml:1: error: the key "typePrefix" is missing [profile-missing-key]
          help: see Profiles/nccl.yml for a complete profile
        """
      ),
      (
        head + "status:\n  typ: toyResult_t\n",
        """
        toy.yml:5: error: unknown key "typ" [profile-unknown-key]
          help: did you mean "type"?
        """
      ),
      (
        head + "sentinel: [a]\n",
        """
        toy.yml:4: error: unknown key "sentinel" [profile-unknown-key]
          help: did you mean "sentinels"? known here: …
        """
      ),
      (
        head + "\nlibrary:\n  names: [a]\n  enviroment: [B]\n",
        """
        toy.yml:7: error: unknown key "enviroment" [profile-unknown-key]
          help: did you mean "environment"? known here: …
        """
      ),
      (
        head + "flavours:\n  - {name: a, summary: b, detcet: []}\n",
        """
        toy.yml:5: error: unknown key "detcet" [profile-unknown-key]
          help: did you mean "detect"? known here: …
        """
      ),
      (
        head + "flavours:\n  - name: a\n    summary: b\n    detect:\n      - {export: [x]}\n",
        """
        toy.yml:8: error: unknown key "export" [profile-unknown-key]
          help: did you mean "exports"? known here: …
        """
      ),
      (
        head + "flavours:\n  - {name: a, summary: b, detect: [{versionCodes: [x]}]}\n",
        "toy.yml:5: error: an item of \"versionCodes\" must be an integer, not \"x\" "
          + "[profile-wrong-type]"
      ),
      (
        head + "collectives: {hostShim: maybe}\n",
        "toy.yml:4: error: \"hostShim\" must be true or false, not \"maybe\" [profile-wrong-type]"
      ),
      (
        head + "collectives: {hostshim: true}\n",
        """
        toy.yml:4: error: unknown key "hostshim" [profile-unknown-key]
          help: did you mean "hostShim"? known here: …
        """
      ),
      (
        head + "collectives: {waits: {peer: p, count: n, signalIndex: s}}\n",
        """
        toy.yml:4: error: the key "context" is missing [profile-missing-key]
          help: see Profiles/nccl.yml for a complete profile
        """
      ),
      (
        head + "zzz: 1\nyyy: 2\n",
        """
        toy.yml:4: error: unknown key "zzz" [profile-unknown-key]
          help: known here: …
        """
      ),
      (
        head + "sentinels: a\n",
        "toy.yml:4: error: \"sentinels\" must be a list, not \"a\" [profile-wrong-type]"
      ),
      (
        head + "sentinels:\n  - a\n  - {b: c}\n",
        "toy.yml:6: error: an item of \"sentinels\" must be text, not a mapping [profile-wrong-type]"
      ),
      (
        head + "status: ok\n",
        "toy.yml:4: error: \"status\" must be a mapping, not \"ok\" [profile-wrong-type]"
      ),
      (
        head + "library:\n  versionCount: many\n",
        "toy.yml:5: error: \"versionCount\" must be an integer, not \"many\" [profile-wrong-type]"
      ),
      (
        head + "library:\n  versionCount: 4\n",
        "toy.yml: error: \"versionCount\" must be 1, 2 or 3, not 4 [profile-wrong-type]"
      ),
      (
        head + "header:\n  file: a.h\n  documentation: maybe\n",
        "toy.yml:6: error: \"documentation\" must be true or false, not \"maybe\" [profile-wrong-type]"
      ),
      (
        head + "header:\n  file: a.h\n  release: [A, B, C, D]\n",
        """
        toy.yml: error: "release" names 4 macros, it takes up to three [profile-wrong-type]
          help: give the macros of major, minor and patch
        """
      ),
      (
        head + "results:\n  toyA: [x]\n  toyA: [y]\n",
        """
        toy.yml:5: error: of the keys that begin here "toyA" stands twice [profile-duplicate-key]
          help: keep one of them
        """
      ),
      (
        head + "vendor: other\n",
        """
        toy.yml:1: error: of the keys that begin here "vendor" stands twice [profile-duplicate-key]
          help: keep one of them
        """
      ),
      (
        head + "results:\n  toyA:\n    - [x]\n",
        "toy.yml:6: error: a result parameter must be text, not a list [profile-wrong-type]"
      ),
      (
        head + "names:\n  types:\n    toy_t: My Type\n",
        "toy.yml:6: error: \"My Type\" is not a Swift identifier [profile-not-an-identifier]"
      ),
      (
        head + "names:\n  parameters:\n    a: 'x: Int = evil()'\n",
        "toy.yml:6: error: \"x: Int = evil()\" is not a Swift identifier [profile-not-an-identifier]"
      ),
      (
        "vendor: toy\nmodule: 'M; import Evil'\ntypePrefix: T\n",
        "toy.yml: error: \"module\" must be a Swift identifier, not \"M; import Evil\" "
          + "[profile-not-an-identifier]"
      ),
      (
        "vendor: ../../etc\nmodule: M\ntypePrefix: T\n",
        "toy.yml: error: \"vendor\" must be a Swift identifier, not \"../../etc\" "
          + "[profile-not-an-identifier]"
      ),
    ])
  func messages(_ yaml: String, _ expected: String) throws {
    var error = try failure(yaml)
    if let list = error.help?.range(of: "known here: ") {
      // The list itself is `knownKeys`' business.
      error.help?.replaceSubrange(list.upperBound..., with: "…")
    }
    #expect(error.description == expected)
  }

  @Test("An unknown key's message lists the known ones, sorted")
  func knownKeys() throws {
    let help = try #require(
      try failure(Self.head + "status: {type: a, success: b, pnding: [c]}\n").help)
    #expect(help == "did you mean \"pending\"? known here: pending, success, type")
  }

  @Test(
    "What is no YAML is refused with its line",
    arguments: [
      ("vendor: [a\nmodule: b\n", 2), ("vendor: toy\n\tmodule: x\n", 2), ("a: b: c\n", 1),
      ("vendor: \"toy\n", 2),
    ])
  func yaml(_ text: String, _ line: Int) throws {
    let error = try failure(text)
    #expect(error.message.hasPrefix("not valid YAML: "))
    #expect(error.line == line, "\(error)")
  }

  @Test("A result may be one name or a list of them")
  func results() throws {
    let profile = try Toy.profile("results:\n  toyA: x\n  toyB: [y, z]\n")
    #expect(profile.results == ["toyA": ["x"], "toyB": ["y", "z"]])
    #expect(profile.lines["toyA"] == 7 && profile.lines["toyB"] == 8)
  }

  @Test("What is left out has its default")
  func defaults() throws {
    let profile = try Toy.profile()
    #expect(profile.displayName == "toy" && profile.libraryType == nil)
    #expect(profile.header.keepsDocumentation)
    if case .none = profile.header.release {} else { Issue.record("a release from nowhere") }
    #expect(profile.library.versionCount == 1 && profile.status == nil)
  }
}
