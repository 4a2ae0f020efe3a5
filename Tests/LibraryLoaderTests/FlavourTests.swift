import TestSupport
import Testing

@testable import LibraryLoader

/// Which flavour a library is, as seen of the library or said by the caller.
@Suite struct FlavourTests {
  private static let flavours = [
    FlavourDescription(
      "red", summary: "the red build", detect: [FlavourRule(exports: ["fakeRed", "fakeWarm"])]),
    FlavourDescription(
      "green", summary: "the green build",
      detect: [
        FlavourRule(exports: ["fakeGreen"], lacks: ["fakeRed"]),
        FlavourRule(versionCodes: [22862, 22962]),
      ]),
    FlavourDescription(
      "clone", summary: "another vendor's", hasModels: false,
      detect: [FlavourRule(exports: ["fakeClone"])]),
    FlavourDescription("plain", summary: "nothing shows it"),
  ]

  private static let symbols =
    Fake.symbols + [
      SymbolDescription("fakeSplit", since: Fake.releases[0], until: Fake.releases[1]),
      SymbolDescription("fakeSplit", since: Fake.releases[1], variant: 1),
      SymbolDescription("fakeTint", since: Fake.releases[1], flavours: ["red"]),
      SymbolDescription("fakeTint", since: Fake.releases[1], variant: 1, flavours: ["green"]),
    ]

  private static let description = Fake.description(flavours: flavours, symbols: symbols)

  private static let red = "int fakeRed; int fakeWarm(void) { return 1; }"
  private static let green = "int fakeGreen(void) { return 2; }"
  private static let clone = "int fakeClone(void) { return 3; }"
  private static let tint = "int fakeTint(int a) { return a; } int fakeSplit(int a) { return a; }"

  private func open(
    _ more: String, version: Int = 22803, flavour: String? = nil
  ) throws -> LoadedLibrary {
    let path = try Fake.library(version: version, more: Self.tint + more).path
    return try Fake.open(path, Self.description, flavour: flavour)
  }

  @Test func exportsDecide() throws {
    let library = try open(Self.red)
    #expect(library.flavour == "red")
    #expect(library.flavourSource == .detected(evidence: "exports fakeRed and fakeWarm"))
    #expect(library.isAvailable(5) && !library.isAvailable(6))
    let text = library.report().description
    #expect(text.contains("\n  flavour: red (detected: exports fakeRed and fakeWarm)\n"))
  }

  @Test func whatIsLackingDecides() throws {
    let library = try open(Self.green)
    #expect(library.flavour == "green")
    #expect(
      library.flavourSource == .detected(evidence: "exports fakeGreen, lacks fakeRed"))
    #expect(!library.isAvailable(5) && library.isAvailable(6))
    // Half of red's symbols, and green's with one that it must lack.
    #expect(try open(Self.green + "int fakeRed;").flavour == nil)
  }

  @Test func versionCodeDecides() throws {
    let library = try open("", version: 22962)
    #expect(library.flavour == "green")
    #expect(library.flavourSource?.description == "detected: version code 22962")
    // Both rules hold: it is one flavour all the same.
    #expect(try open(Self.green, version: 22862).flavour == "green")
  }

  @Test func nothingDecides() throws {
    let library = try open("")
    #expect(library.flavour == nil && library.flavourSource == nil)
    #expect(!library.isAvailable(5) && !library.isAvailable(6) && library.isAvailable(0))
    #expect(library.unavailable(5..<7).text?.contains("set LoadOptions.flavour to one of") == true)
    #expect(!library.report().description.contains("flavour:"))
  }

  /// A dependency's symbols are not the library's.
  @Test func symbolsOfADependency() throws {
    let directory = try TemporaryDirectory()
    try FixtureLibrary.compile(source: Self.clone, name: "libcoloured.so", in: directory)
    let path = try Fake.library(
      flags: ["-L\(directory.path)", "-Wl,--no-as-needed", "-lcoloured", "-Wl,-rpath,$ORIGIN"],
      in: directory
    ).path
    #expect(try Fake.open(path, Self.description).flavour == nil)
  }

  @Test func severalAreRefused() throws {
    let path = try Fake.library(version: 22862, more: Self.red + Self.clone).path
    let error = try #require(throws: LoadError.self) { try Fake.open(path, Self.description) }
    guard case .ambiguousFlavour(let failure) = error else { throw Unexpected("\(error)") }
    #expect(failure.choices.map(\.flavour) == ["red", "green", "clone"])
    #expect(
      error.description == """
        FAKE: "\(path)" (path given) may be any of these builds, which are called in different ways:
          opened: \(path)
          red (the red build): exports fakeRed and fakeWarm
          green (the green build): version code 22862
          clone (another vendor's): exports fakeClone
          To fix: set LoadOptions.flavour to "red" or "green" or "clone".
        """)
    // The user's word ends it, even one for what cannot be seen.
    #expect(try Fake.open(path, Self.description, flavour: "green").flavour == "green")
    #expect(try Fake.open(path, Self.description, flavour: "plain").flavour == "plain")
  }

  @Test func theUsersWordWins() throws {
    let path = try Fake.library(more: Self.red).path
    let named = try Fake.open(path, Self.description, flavour: "green")
    #expect(named.flavour == "green" && named.flavourSource == .named)
    #expect(
      named.report().description.contains("flavour: green (named in LoadOptions.flavour)"))
    let detected = try Fake.open(path, Self.description)
    #expect(detected.flavour == "red" && detected !== named)
    // Each is the same object again.
    #expect(try Fake.open(path, Self.description) === detected)
    #expect(try Fake.open(path, Self.description, flavour: "green") === named)
    let same = try Fake.open(path, Self.description, flavour: "red")
    #expect(same !== detected && same.flavourSource == .named)
  }

  /// The same table, but other rules: what was seen with the one says nothing for the other.
  @Test func rulesOfAnotherDescription() throws {
    let path = try Fake.library(more: Self.red).path
    #expect(try Fake.open(path, Self.description).flavour == "red")
    let other = Fake.description(flavours: [Self.flavours[3]], symbols: Self.symbols)
    #expect(try Fake.open(path, other).flavour == nil)
  }

  private static let structure = StructureDescription(
    "fakeConfig_t", fields: [StructureField("blocking", since: Fake.releases[0])],
    layouts: [
      StructureLayout(
        size: 8, alignment: 4,
        entries: [
          StructureEntry(.size, offset: 0, width: 4, initial: 0),
          StructureEntry(.field(0), offset: 4, width: 4, initial: 0),
        ])
    ], stamps: [StructureStamp(Fake.releases[0], layout: 0, version: 2708)])

  /// Nobody knows its headers: what is the same everywhere is called, all else refused.
  @Test(arguments: [nil, "clone"])
  func flavourWithoutModels(named: String?) throws {
    let path = try Fake.library(answer: 42, more: Self.tint + Self.clone).path
    let library = try Fake.open(path, Self.description, flavour: named)
    #expect(library.flavour == "clone")
    #expect(library.release == Fake.releases[1])
    #expect(library.layoutRelease == nil)
    #expect(library.table(7)[0].map { call($0) } == 42)
    #expect(
      library.unavailable(3..<5).text
        == "fakeSplit has 2 signatures, and which of them the flavour clone has is not known: "
        + "there is no header of it; loaded 2.28.3 of flavour clone from \(path) (path given)")
    #expect(!library.isAvailable(3) && !library.isAvailable(4))
    #expect(!library.isAvailable(5) && !library.isAvailable(6))
    let error = try #require(throws: CollectiveError.self) {
      try StructureStorage(Self.structure, for: library)
    }
    #expect(
      error.text
        == "fakeConfig_t has no known layout in the flavour clone, which may have other fields in "
        + "FAKE's places; loaded 2.28.3 of flavour clone from \(path) (path given)")
    #expect(library.report().description.contains("structs laid out for: no release"))
    // The same file, said to be a build with headers.
    let trusted = try Fake.open(path, Self.description, flavour: "plain")
    #expect(trusted.layoutRelease == Fake.releases[1] && trusted.isAvailable(4))
    _ = try StructureStorage(Self.structure, for: trusted)
  }
}

private struct Unexpected: Error {
  init(_ what: String) { Issue.record("\(what)") }
}
