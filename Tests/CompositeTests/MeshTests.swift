import CMeshBindings
import LibraryLoader
import MeshBindings
import Testing

/// Calls every kind of function of the composite case through its generated module.
@Suite struct MeshTests {
  private static let stream = MeshStream(rawValue: UnsafeMutableRawPointer(bitPattern: 8))

  private func communicator(_ mesh: MeshLibrary) throws -> MeshComm {
    try mesh.commInitRank(nRanks: 4, uniqueID: try mesh.getUniqueID(), rank: 2)
  }

  @Test("The version code is decoded, by the old rule and by the new", arguments: Fixture.releases)
  func release(_ release: String) throws {
    #expect(try Fixture.mesh(release).library.release?.description == release)
  }

  @Test("128 bytes by value arrive between their neighbours", arguments: Fixture.releases)
  func uniqueID(_ release: String) throws {
    let mesh = try Fixture.mesh(release)
    let id = try mesh.getUniqueID()
    #expect(id.bytes == (0..<128).map { UInt8(truncatingIfNeeded: $0 * 3) })
    #expect(try MeshUniqueID(bytes: id.bytes).bytes == id.bytes)
    #expect(try mesh.commCount(comm: communicator(mesh)) == 4)
    #expect(throws: ByteCountError.self) { try MeshUniqueID(bytes: [1, 2, 3]) }
  }

  @Test("Results: a handle, a text with its length, a number", arguments: Fixture.releases)
  func results(_ release: String) throws {
    let mesh = try Fixture.mesh(release)
    let comm = try communicator(mesh)
    #expect(comm.rawValue != nil)
    let (name, length) = try mesh.commName(comm: comm)
    #expect(name == "grüß dich" && length == 11)
    #expect(try mesh.isReady(comm: comm))
    #expect(try !mesh.isReady(comm: MeshComm(rawValue: nil)))
  }

  @Test(
    "Added parameters default, and are refused where they are not known",
    arguments: [
      ("1.0.0", 4.0, false), ("2.0.0", 4.5, false), ("2.1.0", 7.5, true),
    ])
  func trailingParameters(_ release: String, _ expected: Double, _ takesHints: Bool) throws {
    let mesh = try Fixture.mesh(release)
    let comm = try communicator(mesh)
    var result = [0.0, 0.0]
    func reduce(_ reserved: UnsafeMutableRawPointer? = nil, hints: Int32 = 0) throws {
      try [1.0, 2.0].withUnsafeBytes { from in
        try result.withUnsafeMutableBytes { to in
          try mesh.allReduce(
            sendBuffer: from.baseAddress, recvBuffer: to.baseAddress, count: 2, dataType: .float64,
            op: .sum, comm: comm, stream: Self.stream, reserved: reserved, hints: hints)
        }
      }
    }
    try reduce()
    #expect(result == [4, 8])
    let reserved = UnsafeMutableRawPointer(bitPattern: 16)
    if release == "1.0.0" {
      let error = #expect(throws: CollectiveError.self) { try reduce(reserved) }
      #expect(error?.description.contains("reserved") == true)
    } else {
      try reduce(reserved, hints: takesHints ? 3 : 0)
      #expect(result[0] == expected)
    }
    if !takesHints {
      let error = #expect(throws: CollectiveError.self) { try reduce(hints: 3) }
      #expect(error?.description.contains("hints") == true)
    }
  }

  @Test("The signature of the loaded release is called, and no other")
  func changedSignature() throws {
    let (old, new) = (try Fixture.mesh("1.0.0"), try Fixture.mesh("2.0.0"))
    try withUnsafeBytes(of: 1) { bytes in
      let buffer = bytes.baseAddress
      try old.send(sendBuffer: buffer, count: -3 as Int32, peer: 9)
      try new.send(sendBuffer: buffer, count: 1 << 40 as Int, peer: 9)
      #expect(throws: CollectiveError.self) {
        try new.send(sendBuffer: buffer, count: -3 as Int32, peer: 9)
      }
      #expect(throws: CollectiveError.self) {
        try old.send(sendBuffer: buffer, count: 1 << 40 as Int, peer: 9)
      }
    }
  }

  @Test("Functions that come and go are missing by name")
  func availability() throws {
    let (old, new) = (try Fixture.mesh("2.0.0"), try Fixture.mesh("2.1.0"))
    #expect(old.isAvailable(.oldSend) && !new.isAvailable(.oldSend))
    #expect(!old.isAvailable(.window) && new.isAvailable(.window))
    let error = #expect(throws: CollectiveError.self) {
      try new.oldSend(sendBuffer: nil, count: 1)
    }
    #expect(error?.call == "meshOldSend")
    #expect(error?.description.contains("2.1.0") == true)
    #expect(!new.isAvailable(.setPrinter), "the fixture leaves it out")
  }

  @Test("Records by value and in return, in registers and in memory")
  func byValue() throws {
    let mesh = try Fixture.mesh("2.1.0")
    let pair = try mesh.swap(pair: MeshPair(value: 3, index: 8))
    #expect(pair.value == 8 && pair.index == 3)
    #expect(try mesh.weigh(packed: MeshPacked(tag: 2, value: -5, weight: 0.25)) == 19995.25)
    #expect(try mesh.lane(wide: 0xFF00, offset: -6, isNegative: true) == 5)
    let id = try mesh.getUniqueID()
    #expect(
      try mesh.mix(first: id, second: id).bytes
        == zip(id.bytes, id.bytes.reversed()).map { $0 ^ $1 })
    #expect(try mesh.keywords(self_: 1, in: 2, func: 3, argument4: 4, default: 5) == 54321)
  }

  @Test("A record that grew is passed as the loaded release has it")
  func grownRecord() throws {
    let (old, new) = (try Fixture.mesh("1.0.0"), try Fixture.mesh("2.0.0"))
    let small = try old.move(place: CMesh_meshPlace_t_1_0_0(x: 1, y: 2), by: 0.5)
    #expect(small.x == 1.5 && small.y == 1.5)
    let large = try new.move(place: CMesh_meshPlace_t_2_0_0(x: 1, y: 2, z: 3), by: 0.5)
    #expect(large.x == 1.5 && large.y == 1.5 && large.z == 1.5)
    #expect(throws: CollectiveError.self) {
      try new.move(place: CMesh_meshPlace_t_1_0_0(x: 1, y: 2), by: 0.5)
    }
  }

  @Test("A record behind a pointer: unions, nested records, arrays, bit-fields")
  func behindPointer() throws {
    let mesh = try Fixture.mesh("2.1.0")
    var from = MeshInfo()
    from.kind = 41
    from.rest = 0x3FFF_FFFE
    var info = MeshInfo()
    try mesh.describe(info: &info, from: &from)
    #expect(info.kind == 42 && info.handle == 0x1122_3344_5566_7788 && info.low == 0x5566_7788)
    #expect(info.name.text.map { String(cString: $0) } == "described" && info.name.length == 9)
    #expect(info.pairs.1.2.value == 2.5 && info.pairs.1.2.index == -7)
    #expect(info.ready == 1 && info.rest == 0x3FFF_FFFF)
  }

  @Test("Sizes and offsets are those of the vendor's header")
  func layouts() throws {
    let mesh = try Fixture.mesh("2.1.0")
    let address = try #require(mesh.library.address(ofSymbol: "meshSizes"))
    let sizes = (0..<7).map { address.load(fromByteOffset: $0 * 8, as: Int.self) }
    #expect(
      sizes == [
        MemoryLayout<MeshUniqueID>.size, MemoryLayout<MeshPair>.size,
        MemoryLayout<MeshPacked>.size, MemoryLayout<CMesh_meshPlace_t_2_0_0>.size,
        MemoryLayout<MeshInfo>.size, MemoryLayout<MeshInfo>.offset(of: \.name),
        MemoryLayout<MeshInfo>.offset(of: \.pairs),
      ])
  }

  @Test("A callback is called, with an enumeration, a text and its context")
  func callback() throws {
    let mesh = try Fixture.mesh("2.1.0")
    var heard = ""
    try withUnsafeMutablePointer(to: &heard) { context in
      try mesh.setLogger(
        logger: { level, text, context in
          let text = text.map { String(cString: $0) } ?? ""
          context?.assumingMemoryBound(to: String.self).pointee = "\(level): \(text)"
        }, context: context)
    }
    #expect(heard == "9: from C")
  }

  @Test("Flags are those of the parameter's integer")
  func flags() throws {
    let mesh = try Fixture.mesh("2.1.0")
    try withUnsafeTemporaryAllocation(byteCount: 8, alignment: 8) { buffer in
      try mesh.window(buffer: buffer.baseAddress, size: 4096, flags: .strict)
    }
    #expect(MeshWindowFlags.default.isEmpty)
    #expect([MeshWindowFlags.symmetric, .strict].map(\.rawValue) == [1, 2])
  }
}
