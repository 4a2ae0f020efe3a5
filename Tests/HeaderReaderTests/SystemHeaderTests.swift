import Files
import HeaderModel
import TestSupport
import Testing

@testable import HeaderReader

/// Headers of packages that may be installed: large, old and written by many hands.
@Suite struct SystemHeaderTests {
  private static let headers: [(path: String, includes: [String], least: Int)] = [
    ("/usr/lib/llvm-14/include/clang-c/Index.h", ["/usr/lib/llvm-14/include"], 335),
    ("/usr/lib/llvm-19/include/clang-c/Index.h", ["/usr/lib/llvm-19/include"], 351),
    ("/usr/lib/x86_64-linux-gnu/openmpi/include/mpi.h", [], 800),
    ("/usr/include/x86_64-linux-gnu/mpich/mpi.h", [], 800),
    ("/usr/include/zlib.h", [], 80),
    ("/usr/include/sqlite3.h", [], 200),
    ("/usr/include/stdio.h", [], 0),
  ].filter { Files.exists($0.0) }

  @Test(arguments: headers.map(\.path))
  func areReadEquallyByEveryLibclang(path: String) throws {
    let entry = try #require(Self.headers.first { $0.path == path })
    var request = ReadRequest(path: path, vendor: "system", includeDirectories: entry.includes)
    request.defines = ["_GNU_SOURCE"]
    var first: ReadResult?
    for libclang in Libclangs.all {
      let result = try HeaderReader(libclang).read(request)
      if let first {
        #expect(result.header == first.header, "\(libclang.path) differs")
      } else {
        first = result
      }
    }
    let header = try #require(first).header
    #expect(header.functions.count >= entry.least)
    #expect(try Header(json: header.json()) == header)
    try COracle(header: header).check(
      including: path,
      includeDirectories: entry.includes + [Files.parent(of: path)], defines: request.defines)
  }
}
