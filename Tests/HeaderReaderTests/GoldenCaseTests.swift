import Files
import HeaderModel
import TestSupport
import Testing

@testable import HeaderReader

/// The construct cases: each is read or refused, by every libclang alike.
@Suite struct GoldenCaseTests {
  private static let root = repositoryRoot() + "/Tests/Golden"

  static let cases: [String] = ((try? Files.list(root)) ?? []).filter {
    Files.exists("\(root)/\($0)/header.h")
  }

  private static let refused: Set<String> = [
    "cplusplus-only", "missing-union-tag", "undefined-handle",
  ]

  @Test(arguments: cases)
  func isReadOrRefused(name: String) throws {
    let path = "\(Self.root)/\(name)/header.h"
    let request = ReadRequest(path: path, vendor: "toy", release: Release(1, 2, 3))
    var first: Header?
    for libclang in Libclangs.all {
      if Self.refused.contains(name) {
        let error = #expect(throws: ReadError.self) { try HeaderReader(libclang).read(request) }
        #expect(error?.diagnostics.first?.rule == "clang-error")
        continue
      }
      let header = try HeaderReader(libclang).read(request).header
      #expect(first == nil || first == header, "\(libclang.path) differs")
      first = header
    }
    if let first {
      #expect(try Header(json: first.json()) == first)
      try COracle(header: first).check(including: path)
    }
  }
}
