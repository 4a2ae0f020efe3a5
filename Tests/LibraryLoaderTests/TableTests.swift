import TestSupport
import Testing

@testable import LibraryLoader

/// What the table's slots hold, and what is said about the empty ones.
@Suite struct TableTests {
  @Test func missingSymbolFailsAlone() throws {
    let library = try Fake.open(try Fake.library(version: 22803, answer: 42).path)
    let table = library.table(3)
    #expect(library.isAvailable(0) && library.isAvailable(1) && !library.isAvailable(2))
    #expect(!library.isAvailable(3) && !library.isAvailable(-1))
    #expect(table[0].map { call($0) } == 42)
    #expect(table[2] == nil)
    let error = library.unavailable(2..<3)
    #expect(error.kind == .symbolUnavailable)
    #expect(error.call == "fakeRevoke")
    #expect(
      error.text
        == "fakeRevoke needs FAKE 2.28.7 or later; loaded 2.28.3 from \(library.path) (path given)")
  }

  @Test func symbolThatShouldBeThere() throws {
    let library = try Fake.open(try Fake.library(version: 22807).path)
    #expect(
      library.unavailable(2..<3).text
        == "fakeRevoke is declared by the headers of FAKE 2.28.7 and later, but this library does "
        + "not export it; loaded 2.28.7 from \(library.path) (path given)")
  }

  @Test func removedSymbol() throws {
    let symbols =
      Fake.symbols
      + [SymbolDescription("fakeOld", since: Fake.releases[0], until: Fake.releases[1])]
    let library = try Fake.open(try Fake.library().path, Fake.description(symbols: symbols))
    #expect(
      library.unavailable(3..<4).text
        == "fakeOld was removed in FAKE 2.28.3; loaded 2.28.3 from \(library.path) (path given)")
  }

  @Test func unknownRelease() throws {
    let source = "int fakeAllReduce(void) { return 0; }"
    let library = try Fake.open(try FixtureLibrary.compile(source: source).path)
    #expect(library.isAvailable(0))
    #expect(
      library.unavailable(2..<3).text
        == "fakeRevoke, which FAKE has from 2.28.7 on, is not exported; loaded \(library.path) "
        + "(path given), whose release is unknown")
  }

  /// One signature only: the release does not matter.
  @Test func symbolBeforeItsTime() throws {
    let more = "int fakeRevoke(void) { return 9; }"
    let library = try Fake.open(try Fake.library(version: 2604, more: more).path)
    #expect(library.table(3)[2].map { call($0) } == 9)
  }

  @Test func slotsOutsideTheTable() throws {
    let library = try Fake.open(try Fake.library().path)
    for slots in [3..<4, 7..<9, 0..<0, -5 ..< -3] {
      #expect(library.unavailable(slots).kind == .symbolUnavailable)
    }
  }

  @Test func anyExportedSymbolCanBeLookedUp() throws {
    let library = try Fake.open(try Fake.library(more: "int fakeExtra(void) { return 5; }").path)
    #expect(library.address(ofSymbol: "fakeExtra").map { call($0) } == 5)
    #expect(library.address(ofSymbol: "fakeNothing") == nil)
    #expect(library.address(ofSymbol: "fakeExtra\0x") == nil)
    #expect(library.address(ofSymbol: "malloc") == nil)  // A dependency's.
  }

  // --- Variants ---

  /// fakeSplit takes one int before 2.28.3 and two from then on.
  private let byRelease = [
    SymbolDescription("fakeGetVersion", since: Fake.releases[0]),
    SymbolDescription("fakeSplit", since: Fake.releases[0], until: Fake.releases[1]),
    SymbolDescription("fakeSplit", since: Fake.releases[1], variant: 1),
  ]

  @Test func variantsByRelease() throws {
    let description = Fake.description(symbols: byRelease)
    let old = try Fake.open(
      try Fake.library(version: 2708, more: "int fakeSplit(int a) { return a; }").path, description)
    let new = try Fake.open(
      try Fake.library(version: 22803, more: "int fakeSplit(int a, int b) { return a * b; }").path,
      description)
    #expect(old.table(3)[1].map { call($0, 6) } == 6)
    #expect(old.table(3)[2] == nil)
    #expect(new.table(3)[1] == nil)
    #expect(new.table(3)[2].map { call($0, 6, 7) } == 42)
    #expect(!old.isAvailable(2) && old.isAvailable(1) && new.isAvailable(2) && !new.isAvailable(1))
  }

  @Test func variantsOfAnUnknownRelease() throws {
    let source = "int fakeSplit(int a) { return a; }"
    let library = try Fake.open(
      try FixtureLibrary.compile(source: source).path, Fake.description(symbols: byRelease))
    #expect(library.table(3) == [nil, nil, nil])
    #expect(
      library.unavailable(1..<3).text
        == "fakeSplit has 2 signatures, for different releases; loaded \(library.path) "
        + "(path given), whose release is unknown")
    #expect(library.report().undecided == ["fakeSplit"])
  }

  private let byFlavour = [
    SymbolDescription("fakeGetVersion", since: Fake.releases[0]),
    SymbolDescription("fakeRelay", since: Fake.releases[1], flavours: ["short"]),
    SymbolDescription("fakeRelay", since: Fake.releases[1], variant: 1, flavours: ["long"]),
  ]
  private let flavours = [
    FlavourDescription("short", summary: "without a relay count"),
    FlavourDescription("long", summary: "with a relay count"),
    FlavourDescription("other", summary: "without relays"),
  ]

  /// One version code, one symbol, two signatures: only the user knows.
  @Test func variantsByFlavour() throws {
    let description = Fake.description(flavours: flavours, symbols: byFlavour)
    let path = try Fake.library(more: "int fakeRelay(int a, int b) { return a + b; }").path
    let unknown = try Fake.open(path, description)
    #expect(unknown.table(3)[1] == nil && unknown.table(3)[2] == nil)
    #expect(unknown.isAvailable(0))
    #expect(
      unknown.unavailable(1..<3).text
        == "fakeRelay has 2 signatures, and FAKE builds that differ in it have the same version; "
        + "set LoadOptions.flavour to one of: short (without a relay count), long (with a relay "
        + "count); loaded 2.28.3 from \(path) (path given)")
    let long = try Fake.open(path, description, flavour: "long")
    #expect(long !== unknown)
    #expect(long.flavour == "long")
    #expect(long.table(3)[1] == nil)
    #expect(long.table(3)[2].map { call($0, 20, 22) } == 42)
    let short = try Fake.open(path, description, flavour: "short")
    #expect(short.isAvailable(1) && !short.isAvailable(2))
    let other = try Fake.open(path, description, flavour: "other")
    #expect(
      other.unavailable(1..<3).text
        == "fakeRelay has no signature for the flavour other, only for: short (without a relay "
        + "count), long (with a relay count); loaded 2.28.3 from \(path) (path given)")
  }
}
