import CNCCLBindings
import Foundation
import LibraryLoader
import NCCLBindings
import TestSupport
import Testing

/// Real libraries, each in a process of its own.
@Suite(.needsNCCL) struct NCCLProcessTests {
  /// The helper lies beside the test program.
  private var probe: String {
    URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
      .appending(path: "nccl-probe").path(percentEncoded: false)
  }

  /// Version, unique IDs, the error without a GPU and what it leaves behind, exports.
  @Test(arguments: Corpus.loadable)
  func alone(release: String) throws {
    let numbers = release.split(separator: ".").compactMap { Int($0) }
    let code = numbers[0] * 10000 + numbers[1] * 100 + numbers[2]
    let output = try run(probe, [Corpus.library(release), "\(code)"])
    let lines = output.text.split(separator: "\n").filter { $0.contains("\t") }
    #expect(output.status == 0, "\(output.text)")
    #expect(lines.count == 5 && lines.allSatisfy { $0.hasPrefix("ok\t") }, "\(output.text)")
  }

  /// The probe does find fault.
  @Test func wrongVersion() throws {
    let output = try run(probe, [Corpus.library("2.19.3"), "21904"])
    #expect(output.status == 1)
    #expect(
      output.text.contains("FAILED\tversion\tthe library says 21903, its header 21904"))
  }

  private func run(_ path: String, _ arguments: [String]) throws -> (status: Int32, text: String) {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: path)
    process.arguments = arguments
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, text)
  }

  /// Another NCCL is visible to the whole process first, as PyTorch's may be.
  @Test func aGlobalCopyIsNotMixedIn() async {
    await #expect(processExitsWith: .success) {
      let other = Corpus.library("2.32.3")
      try #require(dlopen(other, RTLD_NOW | RTLD_GLOBAL) != nil)
      let everywhere = try #require(dlsym(nil, "ncclCommRevoke"))

      let nccl = try NCCLLibrary.load(path: Corpus.library("2.28.3"))
      #expect(try nccl.getVersion() == 22803)
      #expect(nccl.library.release == LibraryRelease(2, 28, 3))
      #expect(nccl.functions.ncclCommRevoke == nil)
      #expect(nccl.library.address(ofSymbol: "ncclCommRevoke") == nil)
      let error = try #require(throws: CollectiveError.self) {
        try nccl.commRevoke(comm: .null, flags: [])
      }
      #expect(error.kind == .symbolUnavailable)

      let copies = nccl.library.report().otherLoadedCopies
      #expect(copies.map(\.path) == [URL(filePath: other).resolvingSymlinksInPath().path()])
      #expect(copies.map(\.isGlobal) == [true])

      let newer = try NCCLLibrary.load(path: other)
      #expect(try newer.getVersion() == 23203)
      let pointer = unsafeBitCast(newer.functions.ncclCommRevoke, to: UnsafeMutableRawPointer?.self)
      #expect(pointer == everywhere)
      #expect(newer.library.report().otherLoadedCopies.map(\.isGlobal) == [false])
    }
  }

  /// In a process of its own: groups belong to a thread, and other tests use its threads too.
  @Test(arguments: Corpus.loadable)
  func groups(release: String) async {
    await #expect(processExitsWith: .success) { [release] in
      let nccl = try NCCLLibrary.load(path: Corpus.library(release))
      let error = try #require(throws: CollectiveError.self) { try nccl.groupEnd() }
      #expect(error.codeName == "invalidUsage")
      try nccl.groupStart()
      // Without a GPU the oldest release fails here too; the group is over all the same.
      if release != "2.13.4" { try nccl.groupEnd() } else { try? nccl.groupEnd() }
      let again = try #require(throws: CollectiveError.self) { try nccl.groupEnd() }
      #expect(again.codeName == "invalidUsage")
    }
  }

  /// Not ours, and to be known: from 2.23.4 on an ncclCommInitRankConfig that fails for want of a GPU
  /// leaves its thread in a group, where later calls would only be collected. ncclCommInitRank does
  /// not, and ncclGroupEnd gets out of it.
  @Test(.needsNoDriver, arguments: Corpus.loadable.filter { $0 != "2.13.4" })
  func aFailedInitialisationMayLeaveAGroupOpen(release: String) async {
    await #expect(processExitsWith: .success) { [release] in
      let nccl = try NCCLLibrary.load(path: Corpus.library(release))
      let id = try nccl.getUniqueID()
      #expect(throws: CollectiveError.self) {
        try nccl.commInitRank(nRanks: 1, uniqueID: id, rank: 0)
      }
      #expect(throws: CollectiveError.self) { try nccl.groupEnd() }
      #expect(throws: CollectiveError.self) {
        try nccl.commInitRankConfig(nRanks: 1, uniqueID: id, rank: 0)
      }
      let loaded = try #require(nccl.library.release)
      if loaded >= LibraryRelease(2, 23, 4) { try nccl.groupEnd() }
      #expect(throws: CollectiveError.self) { try nccl.groupEnd() }
    }
  }
}
