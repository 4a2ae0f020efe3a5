import LibraryLoader
import TestSupport
import Testing

@Suite struct ErrorTests {
  private func library(version: Int = 22803) throws -> LoadedLibrary {
    try Fake.open(try Fake.library(version: version).path)
  }

  @Test func onePointerWide() {
    #expect(MemoryLayout<CollectiveError>.size == MemoryLayout<UnsafeRawPointer>.size)
  }

  @Test func namedStatus() throws {
    let library = try library()
    let error = library.failure(
      call: "fakeCommInitRank", status: 1, name: "unhandledCudaError",
      text: "unhandled cuda error (run with FAKE_DEBUG=INFO for details)",
      lastError: "Cuda failure 'no device'\n")
    #expect(error.vendor == "FAKE")
    #expect(error.call == "fakeCommInitRank")
    #expect(error.kind == .status(code: 1))
    #expect(error.codeName == "unhandledCudaError")
    #expect(error.lastError == "Cuda failure 'no device'")
    #expect(error.libraryPath == library.path)
    #expect(error.release == library.release)
    #expect(error.rank == nil)
    #expect(
      error.description
        == "FAKE fakeCommInitRank failed: unhandledCudaError (1): unhandled cuda error "
        + "(run with FAKE_DEBUG=INFO for details); last error: Cuda failure 'no device'; "
        + "FAKE 2.28.3, \(library.path)")
  }

  /// A library returns a status that no header has.
  @Test func unknownStatus() throws {
    let library = try Fake.open(try Fake.library(answer: 42).path)
    let status = try #require(library.table(3)[0].map { call($0) })
    let error = library.failure(
      call: "fakeAllReduce", status: status, name: nil, text: nil, lastError: nil)
    #expect(error.kind == .status(code: 42))
    #expect(error.codeName == nil)
    #expect(
      error.description
        == "FAKE fakeAllReduce failed: unknown code 42; FAKE 2.28.3, \(library.path)")
    let odd = library.failure(
      call: "fakeAllReduce", status: -1, name: nil, text: "", lastError: " \n")
    #expect(odd.description.hasPrefix("FAKE fakeAllReduce failed: unknown code -1; FAKE 2.28.3"))
  }

  @Test func rank() throws {
    let library = try library()
    let error = library.failure(
      call: "fakeAllReduce", status: 5, name: "invalidUsage", text: nil, lastError: nil)
    let ranked = error.withRank(3)
    #expect(ranked.rank == 3)
    #expect(error.rank == nil)
    #expect(ranked.kind == error.kind)
    #expect(ranked.description.hasPrefix("FAKE fakeAllReduce failed on rank 3: invalidUsage (5); "))
    #expect(
      library.unavailable(2..<3).withRank(1).description
        .hasPrefix("FAKE on rank 1: fakeRevoke needs FAKE 2.28.7 or later; "))
  }

  @Test func refusals() throws {
    let library = try library()
    let field = library.unsupportedField(
      "trafficClass", of: "fakeConfig_t", since: LibraryRelease(2, 28, 7))
    #expect(field.kind == .fieldUnsupported)
    #expect(field.call == "fakeConfig_t")
    #expect(
      field.description
        == "FAKE: fakeConfig_t.trafficClass needs FAKE 2.28.7 or later; loaded 2.28.3 from "
        + "\(library.path) (path given)")
    let argument = library.unsupportedArgument("relayCount", call: "fakeRelay")
    #expect(argument.kind == .argumentUnsupported)
    #expect(
      argument.description
        == "FAKE: fakeRelay has no argument relayCount in this library; loaded 2.28.3 from "
        + "\(library.path) (path given)")
    let invalid = library.invalidArgument(call: "fakeAllReduce", "count is negative")
    #expect(invalid.kind == .invalidArgument)
    #expect(
      invalid.description
        == "FAKE fakeAllReduce not called: count is negative; FAKE 2.28.3, \(library.path)")
  }

  @Test func unknownReleaseIsSaid() throws {
    let library = try library(version: 0)
    let error = library.invalidArgument(call: "fakeAllReduce", "no")
    #expect(error.release == nil)
    #expect(error.description.hasSuffix("; FAKE of unknown release, \(library.path)"))
  }
}
