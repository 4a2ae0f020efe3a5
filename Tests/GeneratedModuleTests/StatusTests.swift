import LibraryLoader
import NCCLBindings
import Testing

/// Status numbers mean what the loaded release's header says.
@Suite(.needsNCCLHeaders) struct StatusTests {
  /// The error of a call that returns `status`, nil if it counts as none.
  private func error(_ status: Int32, in release: String) throws -> CollectiveError? {
    let fixture = try NCCLFixture(release)
    try fixture.setStatus(status)
    do throws(CollectiveError) {
      try fixture.nccl.commDestroy(comm: .null)
      return nil
    } catch {
      return error
    }
  }

  /// 7 was a count of codes up to 2.13.4 and is "in progress" since; 8 a count up to 2.29.7 and
  /// "timeout" since 2.30.3.
  @Test func reusedNumbers() throws {
    let seven = try error(7, in: "2.13.4")
    #expect(seven?.kind == .status(code: 7))
    #expect(seven?.codeName == nil)
    #expect(try error(7, in: "2.14.3") == nil)
    #expect(try error(7, in: "2.32.3") == nil)
    for release in ["2.13.4", "2.14.3", "2.29.7"] {
      let eight = try error(8, in: release)
      #expect(eight?.kind == .status(code: 8))
      #expect(eight?.codeName == nil, "\(release)")
    }
    for release in ["2.30.3", "2.32.3"] {
      let eight = try error(8, in: release)
      #expect(eight?.kind == .status(code: 8))
      #expect(eight?.codeName == "timeout", "\(release)")
    }
  }

  /// No release has this code: the number survives, with what the library says about it.
  @Test func unknownNumber() throws {
    let error = try #require(try error(42, in: "2.28.3"))
    #expect(error.kind == .status(code: 42))
    #expect(error.codeName == nil)
    #expect(error.text == "the answer")
    #expect(error.lastError == "no communicator")
    #expect(
      error.description
        == "NCCL ncclCommDestroy failed: unknown code 42: the answer; last error: "
        + "no communicator; NCCL 2.28.3, \(error.libraryPath)")
  }

  /// The same numbers where a call writes them.
  @Test func writtenNumbers() throws {
    let fixture = try NCCLFixture("2.29.7")
    let release = fixture.nccl.library.layoutRelease
    let names = try [0, 5, 7, 8, 42].map { (status: Int32) in
      try fixture.setStatus(status)
      return try fixture.nccl.commGetAsyncError(comm: .null).name(in: release)
    }
    #expect(names == ["success", "invalidUsage", "inProgress", nil, nil])
  }

  /// Only 40 bytes are written, as by 2.16 to 2.22.
  @Test func uniqueIDIsZeroedFirst() throws {
    let bytes = try NCCLFixture("2.21.5").nccl.getUniqueID().bytes
    #expect(bytes == Array(repeating: 1, count: 40) + Array(repeating: 0, count: 88))
  }

  @Test func uniqueIDOfTheWrongSize() throws {
    for count in [0, 40, 127, 129] {
      let bytes = [UInt8](repeating: 1, count: count)
      let error = #expect(throws: ByteCountError.self) { try NCCLUniqueID(bytes: bytes) }
      #expect(error?.description == "expected 128 bytes, found \(count)")
    }
  }
}
