import LibraryLoader
import TestSupport
import Testing
import VCCLBindings

/// Two builds with one version code, whose ncclAlltoAllv differ: only the user can say which it is.
@Suite struct VCCLTests {
  private struct Fixture {
    let vccl: VCCLLibrary
    let recorder: Recorder

    /// The build as which `flavour` has it loaded need not be the one that it is.
    init(_ build: String, flavour: String?) throws {
      let path = try VCCLTests.compile(build)
      vccl = try VCCLLibrary.load(LoadOptions(path: path, flavour: flavour))
      recorder = Recorder(library: vccl.library)
    }
  }

  private static func compile(_ build: String) throws -> String {
    let root = repositoryRoot()
    return try FixtureLibrary.compile(
      source: fixtureSource("vccl.c"),
      flags: [
        "-I\(root)/Profiles/Headers/vccl/\(build)", "-I\(root)/Profiles/Stubs/cuda",
        "-I\(root)/Tests/GeneratedModuleTests/Fixtures", "-Wall", "-Wextra", "-Werror",
      ] + (build == "relay-buffer" ? ["-DRELAY_BUFFER"] : []), name: "libvccl.so.2"
    ).path
  }

  private static let builds = ["relay-pointer", "relay-buffer"]
  private let send = 0x1111_0000_1112
  private let recv = 0x2222_0000_2223
  private let count = 0x3333_0000_3334
  private let relay = 0x6666_0000_6667
  private let relayCount = 0x7777_0000_7778
  private let comm = VCCLComm(rawValue: marker(0x4444_0000_4445))
  private let stream = VCCLStream(rawValue: marker(0x5555_0000_5556))
  private let handles = [0x4444_0000_4445, 0x5555_0000_5556]
  private let matrices = (1...4).map { 0x1000_0000 * $0 + 0x100 }

  private func matrix(_ index: Int) -> UnsafePointer<Int>? {
    UnsafePointer(bitPattern: matrices[index])
  }

  private func callWithPointer(_ vccl: VCCLLibrary) throws {
    try vccl.allToAllV(
      sendBuffer: marker(send), sendCounts: matrix(0), sendDisplacements: matrix(1),
      recvBuffer: marker(recv), recvCounts: matrix(2), recvDisplacements: matrix(3),
      relayBuffer: UnsafeRawPointer(marker(relay)), dataType: .float8e5m2, comm: comm,
      stream: stream)
  }

  private func callWithBuffer(_ vccl: VCCLLibrary) throws {
    try vccl.allToAllV(
      sendBuffer: marker(send), sendCounts: matrix(0), sendDisplacements: matrix(1),
      recvBuffer: marker(recv), recvCounts: matrix(2), recvDisplacements: matrix(3),
      relayBuffer: marker(relay), relayCount: relayCount, dataType: .bfloat16, comm: comm,
      stream: stream)
  }

  private var exchanged: [Int] {
    [send, matrices[0], matrices[1], recv, matrices[2], matrices[3], relay]
  }

  @Test func relayPointer() throws {
    let fixture = try Fixture("relay-pointer", flavour: "relay-pointer")
    try callWithPointer(fixture.vccl)
    #expect(
      try fixture.recorder.lastCall()
        == Recorder.Call("ncclAlltoAllv", exchanged + [11] + handles))
    try expectRefusal(fixture, callWithBuffer)
  }

  @Test func relayBuffer() throws {
    let fixture = try Fixture("relay-buffer", flavour: "relay-buffer")
    try callWithBuffer(fixture.vccl)
    #expect(
      try fixture.recorder.lastCall()
        == Recorder.Call("ncclAlltoAllv", exchanged + [relayCount, 9] + handles))
    try expectRefusal(fixture, callWithPointer)
  }

  /// Both builds and one that nobody names, beside each other in one process.
  @Test func allAtOnce() throws {
    let pointer = try Fixture("relay-pointer", flavour: "relay-pointer")
    let buffer = try Fixture("relay-buffer", flavour: "relay-buffer")
    let unnamed = try Fixture("relay-buffer", flavour: nil)
    #expect(unnamed.vccl.library.flavour == nil && !unnamed.vccl.isAvailable(.allToAllV))
    #expect(pointer.vccl.library.release == buffer.vccl.library.release)
    try callWithPointer(pointer.vccl)
    try callWithBuffer(buffer.vccl)
    #expect(throws: CollectiveError.self) { try callWithBuffer(unnamed.vccl) }
    #expect(try pointer.recorder.lastCall().arguments.count == 10)
    #expect(try buffer.recorder.lastCall().arguments.count == 11)
    #expect(pointer.vccl.library.flavourSource == .named)
  }

  /// The form of the other flavour is not called.
  private func expectRefusal(_ fixture: Fixture, _ call: (VCCLLibrary) throws -> Void) throws {
    let before = try fixture.recorder.callCount()
    let error = try #require(throws: CollectiveError.self) { try call(fixture.vccl) }
    #expect(error.kind == .symbolUnavailable)
    #expect(error.call == "ncclAlltoAllv")
    #expect(try fixture.recorder.callCount() == before)
    #expect(error.description.contains("takes other arguments in this library (flavour "))
  }

  @Test(arguments: builds)
  func withoutAFlavour(build: String) throws {
    let fixture = try Fixture(build, flavour: nil)
    #expect(!fixture.vccl.isAvailable(.allToAllV))
    let before = try fixture.recorder.callCount()
    for call in [callWithPointer, callWithBuffer] {
      let error = try #require(throws: CollectiveError.self) { try call(fixture.vccl) }
      #expect(error.kind == .symbolUnavailable)
      #expect(error.call == "ncclAlltoAllv")
      #expect(
        error.description
          == "VCCL: ncclAlltoAllv has 2 signatures, and VCCL builds that differ in it have the same "
          + "version; set LoadOptions.flavour to one of: relay-pointer (ncclAlltoAllv takes the "
          + "relay buffer alone), relay-buffer (ncclAlltoAllv takes the relay buffer and its element "
          + "count); loaded 2.29.2 from \(fixture.vccl.library.path) (path given)")
    }
    #expect(try fixture.recorder.callCount() == before)
  }

  /// A flavour says something about one call only: the others need none.
  @Test(arguments: builds, [nil, "relay-pointer", "relay-buffer"])
  func allOtherCalls(build: String, flavour: String?) throws {
    let fixture = try Fixture(build, flavour: flavour)
    let vccl = fixture.vccl
    func expect(_ name: String, _ arguments: [Int], _ call: () throws -> Void) throws {
      try call()
      #expect(try fixture.recorder.lastCall() == Recorder.Call(name, arguments))
    }
    let id = try VCCLUniqueID(bytes: (0..<128).map { UInt8($0) })
    try expect("ncclCommInitRank", [0, 0x0123_4567, 0, 0x0089_ABCD]) {
      let comm = try vccl.commInitRank(nRanks: 0x0123_4567, uniqueID: id, rank: 0x0089_ABCD)
      #expect(comm.value.rawValue == marker(0x5eed_5eed_5eed))
    }
    #expect(try fixture.recorder.recordBytes(128) == id.bytes)
    try expect("ncclReduce", [send, recv, count, 2, 3, 77] + handles) {
      try vccl.reduce(
        sendBuffer: marker(send), recvBuffer: marker(recv), count: count, dataType: .int32,
        op: .min, root: 77, comm: comm, stream: stream)
    }
    try expect("ncclBroadcast", [send, recv, count, 3, 78] + handles) {
      try vccl.broadcast(
        sendBuffer: marker(send), recvBuffer: marker(recv), count: count, dataType: .uint32,
        root: 78, comm: comm, stream: stream)
    }
    try expect("ncclAllReduce", [send, recv, count, 6, 4] + handles) {
      try vccl.allReduce(
        sendBuffer: marker(send), recvBuffer: marker(recv), count: count, dataType: .float16,
        op: .avg, comm: comm, stream: stream)
    }
    try expect("ncclReduceScatter", [send, recv, count, 8, 1] + handles) {
      try vccl.reduceScatter(
        sendBuffer: marker(send), recvBuffer: marker(recv), recvCount: count, dataType: .float64,
        op: .prod, comm: comm, stream: stream)
    }
    try expect("ncclAllGather", [send, recv, count, 4] + handles) {
      try vccl.allGather(
        sendBuffer: marker(send), recvBuffer: marker(recv), sendCount: count, dataType: .int64,
        comm: comm, stream: stream)
    }
    try expect("ncclSend", [send, count, 5, 79] + handles) {
      try vccl.send(
        sendBuffer: marker(send), count: count, dataType: .uint64, peer: 79, comm: comm,
        stream: stream)
    }
    try expect("ncclRecv", [recv, count, 7, 80] + handles) {
      try vccl.recv(
        recvBuffer: marker(recv), count: count, dataType: .float32, peer: 80, comm: comm,
        stream: stream)
    }
    try expect("ncclCommCount", [handles[0], 0]) {
      let value = try vccl.commCount(comm: comm)
      #expect(value == 101)
    }
    try expect("ncclCommCuDevice", [handles[0], 0]) {
      let value = try vccl.commDevice(comm: comm)
      #expect(value == 102)
    }
    try expect("ncclCommUserRank", [handles[0], 0]) {
      let value = try vccl.commUserRank(comm: comm)
      #expect(value == 103)
    }
    try expect("ncclCommGetAsyncError", [handles[0], 0]) {
      let value = try vccl.commGetAsyncError(comm: comm)
      #expect(value == .remoteError)
    }
    try expect("ncclCommFinalize", [handles[0]]) { try vccl.commFinalize(comm: comm) }
    try expect("ncclCommDestroy", [handles[0]]) { try vccl.commDestroy(comm: comm) }
    try expect("ncclCommAbort", [handles[0]]) { try vccl.commAbort(comm: comm) }
    try expect("ncclGetErrorString", [6]) {
      let value = try vccl.getErrorString(result: .remoteError)
      #expect(value == "a status")
    }
    try expect("ncclGetLastError", [handles[0]]) {
      let value = try vccl.getLastError(comm: comm)
      #expect(value == "the last error")
    }
    try expect("ncclGetUniqueId", [0]) {
      let value = try vccl.getUniqueID().bytes
      #expect(value == Array(repeating: 7, count: 128))
    }
    try expect("ncclGetVersion", [0]) {
      let value = try vccl.getVersion()
      #expect(value == 22902)
    }
    try expect("ncclGroupStart", []) { try vccl.groupStart() }
    try expect("ncclGroupEnd", []) { try vccl.groupEnd() }
    let refused = VCCLFunction.all.filter { !vccl.isAvailable($0) }
    #expect(refused == (flavour == nil ? [.allToAllV] : []))
  }

  @Test func unknownFlavour() throws {
    let path = try Self.compile("relay-pointer")
    let error = try #require(throws: LoadError.self) {
      try VCCLLibrary.load(LoadOptions(path: path, flavour: "relay"))
    }
    guard case .unknownFlavour(let failure) = error else { throw Unexpected("\(error)") }
    #expect(failure.known == Self.builds)
    #expect(
      error.description
        == "VCCL: there is no flavour \"relay\"; use one of: relay-pointer, relay-buffer")
  }
}
