import CNCCLBindings
import HeaderModel
import LibraryLoader
import NCCLBindings
import Testing
import Workspace

/// Real libraries of several releases behind one module, all in this process.
@Suite(.needsNCCL) struct NCCLTests {
  private func load(_ release: String) throws -> NCCLLibrary {
    try NCCLLibrary.load(path: Corpus.library(release))
  }

  @Test func allOfThemSideBySide() throws {
    let libraries = try Corpus.loadable.map(load)
    #expect(libraries.map { $0.library.release?.description } == Corpus.loadable)
    let codes = try libraries.map { try $0.getVersion() }
    #expect(codes == libraries.compactMap { $0.library.versionCode.map(Int32.init) })
    #expect(Set(libraries.map { ObjectIdentifier($0.library) }).count == libraries.count)
  }

  @Test(arguments: Corpus.loadable)
  func version(release: String) throws {
    let nccl = try load(release)
    let expected = try headerVersion(release)
    #expect(try Int(nccl.getVersion()) == expected)
    #expect(nccl.library.versionCode == expected)
    #expect(nccl.library.layoutRelease?.description == release)
  }

  private func headerVersion(_ release: String) throws -> Int {
    let model = try Corpus.project.model(named: "nccl@\(release)")
    let macro = try #require(model.macros.first { $0.name == "NCCL_VERSION_CODE" })
    guard case .integer(let value, _)? = macro.value else { throw Unexpected("\(macro)") }
    return Int(value)
  }

  @Test(arguments: Corpus.loadable)
  func uniqueIDs(release: String) throws {
    let nccl = try load(release)
    let ids = try (0..<8).map { _ in try nccl.getUniqueID().bytes }
    #expect(Set(ids).count == ids.count)
    #expect(ids.allSatisfy { $0.count == 128 && $0.contains { $0 != 0 } })
    #expect(try NCCLUniqueID(bytes: ids[0]).bytes == ids[0])
  }

  /// 2.16 to 2.22 leave 88 bytes as they find them: what is compared or sent must not be rubbish.
  @Test(arguments: ["2.19.3", "2.21.5"].filter(Corpus.loadable.contains))
  func uniqueIDsAreZeroedFirst(release: String) throws {
    let nccl = try load(release)
    let getUniqueID = try #require(nccl.functions.ncclGetUniqueId)
    var filled = try NCCLUniqueID(bytes: Array(repeating: 0xAB, count: 128))
    #expect(getUniqueID(&filled) == 0)
    #expect(filled.bytes[40...].allSatisfy { $0 == 0xAB })
    #expect(try nccl.getUniqueID().bytes[40...].allSatisfy { $0 == 0 })
  }

  @Test(.needsNoDriver, arguments: Corpus.loadable)
  func initialisationWithoutAGPU(release: String) throws {
    let nccl = try load(release)
    let id = try nccl.getUniqueID()
    let error = try #require(throws: CollectiveError.self) {
      try nccl.commInitRank(nRanks: 1, uniqueID: id, rank: 0)
    }
    #expect(error.vendor == "NCCL")
    #expect(error.call == "ncclCommInitRank")
    #expect(error.kind == .status(code: 1))
    #expect(error.codeName == "unhandledCudaError")
    #expect(error.text?.hasPrefix("unhandled cuda error") == true)
    let last =
      "Cuda failure 'CUDA driver version is insufficient for CUDA runtime version'"
    #expect(error.lastError == last)
    #expect(error.release?.description == release)
    #expect(
      error.description
        == "NCCL ncclCommInitRank failed: unhandledCudaError (1): \(error.text ?? ""); last error: "
        + "\(last); NCCL \(release), \(nccl.library.path)")
  }

  @Test(arguments: Corpus.loadable)
  func errorTexts(release: String) throws {
    let nccl = try load(release)
    #expect(try nccl.getErrorString(result: .success) == "no error")
    #expect(try nccl.getErrorString(result: NCCLResult(rawValue: 42)) == "unknown result code")
    let seven = try nccl.getErrorString(result: .inProgress)
    #expect((seven == "unknown result code") == (release == "2.13.4"))
    let eight = try nccl.getErrorString(result: .timeout)
    #expect((eight == "timeout") == (release == "2.32.3"))
  }

  /// A null communicator reaches the library, and its refusal comes back.
  @Test(arguments: Corpus.loadable.filter { $0 != "2.13.4" })
  func refusedArguments(release: String) throws {
    let nccl = try load(release)
    let reduce = try #require(throws: CollectiveError.self) {
      try nccl.allReduce(
        sendBuffer: nil, recvBuffer: nil, count: 1, dataType: .float32, op: .sum, comm: .null,
        stream: .null)
    }
    #expect(reduce.codeName == "invalidArgument")
    let count = try #require(throws: CollectiveError.self) { try nccl.commCount(comm: .null) }
    #expect(count.codeName == "invalidArgument")
    try nccl.commDestroy(comm: .null)
  }
}

/// Something that a test does not know how to go on from.
struct Unexpected: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
