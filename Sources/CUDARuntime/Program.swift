internal import CNVRTCBindings
public import LibraryLoader
internal import NVRTCBindings

/// Why a kernel's source does not compile.
public struct CompilationError: Error, Sendable, CustomStringConvertible {
  /// The source's name.
  public let name: String
  /// What the compiler says, with lines.
  public let log: String

  /// The log, below the source's name.
  public var description: String { "\(name) does not compile:\n\(log)" }
}

/// CUDA C++ that is compiled for a device at run time.
public struct Program: Sendable {
  /// What messages call it.
  public var name: String
  /// The source.
  public var source: String
  /// More of NVRTC's options, such as `--std=c++17`.
  public var options: [String]

  /// Makes a program.
  public init(name: String, source: String, options: [String] = []) {
    self.name = name
    self.source = source
    self.options = options
  }

  /// A compiled program.
  public struct Image: Sendable {
    /// The code for one kind of device.
    public let bytes: [UInt8]
    /// What the compiler said, such as warnings and the registers that kernels take; often empty.
    public let log: String
  }

  /// Compiles for devices of one compute capability. Takes from a tenth of a second to several;
  /// needs NVRTC and no GPU.
  ///
  /// - Throws: `CUDAError.compilation` with the compiler's words.
  /// - C: `nvrtcCompileProgram`, `nvrtcGetCUBIN`
  public func compile(for capability: ComputeCapability) throws(CUDAError) -> Image {
    try Compiler().compile(self, for: capability)
  }
}

/// NVRTC by itself: it compiles on machines without a GPU.
public struct Compiler: Sendable {
  private let nvrtc: NVRTCLibrary

  /// Finds and loads NVRTC: the first of the options' path, `NVRTC_LIBRARY_PATH`, the system's.
  public init(_ options: LoadOptions = LoadOptions()) throws(CUDAError) {
    do throws(LoadError) { nvrtc = try .load(options) } catch { throw .library(error) }
  }

  /// The compiler's release, such as 13.0: part of what tells one image from another.
  ///
  /// - C: `nvrtcVersion`
  public func release() throws(CUDAError) -> (major: Int, minor: Int) {
    let version = try calling { () throws(CollectiveError) in try nvrtc.version() }
    return (Int(version.major), Int(version.minor))
  }

  /// Compiles for devices of one compute capability.
  public func compile(
    _ program: Program, for capability: ComputeCapability
  ) throws(CUDAError) -> Program.Image {
    let handle = try calling { () throws(CollectiveError) in
      try nvrtc.createProgram(
        src: program.source, name: program.name, numHeaders: 0, headers: nil, includeNames: nil)
    }
    defer {
      var handle = handle.rawValue
      _ = nvrtc.functions.nvrtcDestroyProgram?(&handle)
    }
    let architecture = "--gpu-architecture=sm_\(capability.major)\(capability.minor)"
    do throws(CollectiveError) {
      try compile(handle, [architecture] + program.options)
    } catch {
      guard error.kind == .status(code: Int(NVRTCResult.errorCompilation.rawValue)) else {
        throw .call(error)
      }
      throw .compilation(CompilationError(name: program.name, log: try log(of: handle)))
    }
    let bytes = try calling { () throws(CollectiveError) in
      let size = try nvrtc.getCUBINSize(program: handle)
      return try Self.bytes(size) { (buffer) throws(CollectiveError) in
        try nvrtc.getCUBIN(program: handle, cubin: buffer)
      }
    }
    return Program.Image(bytes: bytes, log: try log(of: handle))
  }

  private func compile(
    _ handle: NVRTCProgram, _ options: [String]
  ) throws(CollectiveError) {
    var pointers: [UnsafePointer<CChar>?] = []
    var copies: [UnsafeMutablePointer<CChar>] = []
    defer { for copy in copies { copy.deallocate() } }
    for option in options {
      let text = option.utf8CString
      let copy = UnsafeMutablePointer<CChar>.allocate(capacity: text.count)
      for (index, byte) in text.enumerated() { copy[index] = byte }
      copies.append(copy)
      pointers.append(UnsafePointer(copy))
    }
    try nvrtc.compileProgram(
      program: handle, numOptions: Int32(options.count), options: pointers)
  }

  private func log(of handle: NVRTCProgram) throws(CUDAError) -> String {
    try calling { () throws(CollectiveError) in
      let size = try nvrtc.getProgramLogSize(program: handle)
      let bytes = try Self.bytes(size) { (buffer) throws(CollectiveError) in
        try nvrtc.getProgramLog(program: handle, log: buffer)
      }
      return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
  }

  private static func bytes(
    _ count: Int, _ write: (UnsafeMutablePointer<CChar>) throws(CollectiveError) -> Void
  ) throws(CollectiveError) -> [UInt8] {
    let buffer = UnsafeMutablePointer<CChar>.allocate(capacity: max(count, 1))
    defer { buffer.deallocate() }
    buffer.initialize(repeating: 0, count: max(count, 1))
    try write(buffer)
    return UnsafeBufferPointer(start: buffer, count: count).map { UInt8(bitPattern: $0) }
  }
}
