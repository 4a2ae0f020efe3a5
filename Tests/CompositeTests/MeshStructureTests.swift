import LibraryLoader
import MeshBindings
import Testing

/// Versioned structures and status codes, which depend on the release that is loaded.
@Suite struct MeshStructureTests {
  /// The fixture's C compares each field with its own header's initialiser.
  @Test(
    "A configuration is laid out and stamped for the loaded release", arguments: Fixture.releases)
  func configuration(_ release: String) throws {
    let mesh = try Fixture.mesh(release)
    let id = try mesh.getUniqueID()
    let parent = try mesh.commInitRank(nRanks: 4, uniqueID: id, rank: 0)
    var config = MeshConfig(isBlocking: 1, name: "a name")
    if release != "1.0.0" { config.ratio = 0.25 }
    if release == "2.1.0" {
      config.windowFlags = [.strict, .symmetric]
      config.parent = parent
    }
    let comm = try mesh.commInitConfig(nRanks: 7, uniqueID: id, rank: 1, config: config)
    #expect(try mesh.commCount(comm: comm) == 7)
    #expect(
      try mesh.commCount(comm: mesh.commInitConfig(nRanks: 3, uniqueID: id, rank: 1)) == 3,
      "without a configuration")
  }

  @Test("The fixture notices a field that is wrong")
  func tripwire() throws {
    let mesh = try Fixture.mesh("2.1.0")
    let id = try mesh.getUniqueID()
    let error = #expect(throws: CollectiveError.self) {
      try mesh.commInitConfig(nRanks: 7, uniqueID: id, rank: 1, config: MeshConfig(name: "a name"))
    }
    #expect(error?.lastError == "blocking")
  }

  @Test("A property that the loaded release does not know is an error")
  func unknownField() throws {
    let mesh = try Fixture.mesh("1.0.0")
    let id = try mesh.getUniqueID()
    let error = #expect(throws: CollectiveError.self) {
      try mesh.commInitConfig(
        nRanks: 7, uniqueID: id, rank: 1, config: MeshConfig(level: MeshLevel.none))
    }
    #expect(error?.description.contains("level") == true)
    #expect(error?.description.contains("2.0.0") == true)
  }

  @Test("A structure that the library fills in is read back", arguments: ["2.0.0", "2.1.0"])
  func report(_ release: String) throws {
    let report = try Fixture.mesh(release).groupEnd()
    #expect(report.estimatedTime == 1.5 && report.count == 12)
  }

  @Test("A code means what the loaded release says that it means")
  func pending() throws {
    let old = try Fixture.mesh("1.0.0")
    let new = try Fixture.mesh("2.0.0")
    let comm = try new.commInitRank(nRanks: 1, uniqueID: new.getUniqueID(), rank: 0)
    // 5 is "accepted, not finished" since 2.0.0 and nothing before.
    try new.commDestroy(comm: comm)
    let error = #expect(throws: CollectiveError.self) { try old.commDestroy(comm: comm) }
    #expect(error?.codeName == nil)
    #expect(error?.description.contains("5") == true)
  }

  @Test("An error has code, name, text, last error and release; unknown codes survive")
  func errors() throws {
    let mesh = try Fixture.mesh("2.1.0")
    let known = #expect(throws: CollectiveError.self) {
      try mesh.commName(comm: MeshComm(rawValue: nil))
    }
    #expect(known?.codeName == "systemError" || known?.codeName == "meshSystemError")
    #expect(known?.text == "system error" && known?.lastError == "not my communicator")
    #expect(known?.call == "meshCommName" && known?.release?.description == "2.1.0")
    let unknown = #expect(throws: CollectiveError.self) {
      try mesh.commDestroy(comm: MeshComm(rawValue: nil))
    }
    #expect(unknown?.codeName == nil && unknown?.description.contains("77") == true)
  }

  @Test("Enumerations are open, and aliases equal what they stand for")
  func enumerations() {
    #expect(MeshDataType.half == .float16 && MeshDataType.char == .int8)
    #expect(MeshDataType(rawValue: 99).rawValue == 99)
    #expect(MeshResult.systemError.rawValue == -2)
    #expect(MeshDataType.bfloat16.name(in: LibraryRelease(1, 0, 0)) == nil)
    #expect(MeshDataType.bfloat16.name(in: LibraryRelease(2, 0, 0)) != nil)
    #expect(MeshConstants.mask == 0xF000_0000 as UInt32 && MeshConstants.undefFloat == -1)
  }
}
