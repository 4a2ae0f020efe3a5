import CCUDADriverBindings
import CUDADriverBindings
import LibraryLoader
import TestSupport
import Testing

/// The driver's calls, on a fake libcuda where there is no driver: see Fixtures/fake_cuda.c.
@Suite struct CUDADriverTests {
  private struct Fake {
    let driver: CUDADriver
    let recorder: Recorder

    init(version: Int) throws {
      let fixture = try FixtureLibrary.compile(
        source: fixtureSource("fake_cuda.c"),
        flags: [
          "-DFAKE_VERSION=\(version)",
          "-I\(repositoryRoot())/Tests/GeneratedModuleTests/Fixtures", "-Wall", "-Wextra",
          "-Werror",
        ], name: "libfakecuda.so")
      driver = try CUDADriver.load(path: fixture.path)
      recorder = Recorder(library: driver.library)
    }
  }

  @Test(.needsNoDriver) func withoutADriver() throws {
    let error = try #require(throws: LoadError.self) {
      try CUDADriver.load(LoadOptions(environment: [:]))
    }
    guard case .notFound(let failure) = error else { throw Unexpected("\(error)") }
    #expect(failure.attempts.count == 1)
    #expect(failure.environmentVariables == ["CUDA_DRIVER_LIBRARY_PATH"])
    let lines = error.description.split(separator: "\n")
    #expect(lines.first == "CUDA driver: no library found")
    #expect(lines.count > 1 && lines[1].hasPrefix("  soname libcuda.so.1: "), "\(error)")
    #expect(error.description.contains("cannot open shared object file"))
  }

  @Test(arguments: [
    (12090, LibraryRelease(12, 9, 0)), (13050, LibraryRelease(13, 5, 0)),
    (12080, LibraryRelease(12, 8, 0)), (13100, LibraryRelease(13, 10, 0)),
  ])
  func version(code: Int, release: LibraryRelease) throws {
    let driver = try Fake(version: code).driver
    #expect(driver.library.versionCode == code)
    #expect(driver.library.release == release)
    #expect(try Int(driver.driverGetVersion()) == code)
  }

  /// The header renames functions with macros; what it declares as cuMemAlloc is another symbol.
  @Test(arguments: [12090, 13050])
  func renamedFunctions(version: Int) throws {
    let fake = try Fake(version: version)
    #expect(try fake.driver.memAlloc(bytesize: 0x1_2345_6789) == 0x7f00_1122_3344)
    #expect(
      try fake.recorder.lastCall() == Recorder.Call("cuMemAlloc_v2", [0, 0x1_2345_6789]))
  }

  /// Two symbols with one signature are one call; it takes the newest that the library has.
  @Test func renamedBetweenReleases() throws {
    for (version, symbol) in [(12090, "cuDeviceGetUuid"), (13050, "cuDeviceGetUuid_v2")] {
      let fake = try Fake(version: version)
      #expect(fake.driver.isAvailable(.deviceGetUuid))
      _ = try fake.driver.deviceGetUuid(device: 3)
      #expect(try fake.recorder.lastCall() == Recorder.Call(symbol, [0, 3]))
      let error = try #require(throws: CollectiveError.self) {
        try fake.driver.eventElapsedTime(hStart: .null, hEnd: .null)
      }
      #expect(error.kind == .symbolUnavailable)
      // Renamed is not removed.
      #expect(!error.description.contains("was removed"))
    }
  }

  /// Two headers declare cuCtxCreate differently, as two symbols: both are there to call.
  @Test func contextsOfBothForms() throws {
    let fake = try Fake(version: 13050)
    let plain = try fake.driver.ctxCreate(flags: 0x0102_0304, device: 5)
    #expect(plain.rawValue == marker(0x2222))
    #expect(
      try fake.recorder.lastCall() == Recorder.Call("cuCtxCreate_v2", [0, 0x0102_0304, 5]))
    var parameters = CUCtxCreateParams()
    parameters.execAffinityParams = marker(0xAAAA_0000_AAAB)
    parameters.numExecAffinityParams = 6
    parameters.cigParams = marker(0xBBBB_0000_BBBC)
    let extended = try fake.driver.ctxCreate(
      ctxCreateParams: &parameters, flags: 0x0506_0708, device: 7)
    #expect(extended.rawValue == marker(0x4444))
    #expect(
      try fake.recorder.lastCall()
        == Recorder.Call(
          "cuCtxCreate_v4", [0, 0xAAAA_0000_AAAB, 6, 0xBBBB_0000_BBBC, 0x0506_0708, 7]))
  }

  @Test func contextWithoutTheNewForm() throws {
    let fake = try Fake(version: 12090)
    #expect(try fake.driver.ctxCreate(flags: 1, device: 2).rawValue == marker(0x2222))
    let error = try #require(throws: CollectiveError.self) {
      try fake.driver.ctxCreate(ctxCreateParams: nil, flags: 1, device: 2)
    }
    #expect(error.kind == .symbolUnavailable)
    #expect(
      error.description
        == "CUDA driver: cuCtxCreate_v4 needs CUDA driver 13.5.0 or later; loaded 12.9.0 from "
        + "\(fake.driver.library.path) (path given)")
  }

  /// cuGetErrorString does not return the text but writes it.
  @Test func errorText() throws {
    let fake = try Fake(version: 12090)
    try fake.recorder.setStatus(2)
    let error = try #require(throws: CollectiveError.self) {
      try fake.driver.memAlloc(bytesize: 1)
    }
    #expect(error.kind == .status(code: 2))
    #expect(error.codeName == "errorOutOfMemory")
    #expect(error.text == "out of memory, says the fake")
    #expect(error.release == LibraryRelease(12, 9, 0))
    #expect(
      try fake.driver.getErrorString(error: .errorOutOfMemory) == "out of memory, says the fake")
    // The text's own call fails for a number that it does not know.
    try fake.recorder.setStatus(12345)
    let unknown = try #require(throws: CollectiveError.self) {
      try fake.driver.memAlloc(bytesize: 1)
    }
    #expect(unknown.kind == .status(code: 12345))
    #expect(unknown.codeName == nil)
    #expect(unknown.text == nil)
  }

  /// 64 bytes by value, between a pointer and an integer.
  @Test func memoryHandles() throws {
    #expect(MemoryLayout<CUIPCMemoryHandle>.size == 64)
    let fake = try Fake(version: 12090)
    var handle = try fake.driver.ipcGetMemHandle(pointer: 0x7f00_1122_3344)
    #expect(
      try fake.recorder.lastCall() == Recorder.Call("cuIpcGetMemHandle", [0, 0x7f00_1122_3344]))
    #expect(
      withUnsafeBytes(of: &handle) { Array($0) } == (0..<64).map { UInt8(200 - $0) })
    let bytes = (0..<64).map { UInt8($0 * 3 + 1) }
    withUnsafeMutableBytes(of: &handle) { $0.copyBytes(from: bytes) }
    #expect(
      try fake.driver.ipcOpenMemHandle(handle: handle, flags: 0xF0F1_F2F3) == 0x7f55_6677_8899)
    #expect(
      try fake.recorder.lastCall()
        == Recorder.Call("cuIpcOpenMemHandle_v2", [0, 0, 0xF0F1_F2F3]))
    #expect(try fake.recorder.recordBytes(64) == bytes)
  }
}
