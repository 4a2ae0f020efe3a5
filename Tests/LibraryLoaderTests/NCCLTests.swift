import Foundation
import LibraryLoader
import TestSupport
import Testing

private let corpus =
  (ProcessInfo.processInfo.environment["BINDGEN_COLL_CORPUS"]
    ?? repositoryRoot() + "/.cache/corpus") + "/nccl"
/// The releases of the fetched corpus that have a library; on CI also those that must have one.
private let releases: [String] = {
  let found = ((try? FileManager.default.contentsOfDirectory(atPath: corpus)) ?? [])
    .filter { FileManager.default.fileExists(atPath: "\(corpus)/\($0)/libnccl.so.2") }
  return Set(found + (isCI ? ["2.13.4", "2.19.3", "2.28.3", "2.32.3"] : [])).sorted()
}()

/// Real libraries, which load without a GPU, where the corpus has been fetched.
@Suite(.enabled(if: !releases.isEmpty, "no libnccl.so.2 in .cache/corpus/nccl"))
struct NCCLTests {
  private static let description = LibraryDescription(
    vendor: "NCCL", environmentVariables: ["NCCL_LIBRARY_PATH"], names: ["libnccl.so.2"],
    symbolPrefixes: ["nccl", "pnccl"],
    version: .code(function: "ncclGetVersion", rules: Fake.codeRules),
    lastErrorFunction: "ncclGetLastError",
    releases: [LibraryRelease(2, 13, 4), LibraryRelease(2, 28, 7), LibraryRelease(2, 32, 3)],
    flavours: [], otherSymbols: [],
    symbols: [
      SymbolDescription("ncclAllReduce", since: LibraryRelease(2, 13, 4)),
      SymbolDescription("ncclCommRevoke", since: LibraryRelease(2, 28, 7)),
      SymbolDescription("ncclCommSuspend", since: LibraryRelease(2, 29, 7)),
      SymbolDescription("ncclGetVersion", since: LibraryRelease(2, 13, 4)),
    ])

  /// All of them, loaded one beside the other, each probed first.
  @Test(arguments: releases)
  func everyRelease(release: String) throws {
    let path = "\(corpus)/\(release)/libnccl.so.2"
    let numbers = release.split(separator: ".").compactMap { Int($0) }
    let expected = LibraryRelease(numbers[0], numbers[1], numbers[2])
    let library = try Fake.open(path, Self.description, probe: true)
    #expect(library.release == expected)
    #expect(library.isAvailable(0))
    #expect(library.isAvailable(1) == (expected >= LibraryRelease(2, 28, 7)))
    #expect(library.isAvailable(2) == (expected >= LibraryRelease(2, 29, 7)))
    let report = library.report()
    #expect(report.exportsProblem == nil)
    #expect(report.unexpected.contains("ncclCommInitRank"))
    #expect(!report.missing.contains { $0.isExpected })
  }
}
