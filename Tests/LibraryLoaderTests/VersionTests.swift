import TestSupport
import Testing

@testable import LibraryLoader

@Suite struct VersionTests {
  @Test func releasesAreOrderedAndPrinted() {
    let releases = [
      LibraryRelease(3, 0, 0), LibraryRelease(2, 28, 7), LibraryRelease(2, 9, 30),
      LibraryRelease(2, 28, 3),
    ]
    #expect(releases.sorted().map(\.description) == ["2.9.30", "2.28.3", "2.28.7", "3.0.0"])
  }

  @Test func releasesAreParsed() {
    #expect(LibraryRelease(parsing: "2.28.7") == LibraryRelease(2, 28, 7))
    #expect(LibraryRelease(parsing: "12.9") == LibraryRelease(12, 9, 0))
    #expect(LibraryRelease(parsing: "x2.28.7".dropFirst()) == LibraryRelease(2, 28, 7))
    for text in ["", "2", "2.28.7.1", "2..7", "2.28.post1", "-2.28.7", "+2.1.0", "2.28. 7", "2.1."]
    {
      #expect(LibraryRelease(parsing: text) == nil, "\(text)")
    }
    #expect(LibraryRelease(parsing: "2.99999999999999999999.1") == nil)
  }

  @Test(arguments: [
    (2708, "2.7.8"), (2000, "2.0.0"), (9999, "9.9.99"), (20906, "2.9.6"), (22807, "2.28.7"),
    (20_211_702, "2021.17.2"),
  ])
  func codesOfTwoEras(code: Int, release: String) {
    let decoded = Fake.codeRules.lazy.compactMap { $0.decode(code) }.first
    #expect(decoded?.description == release)
  }

  @Test func otherRules() {
    let cuda = VersionCodeRule(below: nil, major: 1000, minor: 10, patch: 0)
    #expect(cuda.decode(12_040) == LibraryRelease(12, 4, 0))
    #expect(cuda.decode(12_049) == LibraryRelease(12, 4, 0))
    #expect(cuda.decode(0) == nil)
    #expect(cuda.decode(-5) == nil)
    let limited = VersionCodeRule(below: 100, major: 10, minor: 1, patch: 0)
    #expect(limited.decode(99) == LibraryRelease(9, 9, 0))
    #expect(limited.decode(100) == nil)
    #expect(VersionCodeRule(below: nil, major: 0, minor: 0, patch: 0).decode(5) == nil)
    #expect(
      VersionCodeRule(below: nil, major: 100, minor: 0, patch: 0).decode(512)
        == LibraryRelease(5, 0, 0))
  }

  @Test func codeOfALoadedLibrary() throws {
    let library = try Fake.open(try Fake.library(version: 2708).path)
    #expect(library.release == LibraryRelease(2, 7, 8))
    #expect(library.versionCode == 2708)
    #expect(library.layoutRelease == LibraryRelease(2, 7, 8))
  }

  @Test func oneCCLStyleCode() throws {
    let library = try Fake.open(try Fake.library(version: 20_211_702).path)
    #expect(library.release == LibraryRelease(2021, 17, 2))
    #expect(library.layoutRelease == Fake.releases[2])
  }

  @Test func partsOfALoadedLibrary() throws {
    let more = """
      int fakeParts2(int *major, int *minor) { *major = 3; *minor = 4; return 0; }
      int fakeParts3(int *a, int *b, int *c) { *a = 5; *b = 6; *c = 7; return 0; }
      int fakeSilence(int *major, int *minor) { return 0; }
      """
    let path = try Fake.library(more: more).path
    let two = Fake.description(vendor: "TWO", version: .parts(function: "fakeParts2", count: 2))
    #expect(try Fake.open(path, two).release == LibraryRelease(3, 4, 0))
    let three = Fake.description(vendor: "THREE", version: .parts(function: "fakeParts3", count: 3))
    let library = try Fake.open(path, three, probe: true)
    #expect(library.release == LibraryRelease(5, 6, 7))
    #expect(library.versionCode == nil)
    let none = Fake.description(vendor: "NO", version: .parts(function: "fakeSilence", count: 2))
    #expect(try Fake.open(path, none).release == nil)
  }

  @Test func unknownReleases() throws {
    let path = try Fake.library(version: -3).path
    let undecodable = try Fake.open(path)
    #expect(undecodable.release == nil)
    #expect(undecodable.versionCode == -3)
    #expect(undecodable.layoutRelease == nil)
    let mute = try Fake.open(path, Fake.description(vendor: "MUTE", version: .none))
    #expect(mute.release == nil && mute.versionCode == nil)
    let single = Fake.description(vendor: "ONE", version: .none, releases: [Fake.releases[1]])
    #expect(try Fake.open(path, single).layoutRelease == Fake.releases[1])
  }

  @Test func layoutIsTheNewestThatBothKnow() throws {
    #expect(try Fake.open(try Fake.library(version: 22805).path).layoutRelease == Fake.releases[1])
    #expect(try Fake.open(try Fake.library(version: 23203).path).layoutRelease == Fake.releases[2])
    #expect(try Fake.open(try Fake.library(version: 2604).path).layoutRelease == nil)
  }

  @Test func failingVersionFunction() throws {
    let source = "int fakeGetVersion(int *code) { return 3; }"
    let path = try FixtureLibrary.compile(source: source).path
    for probe in [false, true] {
      let error = #expect(throws: LoadError.self) { try Fake.open(path, probe: probe) }
      #expect(
        error?.description == "FAKE: \"\(path)\" (path given) was opened, but its fakeGetVersion "
          + "failed with status 3")
    }
  }
}
