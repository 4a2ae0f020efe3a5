import Foundation
import TestSupport
import Testing

@testable import LibraryLoader

@Suite struct ReportTests {
  private func report() throws -> (LibraryReport, String) {
    let more = """
      int fakeTwin(void) { return 0; }
      int fakeSecret(void) { return 0; }
      int fakeFlag = 1;
      __attribute__((visibility("hidden"))) int fakeHidden(void) { return 0; }
      int unrelated(void) { return 0; }
      """
    let path = try Fake.library(version: 22807, more: more).path
    let symbols = Fake.symbols + [SymbolDescription("fakeFuture", since: LibraryRelease(2, 30, 0))]
    let library = try Fake.open(path, Fake.description(others: ["fakeTwin"], symbols: symbols))
    return (library.report(), path)
  }

  @Test func facts() throws {
    let (report, path) = try report()
    #expect(report.vendor == "FAKE")
    #expect(report.path == path)
    #expect(report.foundBy == .explicitPath)
    #expect(report.release == LibraryRelease(2, 28, 7))
    #expect(report.versionCode == 22807)
    #expect(report.newestKnownRelease == LibraryRelease(2, 28, 7))
    #expect(report.layoutRelease == LibraryRelease(2, 28, 7))
    #expect(report.present == ["fakeAllReduce", "fakeGetVersion"])
    #expect(report.undecided == [])
    #expect(
      report.missing == [
        .init(name: "fakeRevoke", since: LibraryRelease(2, 28, 7), isExpected: true),
        .init(name: "fakeFuture", since: LibraryRelease(2, 30, 0), isExpected: false),
      ])
    #expect(report.unexpected == ["fakeFlag", "fakeSecret"])
    #expect(report.exportsProblem == nil)
  }

  @Test func text() throws {
    let (report, path) = try report()
    let text = report.description
    #expect(
      text.hasPrefix(
        """
        FAKE 2.28.7
          file: \(path)
          found by: path given
          version code: 22807
          newest known release: 2.28.7
          structs laid out for: 2.28.7
          symbols present: 2 of 4
          missing: 2
            fakeRevoke (since 2.28.7), though this release declares it
            fakeFuture (since 2.30.0)
          exported, but not declared by any known header: 2
            fakeFlag
            fakeSecret
        """))
  }

  @Test func fileThatIsGone() throws {
    let fixture = try Fake.library()
    let library = try Fake.open(fixture.path)
    try FileManager.default.removeItem(atPath: fixture.path)
    let report = library.report()
    #expect(report.unexpected == [])
    #expect(report.exportsProblem == "\(fixture.path): No such file or directory")
    #expect(report.present.count == 2)
  }
}
