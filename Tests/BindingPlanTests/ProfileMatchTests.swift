import BindingPlan
import HeaderModel
import Testing

/// Every line of a profile must match something in some release.
@Suite struct ProfileMatchTests {
  private static let header = Toy.header(
    functions: [
      Toy.function("toySend", [("count", "int"), ("text", "char const *")]),
      Toy.function("toyCount_v2", [("comm", "toyComm_t"), ("count", "int *"), ("p", "void *")]),
    ],
    records: [Record(kind: .structure, name: "toyComm", layout: nil)],
    enumerations: [Toy.enumeration("toyResult_t", ["toySuccess": 0])],
    typedefs: [Typedef(name: "toyComm_t", type: Toy.type("struct toyComm *"))],
    macros: [
      Macro(name: "toyCount", body: "toyCount_v2"), Toy.macro("TOY_WIN_A", 1),
      Toy.macro("TOY_VERSION", 100),
    ])

  private func problems(_ yaml: String) throws -> [String] {
    do {
      _ = try Toy.plan([Self.header], yaml)
      return []
    } catch let error as PlanError {
      return error.diagnostics.map(\.description)
    }
  }

  private static let help = "\n  help: correct the name, or take the line out"

  @Test("Lines that match are no problem")
  func matching() throws {
    #expect(
      try problems(
        """
        results: {toyCount: [count]}
        defaults: {text: nil}
        names:
          functions: {toySend: send, toyCount: count}
          types: {toyComm_t: ToyCommunicator}
          parameters: {comm: communicator}
          enumerators: {toySuccess: fine}
        status: {type: toyResult_t, success: toySuccess}
        flags:
          - {name: ToyFlags, prefix: TOY_WIN_, parameters: [toySend.count]}
        library: {versionMacro: TOY_VERSION}
        """) == [])
  }

  @Test(
    "A line that matches nothing is an error, with its line where there is one",
    arguments: [
      (
        "results:\n  toySned: [count]", "toy.yml:7: error: no release of toy has a function toySned"
      ),
      ("results:\n  toySend: [cuont]", "toy.yml:7: error: no release of toy has a parameter cuont"),
      ("defaults:\n  coutn: 0", "toy.yml:7: error: no release of toy has a parameter coutn"),
      ("sentinels: [toyNum]", "toy.yml:6: error: no release of toy has an enumerator toyNum"),
      ("handles: [toyWin_t]", "toy.yml:6: error: no release of toy has a type toyWin_t"),
      ("byteRecords: [toyId]", "toy.yml:6: error: no release of toy has a record toyId"),
      (
        "status: {type: toyStatus_t, success: toySuccess}",
        "toy.yml:6: error: no release of toy has a type toyStatus_t"
      ),
      (
        "names:\n  enumerators:\n    toyOK: ok",
        "toy.yml:8: error: no release of toy has an enumerator toyOK"
      ),
      (
        "names:\n  fields:\n    blocking: b",
        "toy.yml:8: error: no release of toy has a field blocking"
      ),
      (
        "library: {errorText: toyGetErrorString}",
        "toy.yml:6: error: no release of toy has a function toyGetErrorString"
      ),
      (
        "flags:\n  - {name: F, prefix: TOY_FLAG_}",
        "toy.yml:7: error: no release of toy has a macro beginning with TOY_FLAG_"
      ),
      (
        "flags:\n  - {name: F, prefix: TOY_WIN_, parameters: [winFlags]}",
        "toy.yml:7: error: no release of toy has a parameter or field winFlags"
      ),
      (
        "flags:\n  - {name: F, prefix: TOY_WIN_, parameters: [toySned.count]}",
        "toy.yml:7: error: no release of toy has a parameter or field toySned.count"
      ),
      (
        "flavours:\n  - {name: relay, summary: s}",
        "toy.yml:7: error: no release of toy has a model of flavour relay"
      ),
    ])
  func unmatched(_ yaml: String, _ expected: String) throws {
    let problems = try problems(yaml)
    #expect(problems.first == "\(expected) [profile-unmatched]\(Self.help)", "\(problems)")
  }

  @Test(
    "A result must be its own function's, and something that can be written",
    arguments: [
      (
        "results:\n  toySend: [comm]",
        "toy.yml:7: error: no release of toy has a parameter comm of toySend [profile-unmatched]\(help)"
      ),
      (
        "results:\n  toySend: [count]",
        """
        toy.yml:7: error: toySend cannot write its parameter count: it is no pointer to a value \
        [profile-not-a-result]
          help: take it out of "results"
        """
      ),
      (
        "results:\n  toySend: [text]",
        """
        toy.yml:7: error: toySend cannot write its parameter text: it is no pointer to a value \
        [profile-not-a-result]
          help: take it out of "results"
        """
      ),
      (
        "results:\n  toyCount: [p]",
        """
        toy.yml:7: error: toyCount cannot write its parameter p: it is no pointer to a value \
        [profile-not-a-result]
          help: take it out of "results"
        """
      ),
    ])
  func results(_ yaml: String, _ expected: String) throws {
    #expect(try problems(yaml) == [expected])
  }

  @Test(
    "A default must be a constant of the parameter's type",
    arguments: [
      (
        "defaults:\n  count: evil()",
        "toy.yml:7: error: the default of count must be nil, true, false or an integer, "
          + "not \"evil()\" [profile-wrong-type]"
      ),
      (
        "defaults:\n  count: nil",
        "toy.yml:7: error: the default of count, nil, is no Int32, which toySend takes "
          + "[profile-wrong-type]"
      ),
      (
        "defaults:\n  comm: nil",
        "toy.yml:7: error: the default of comm, nil, is no ToyComm, which toyCount takes "
          + "[profile-wrong-type]"
      ),
      (
        "defaults:\n  text: 0",
        "toy.yml:7: error: the default of text, 0, is no UnsafePointer<CChar>?, which toySend takes "
          + "[profile-wrong-type]"
      ),
    ])
  func defaults(_ yaml: String, _ expected: String) throws {
    #expect(try problems(yaml).first == expected)
  }

  @Test(
    "Text that would leave its place in the output is refused, with one header as well",
    arguments: [
      ("name: \"Toy\\npublic let evil = 1\"", "a name must be one line without control characters"),
      ("library: {names: [\"a`b\"]}", "a name must be one line without control characters"),
      (
        "library: {environment: [\"A\\u2028B\"]}",
        "a name must be one line without control characters"
      ),
      ("library: {versionFunction: 'f\"); evil(\"'}", "a C name is expected"),
      (
        "flavours: [{name: a, summary: b, detect: [{exports: ['f\"); evil(\"']}]}]",
        "a C name is expected"
      ),
      ("cPrefix: 'x; int evil'", "\"cPrefix\" must be the beginning of a C name"),
      ("defaults: {count: evil()}", "the default of count must be nil, true, false or an integer"),
    ])
  func hostile(_ yaml: String, _ message: String) throws {
    let profile = try Toy.profile(yaml + "\n")
    for isComplete in [true, false] {
      let error = try #require(throws: PlanError.self) {
        try Plan(profile: profile, headers: [Self.header], isComplete: isComplete)
      }
      #expect(error.diagnostics.count == 1 && error.diagnostics[0].message.hasPrefix(message))
    }
  }

  @Test("A model's flavour must be described")
  func flavour() throws {
    let header = Toy.header(flavour: "relay", functions: [Toy.function("toySend")])
    let error = try #require(throws: PlanError.self) { try Toy.plan([header]) }
    #expect(
      error.diagnostics.map(\.description) == [
        """
        toy.yml: error: the flavour "relay" of a model is not described [profile-missing-flavour]
          help: add it under "flavours" with a summary
        """
      ])
  }

  @Test(
    "A flavour that no library can be told to be is refused",
    arguments: [
      (
        "  - {name: other, summary: b}",
        "toy.yml:9: error: no release of toy has a model of flavour other [profile-unmatched]\(help)"
      ),
      (
        "  - {name: relay, summary: b}",
        """
        toy.yml:9: error: the flavour "relay" stands twice [profile-duplicate-flavour]
          help: keep one of them, with the rules of both
        """
      ),
      (
        "  - {name: mine, summary: b, own: true}",
        "toy.yml:9: error: no release of toy has a model of flavour mine [profile-unmatched]\(help)"
      ),
      (
        "  - name: other\n    summary: b\n    detect:\n      - {}",
        """
        toy.yml:12: error: this rule of flavour "other" holds for every library: it has no conditions \
        [profile-flavour-rule]\(ruleHelp)
        """
      ),
      (
        "  - {name: other, summary: b, detect: [{exports: [toyA, toyB], lacks: [toyB]}]}",
        """
        toy.yml:9: error: this rule of flavour "other" never holds: a library cannot both export and \
        lack toyB [profile-flavour-rule]\(ruleHelp)
        """
      ),
      (
        "  - {name: other, summary: b, detect: [{versionCodes: [7]}]}",
        """
        toy.yml:9: error: this rule of flavour "other" never holds: toy's libraries give no version \
        code [profile-flavour-rule]\(ruleHelp)
        """
      ),
      (
        "  - {name: x, summary: b, detect: [{exports: [toyA]}]}\n"
          + "  - {name: y, summary: c, detect: [{exports: [toyA]}]}",
        """
        toy.yml:10: error: this rule of flavour "y" is also one of "x" [profile-flavour-rule]
          help: name something that only one of them has
        """
      ),
    ])
  func flavours(_ yaml: String, _ expected: String) throws {
    let header = Toy.header(flavour: "relay", functions: [Toy.function("toySend")])
    let error = try #require(throws: PlanError.self) {
      try Toy.plan([header], "\nflavours:\n  - {name: relay, summary: a}\n\(yaml)\n")
    }
    #expect(error.diagnostics.map(\.description) == [expected])
  }

  private static let ruleHelp =
    "\n  help: \"exports\" and \"lacks\" name symbols, \"versionCodes\" what the version function "
    + "says; all that a rule gives must hold"

  @Test("A flavour needs a model or a rule")
  func fineFlavours() throws {
    let header = Toy.header(flavour: "relay", functions: [Toy.function("toySend")])
    let plan = try Toy.plan(
      [header],
      """
      library: {versionFunction: toySend, versionCode: [{major: 10}]}
      flavours:
        - {name: relay, summary: a}
        - {name: other, summary: b, detect: [{exports: [x]}, {lacks: [y], versionCodes: [7, 8]}]}
      """)
    #expect(plan.modelledFlavours == ["relay"])
    let own = try Toy.plan([Self.header], "flavours: [{name: toyland, summary: a, own: true}]")
    #expect(own.modelledFlavours == ["toyland"])
    #expect(plan.profile.flavours[1].detect.map(\.versionCodes) == [[], [7, 8]])
  }

  @Test("With one header of several a line may match nothing")
  func incomplete() throws {
    let profile = try Toy.profile("sentinels: [toyNum]\n")
    _ = try Plan(profile: profile, headers: [Self.header], isComplete: false)
  }

  @Test("A function on the list must be one that callers can write")
  func only() throws {
    let profile = try Toy.profile(
      "", base: "vendor: toy\nmodule: M\ntypePrefix: T\nfunctions: {only: [toySend, toyCount_v2]}\n"
    )
    let error = try #require(throws: PlanError.self) {
      try Plan(profile: profile, headers: [Self.header])
    }
    #expect(error.diagnostics.first?.message.contains("toyCount_v2") == true)
  }
}
