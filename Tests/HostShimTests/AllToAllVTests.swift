import CollectiveInterface
import Foundation
import LibraryLoader
import TestSupport
import Testing
import Threads
import VCCLBindings

/// VCCL's exchange, whose counts and displacements are matrices, in both forms that there are of it.
@Suite struct AllToAllVTests {
  /// Row r is what rank r sends to each.
  private static let counts = [[1, 2, 0], [0, 1, 3], [2, 0, 1]]

  private static func transposed(_ matrix: [[Int]]) -> [[Int]] {
    matrix.indices.map { column in matrix.map { $0[column] } }
  }

  /// Each block after the one before.
  private static func displacements(_ matrix: [[Int]]) -> [[Int]] {
    matrix.map { row in row.indices.map { row[..<$0].reduce(0, +) } }
  }

  private static func exchange(
    _ rank: Rank, sendCounts: [[Int]] = counts, recvCounts: [[Int]] = transposed(counts)
  ) throws -> [Int32] {
    let sent = sendCounts[rank.rank].enumerated().flatMap { to, count in
      (0..<count).map { Int32(100 * rank.rank + 10 * to + $0) }
    }
    let received = recvCounts[rank.rank].reduce(0, +)
    return try sendCounts.flatMap(\.self).withUnsafeBufferPointer { sendCounts in
      try displacements(Self.counts).flatMap(\.self).withUnsafeBufferPointer { sendStarts in
        try recvCounts.flatMap(\.self).withUnsafeBufferPointer { recvCounts in
          try displacements(transposed(Self.counts)).flatMap(\.self).withUnsafeBufferPointer {
            recvStarts in
            try rank.collect(.allToAllV, sent, receiving: received) {
              $0.sendCounts = sendCounts.baseAddress
              $0.sendDisplacements = sendStarts.baseAddress
              $0.recvCounts = recvCounts.baseAddress
              $0.recvDisplacements = recvStarts.baseAddress
            }
          }
        }
      }
    }
  }

  private static let expected: [[Int32]] = [[0, 200, 201], [10, 11, 110], [120, 121, 122, 220]]

  @Test("Every rank gets its row of what all are to receive")
  func relayBuffer() throws {
    #expect(try onAllRanks(3, of: .vccl) { try Self.exchange($0) } == Self.expected)
  }

  @Test("Matrices that contradict each other are refused, with where")
  func contradiction() throws {
    var wrong = Self.transposed(Self.counts)
    wrong[2][1] = 2
    let results = try onRanks(3, of: .vccl) { [wrong] in
      try Self.exchange($0, recvCounts: wrong)
    }
    for result in results {
      let error = try #require(result.refusal)
      #expect(error.codeName == "invalidArgument")
      #expect(
        error.lastError?.contains(
          "rank 1 sends 3 elements to rank 2, which expects 2") == true)
    }
  }

  /// The macro picks the other form; the rest of the shim is the same source.
  @Test("The form without a relay count, compiled by hand")
  func relayPointer() throws {
    let root = repositoryRoot()
    let directory = try TemporaryDirectory()
    let path = directory.file("libvccl-pointer-host.so")
    let sources = try ["HostExports", "CHostCollectives"].flatMap { target in
      try FileManager.default.contentsOfDirectory(atPath: "\(root)Sources/\(target)")
        .filter { $0.hasSuffix(".c") }.map { "\(root)Sources/\(target)/\($0)" }
    }
    try runTool(
      "clang",
      [
        "-shared", "-fPIC", "-DHOST_SHIM_RELAY_POINTER", "-pthread", "-o", path,
        "-I\(root)Sources/HostExports/include", "-I\(root)Sources/CHostCollectives/include",
        "-I\(root)Generated/CVCCLBindings/include",
        "\(root)Generated/HostShims/VCCL/VCCLHostShim.c",
      ] + sources)
    let library = try VCCLLibrary.load(LoadOptions(path: path, flavour: "relay-pointer"))
    let id = try library.makeUniqueID()
    let results = try onThreads(3) { rank in
      let comm = try library.make(.commInitRank) {
        ($0.nRanks, $0.uniqueID, $0.rank) = (3, id, rank)
      }
      defer { _ = try? library.call(.commDestroy) { $0.comm = comm } }
      return try Self.exchange(Rank(library: library, comm: comm, rank: rank, count: 3))
    }
    #expect(try results.map { try $0.get() } == Self.expected)
  }
}
