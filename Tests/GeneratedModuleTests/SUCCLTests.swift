import LibraryLoader
import SUCCLBindings
import TestSupport
import Testing

/// Both descriptions of SUCCL, each compiled to a library, behind one module in one process.
@Suite struct SUCCLTests {
  private struct Fixture {
    let succl: SUCCLLibrary
    let recorder: Recorder

    init(_ release: String) throws {
      succl = try SUCCLLibrary.load(path: SUCCLTests.compile(release))
      recorder = Recorder(library: succl.library)
    }
  }

  /// The path of a new library of a release.
  private static func compile(_ release: String) throws -> String {
    let root = repositoryRoot()
    return try FixtureLibrary.compile(
      source: fixtureSource("succl.c"),
      flags: [
        "-I\(root)/Profiles/Headers/succl/\(release)",
        "-I\(root)/Tests/GeneratedModuleTests/Fixtures", "-Wall", "-Wextra", "-Werror",
      ], name: "libsuccl.so.2"
    ).path
  }

  // Values that differ from each other in every half, so that no two can be mistaken.
  private let send = 0x1111_0000_1112
  private let recv = 0x2222_0000_2223
  private let count = 0x3333_0000_3334
  private let comm = SUCCLComm(rawValue: marker(0x4444_0000_4445))
  private let stream = SUCCLStream(rawValue: marker(0x5555_0000_5556))
  private let reserved = 0x6666_0000_6667
  private let handles = [0x4444_0000_4445, 0x5555_0000_5556]
  private let rootRank: Int32 = 0x0777_0778
  private let peer: Int32 = 0x0888_0889

  /// A call and what must arrive of it, but for the trailing pointer.
  private typealias Call = (
    name: String, arguments: [Int], run: (SUCCLLibrary, UnsafeMutableRawPointer?) throws -> Void
  )

  /// The calls that take the trailing pointer in 2.0.0.
  private func callsWithReserved(id: SUCCLUniqueID = .zero) -> [Call] {
    [
      (
        "succlAllGather", [send, recv, count, 8] + handles,
        {
          try $0.allGather(
            sendBuffer: marker(send), recvBuffer: marker(recv), sendCount: count,
            dataType: .bfloat16, comm: comm, stream: stream, reserved: $1)
        }
      ),
      (
        "succlAllReduce", [send, recv, count, 9, 4] + handles,
        {
          try $0.allReduce(
            sendBuffer: marker(send), recvBuffer: marker(recv), count: count, dataType: .float32,
            op: .avg, comm: comm, stream: stream, reserved: $1)
        }
      ),
      (
        "succlBroadcast", [send, recv, count, 10, Int(rootRank)] + handles,
        {
          try $0.broadcast(
            sendBuffer: marker(send), recvBuffer: marker(recv), count: count, dataType: .float64,
            root: rootRank, comm: comm, stream: stream, reserved: $1)
        }
      ),
      (
        "succlCommInitRank", [0, 0x0123_4567, 0, 0x0089_ABCD],
        {
          let comm = try $0.commInitRank(
            nRanks: 0x0123_4567, uniqueID: id, rank: 0x0089_ABCD, reserved: $1)
          #expect(comm.rawValue == marker(0x5eed_5eed_5eed))
        }
      ),
      (
        "succlRecv", [recv, count, 7, Int(peer)] + handles,
        {
          try $0.recv(
            recvBuffer: marker(recv), count: count, dataType: .uint64, peer: peer, comm: comm,
            stream: stream, reserved: $1)
        }
      ),
      (
        "succlReduce", [send, recv, count, 3, 1, Int(rootRank)] + handles,
        {
          try $0.reduce(
            sendBuffer: marker(send), recvBuffer: marker(recv), count: count, dataType: .uint16,
            op: .prod, root: rootRank, comm: comm, stream: stream, reserved: $1)
        }
      ),
      (
        "succlReduceScatter", [send, recv, count, 2, 2] + handles,
        {
          try $0.reduceScatter(
            sendBuffer: marker(send), recvBuffer: marker(recv), recvCount: count, dataType: .int16,
            op: .max, comm: comm, stream: stream, reserved: $1)
        }
      ),
      (
        "succlSend", [send, count, 1, Int(peer)] + handles,
        {
          try $0.send(
            sendBuffer: marker(send), count: count, dataType: .uint8, peer: peer, comm: comm,
            stream: stream, reserved: $1)
        }
      ),
    ]
  }

  /// The calls that are the same in both releases.
  private var otherCalls: [Call] {
    [
      ("succlCommDestroy", [handles[0]], { library, _ in try library.commDestroy(comm: comm) }),
      (
        "succlGetErrorString", [42],
        { library, _ in
          let value = try library.getErrorString(result: SUCCLResult(rawValue: 42))
          #expect(value == "the answer")
        }
      ),
      (
        "succlGetUniqueId", [0],
        { library, _ in
          let value = try library.getUniqueID().bytes
          #expect(value == (0..<128).map { UInt8(255 - $0) })
        }
      ),
      (
        "succlGetVersion", [0],
        { library, _ in
          let value = try Int(library.getVersion())
          #expect(value == library.library.versionCode)
        }
      ),
      ("succlGroupEnd", [], { library, _ in try library.groupEnd() }),
      ("succlGroupStart", [], { library, _ in try library.groupStart() }),
    ]
  }

  @Test func everyCallInBothReleases() throws {
    let fixtures = [try Fixture("1.0.0"), try Fixture("2.0.0")]
    #expect(fixtures.map { $0.succl.library.versionCode } == [10000, 20000])
    let calls = callsWithReserved() + otherCalls
    #expect(Set(calls.map(\.name)).count == 14)
    #expect(Set(calls.map(\.name)) == Set(SUCCLFunction.all.map(\.description)))
    // In turns, so that one library's calls would be seen to end up in the other.
    for (index, call) in calls.enumerated() {
      let isExtended = index < calls.count - otherCalls.count
      for (fixture, trailing) in zip(fixtures, [[], isExtended ? [0] : []]) {
        let before = try fixture.recorder.callCount()
        try call.run(fixture.succl, nil)
        #expect(try fixture.recorder.callCount() == before + 1)
        #expect(
          try fixture.recorder.lastCall() == Recorder.Call(call.name, call.arguments + trailing))
      }
    }
  }

  @Test func reservedArrives() throws {
    let fixture = try Fixture("2.0.0")
    for call in callsWithReserved() {
      try call.run(fixture.succl, marker(reserved))
      #expect(
        try fixture.recorder.lastCall() == Recorder.Call(call.name, call.arguments + [reserved]))
    }
  }

  @Test func reservedIsRefusedWhereThereIsNone() throws {
    let fixture = try Fixture("1.0.0")
    let before = try fixture.recorder.callCount()
    for call in callsWithReserved() {
      let error = try #require(throws: CollectiveError.self) {
        try call.run(fixture.succl, marker(reserved))
      }
      #expect(error.kind == .argumentUnsupported)
      #expect(error.call == call.name)
      #expect(
        error.description
          == "SUCCL: \(call.name) has no argument reserved in this library; loaded 1.0.0 from "
          + "\(fixture.succl.library.path) (path given)")
    }
    #expect(try fixture.recorder.callCount() == before)
  }

  /// All 128 bytes cross the call by value, and the integers beside them are not moved by it.
  @Test(arguments: ["1.0.0", "2.0.0"])
  func uniqueIDByValue(release: String) throws {
    let fixture = try Fixture(release)
    let bytes = (0..<128).map { UInt8(($0 * 37 + 11) % 256) }
    let call = try #require(
      callsWithReserved(id: try SUCCLUniqueID(bytes: bytes)).first {
        $0.name == "succlCommInitRank"
      })
    try call.run(fixture.succl, nil)
    #expect(try fixture.recorder.recordBytes(128) == bytes)
    let arguments = try fixture.recorder.lastCall().arguments
    #expect([arguments[1], arguments[3]] == [0x0123_4567, 0x0089_ABCD])
  }

  @Test func uniqueIDBytes() throws {
    let bytes = (0..<128).map { UInt8($0) }
    #expect(SUCCLUniqueID.byteCount == 128)
    #expect(try SUCCLUniqueID(bytes: bytes).bytes == bytes)
    for count in [127, 129] {
      let error = #expect(throws: ByteCountError.self) {
        try SUCCLUniqueID(bytes: Array(repeating: 1, count: count))
      }
      #expect(error?.description == "expected 128 bytes, found \(count)")
    }
  }

  /// A failed call's error has the library's words.
  @Test func status() throws {
    let fixture = try Fixture("2.0.0")
    try fixture.recorder.setStatus(5)
    let error = try #require(throws: CollectiveError.self) { try fixture.succl.groupEnd() }
    #expect(error.kind == .status(code: 5))
    #expect(error.codeName == "invalidUsage")
    #expect(error.text == "a status")
    #expect(error.release == LibraryRelease(2, 0, 0))
    try fixture.recorder.setStatus(42)
    let unknown = try #require(throws: CollectiveError.self) { try fixture.succl.groupEnd() }
    #expect(unknown.codeName == nil)
    #expect(unknown.text == "the answer")
  }

  /// The numbers are SUCCL's: under the same names NCCL has others.
  @Test func dataTypes() {
    #expect(SUCCLDataType.bfloat16.rawValue == 8)
    #expect(SUCCLDataType.float32.rawValue == 9)
    #expect(SUCCLDataType.float64.rawValue == 10)
    for release in [LibraryRelease(1, 0, 0), LibraryRelease(2, 0, 0), nil] {
      let values = SUCCLDataType.values(in: release)
      #expect(values.map(\.rawValue) == Array(0...10))
      #expect(
        values.map(\.description) == [
          "int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64", "bfloat16",
          "float32", "float64",
        ])
    }
    let names = SUCCLDataType.enumerators.flatMap { ["\($0.name)", "\($0.symbol)"] }
    let sixteenBits = names.filter {
      $0.lowercased().hasSuffix("float16") || $0.lowercased().contains("half")
    }
    #expect(sixteenBits == ["bfloat16", "succlBfloat16"])
  }

  @Test func environmentOrder() throws {
    let first = try Self.compile("1.0.0")
    let second = try Self.compile("2.0.0")
    func load(_ environment: [String: String]) throws -> LoadedLibrary {
      try SUCCLLibrary.load(LoadOptions(environment: environment)).library
    }
    let both = try load(["VLLM_SCCL_SO_PATH": second, "SUCCL_LIBRARY_PATH": first])
    #expect(both.path == first)
    #expect(both.release == LibraryRelease(1, 0, 0))
    let swapped = try load(["VLLM_SCCL_SO_PATH": first, "SUCCL_LIBRARY_PATH": second])
    #expect(swapped.path == second)
    let other = try load(["VLLM_SCCL_SO_PATH": second])
    #expect(other.path == second)
    // What is named first counts, even where it does not work.
    let error = try #require(throws: LoadError.self) {
      try load(["VLLM_SCCL_SO_PATH": second, "SUCCL_LIBRARY_PATH": "\(first).missing"])
    }
    #expect("\(error)".contains("SUCCL_LIBRARY_PATH"))
  }
}
