import CNVRTCBindings
import LibraryLoader
import NVRTCBindings
import Testing

/// NVIDIA's run-time compiler, which needs no GPU: two releases behind one module.
@Suite(.needsNVRTC) struct NVRTCTests {
  static let libraries = [
    "12.9": "nvrtc/12.9/libnvrtc.so.12", "13.5": "nvrtc/13.5/libnvrtc.so.13",
  ]
  private static let releases = libraries.keys.sorted()

  private static let kernel = """
    extern "C" __global__ void scale(float *values, float factor, int count) {
      int index = blockIdx.x * blockDim.x + threadIdx.x;
      if (index < count) values[index] *= factor;
    }
    """

  private func load(_ release: String) throws -> NVRTCLibrary {
    let name = try #require(Self.libraries[release])
    return try NVRTCLibrary.load(path: Corpus.path(name))
  }

  @Test func version() throws {
    // Both at once, in one process.
    let libraries = try Self.releases.map(load)
    let versions = try libraries.map { try $0.version() }
    #expect(versions.map(\.major) == [12, 13])
    #expect(versions.map(\.minor) == [9, 5])
    #expect(
      libraries.map(\.library.release) == [LibraryRelease(12, 9, 0), LibraryRelease(13, 5, 0)])
  }

  @Test(arguments: releases)
  func ptx(release: String) throws {
    let nvrtc = try load(release)
    let ptx = try withProgram(Self.kernel, nvrtc) { program in
      try compile(program, ["--gpu-architecture=compute_90"], nvrtc)
      let size = try nvrtc.getPTXSize(program: program)
      return text(try buffer(size) { try nvrtc.getPTX(program: program, ptx: $0) })
    }
    #expect(ptx.contains(".target sm_90"))
    #expect(ptx.contains(".visible .entry scale("))
  }

  @Test(arguments: releases)
  func cubin(release: String) throws {
    let nvrtc = try load(release)
    let bytes = try withProgram(Self.kernel, nvrtc) { program in
      try compile(program, ["--gpu-architecture=sm_90"], nvrtc)
      let size = try nvrtc.getCUBINSize(program: program)
      return try buffer(size) { try nvrtc.getCUBIN(program: program, cubin: $0) }
    }
    // A 64-bit ELF file for NVIDIA's machine, 190.
    #expect(Array(bytes.prefix(5)) == [0x7F, 0x45, 0x4C, 0x46, 2])
    #expect(Array(bytes[18..<20]) == [190, 0])
    #expect(text(bytes.map { $0 == 0 ? 32 : $0 }).contains(".text.scale"))
  }

  @Test(arguments: releases)
  func compileError(release: String) throws {
    let nvrtc = try load(release)
    try withProgram("__global__ void wrong() { undeclared = 1; }", nvrtc) { program in
      let error = try #require(throws: CollectiveError.self) {
        try compile(program, ["--gpu-architecture=compute_90"], nvrtc)
      }
      #expect(error.kind == .status(code: 6))
      #expect(error.call == "nvrtcCompileProgram")
      #expect(error.codeName == "errorCompilation")
      #expect(error.text == "NVRTC_ERROR_COMPILATION")
      #expect(error.release == nvrtc.library.release)
      let size = try nvrtc.getProgramLogSize(program: program)
      let log = text(try buffer(size) { try nvrtc.getProgramLog(program: program, log: $0) })
      #expect(log.contains("kernel.cu(1): error: identifier \"undeclared\" is undefined"))
    }
  }

  @Test(arguments: releases)
  func architectures(release: String) throws {
    let nvrtc = try load(release)
    var all = [Int32](repeating: 0, count: Int(try nvrtc.getNumSupportedArchs()))
    try nvrtc.getSupportedArchs(supportedArchs: &all)
    #expect(all.contains(90))
    #expect(all == all.sorted())
  }

  /// 13.5 has functions that 12.9 lacks, and the other way round.
  @Test func functionsOfOneRelease() throws {
    let old = try load("12.9")
    let new = try load("13.5")
    #expect(!old.isAvailable(.getTileIR) && new.isAvailable(.getTileIR))
    let error = try #require(throws: CollectiveError.self) {
      try old.installBundledHeaders(installPath: nil, flags: 0, errorLog: nil)
    }
    #expect(error.kind == .symbolUnavailable)
    let text = "nvrtcInstallBundledHeaders needs NVRTC 13.5.0 or later; loaded 12.9.0 from "
    #expect(error.text?.hasPrefix(text) == true)
  }

  // --- Helpers ---

  private func withProgram<Result>(
    _ source: String, _ nvrtc: NVRTCLibrary, _ body: (NVRTCProgram) throws -> Result
  ) throws -> Result {
    let program = try nvrtc.createProgram(
      src: source, name: "kernel.cu", numHeaders: 0, headers: nil, includeNames: nil)
    defer {
      var handle = program.rawValue
      #expect(throws: Never.self) { try nvrtc.destroyProgram(program: &handle) }
      #expect(handle == nil)
    }
    return try body(program)
  }

  private func compile(
    _ program: NVRTCProgram, _ options: [String], _ nvrtc: NVRTCLibrary
  ) throws {
    let copies = options.map { Array($0.utf8CString) }
    let text = copies.flatMap { $0 }
    try text.withUnsafeBufferPointer { text in
      var pointers: [UnsafePointer<CChar>?] = []
      var offset = 0
      for copy in copies {
        pointers.append(text.baseAddress.map { $0 + offset })
        offset += copy.count
      }
      try nvrtc.compileProgram(
        program: program, numOptions: Int32(pointers.count), options: pointers)
    }
  }

  private func buffer(
    _ size: Int, _ fill: (UnsafeMutablePointer<CChar>?) throws -> Void
  ) throws -> [UInt8] {
    var characters = [CChar](repeating: 0, count: size)
    try characters.withUnsafeMutableBufferPointer { try fill($0.baseAddress) }
    return characters.map { UInt8(bitPattern: $0) }
  }

  /// Up to the first zero.
  private func text(_ bytes: [UInt8]) -> String {
    String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
  }
}

extension Trait where Self == ConditionTrait {
  fileprivate static var needsNVRTC: Self { needsCorpus(NVRTCTests.libraries.values.sorted()) }
}
