internal import CCUDADriverBindings
internal import CUDADriverBindings
internal import LibraryLoader

/// Numbers of blocks or threads in three directions.
public struct Dimensions: Hashable, Sendable, ExpressibleByIntegerLiteral {
  /// Each at least 1.
  public var x, y, z: Int

  /// Makes dimensions; those left out are 1.
  public init(_ x: Int, _ y: Int = 1, _ z: Int = 1) { (self.x, self.y, self.z) = (x, y, z) }

  /// In one direction.
  public init(integerLiteral value: Int) { self.init(value) }
}

/// How a kernel is launched.
public struct LaunchConfiguration: Sendable {
  /// Blocks.
  public var grid: Dimensions
  /// Threads of a block.
  public var block: Dimensions
  /// Shared memory of a block that is asked for at the launch, in bytes.
  public var sharedBytes = 0
  /// All blocks run at once, so that they may wait for each other; a launch that does not fit the
  /// device fails.
  public var isCooperative = false
  /// The kernel may begin before the one in front of it in the stream has ended, and waits for it
  /// by itself (`griddepcontrol`). From compute capability 9.0 on.
  public var overlapsPrevious = false

  /// Makes a configuration.
  public init(
    grid: Dimensions, block: Dimensions, sharedBytes: Int = 0, isCooperative: Bool = false,
    overlapsPrevious: Bool = false
  ) {
    self.grid = grid
    self.block = block
    self.sharedBytes = sharedBytes
    self.isCooperative = isCooperative
    self.overlapsPrevious = overlapsPrevious
  }
}

/// What a kernel is launched with, in the order of its parameters, each laid out as C does.
public struct KernelArguments: Sendable {
  private(set) var bytes: [UInt8] = []
  private(set) var offsets: [Int] = []

  /// Makes an empty list.
  public init() {}

  /// A number, a pointer, or a struct of such as C lays it out.
  public mutating func append<Value: BitwiseCopyable>(_ value: Value) {
    let alignment = MemoryLayout<Value>.alignment
    bytes.append(
      contentsOf: repeatElement(0, count: (alignment - bytes.count % alignment) % alignment))
    offsets.append(bytes.count)
    withUnsafeBytes(of: value) { bytes.append(contentsOf: $0) }
  }

  /// Where a buffer lies. The caller keeps it until the kernel is done.
  public mutating func append<Element>(_ buffer: DeviceBuffer<Element>) {
    append(buffer.address)
  }
}

extension Kernel {
  /// Puts the kernel into a stream. Does not block.
  ///
  /// - C: `cuLaunchKernelEx`
  public func launch(
    _ configuration: LaunchConfiguration, _ arguments: KernelArguments, in stream: Stream
  ) throws(CUDAError) {
    var attributes = LaunchAttributes()
    if configuration.isCooperative { attributes.append(.cooperative) }
    if configuration.overlapsPrevious { attributes.append(.programmaticStreamSerialization) }
    let grid = try Self.checked(configuration.grid, "grid")
    let block = try Self.checked(configuration.block, "block")
    guard let sharedBytes = UInt32(exactly: configuration.sharedBytes) else {
      throw .invalidArgument("\(configuration.sharedBytes) bytes of shared memory")
    }
    try arguments.withPointers { (pointers) throws(CUDAError) in
      try attributes.withPointer { (attributes, count) throws(CUDAError) in
        var config = CULaunchConfig()
        (config.gridDimX, config.gridDimY, config.gridDimZ) = grid
        (config.blockDimX, config.blockDimY, config.blockDimZ) = block
        config.sharedMemBytes = sharedBytes
        config.hStream = stream.handle.rawValue
        config.attrs = attributes
        config.numAttrs = count
        try stream.context.call { (driver) throws(CollectiveError) in
          try driver.launchKernelEx(config: &config, f: handle, kernelParams: pointers, extra: nil)
        }
      }
    }
  }

  private static func checked(
    _ dimensions: Dimensions, _ what: String
  ) throws(CUDAError) -> (UInt32, UInt32, UInt32) {
    guard let x = UInt32(exactly: dimensions.x), let y = UInt32(exactly: dimensions.y),
      let z = UInt32(exactly: dimensions.z), x > 0, y > 0, z > 0
    else {
      throw .invalidArgument(
        "a \(what) of \(dimensions.x) by \(dimensions.y) by \(dimensions.z) cannot be launched")
    }
    return (x, y, z)
  }
}

extension KernelArguments {
  /// The addresses of the values, as the driver wants them.
  fileprivate func withPointers(
    _ body: (UnsafeMutablePointer<UnsafeMutableRawPointer?>?) throws(CUDAError) -> Void
  ) throws(CUDAError) {
    guard !offsets.isEmpty else { return try body(nil) }
    // Aligned for everything that a kernel can take.
    let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes.count, alignment: 16)
    defer { memory.deallocate() }
    UnsafeMutableRawBufferPointer(start: memory, count: bytes.count).copyBytes(from: bytes)
    var pointers: [UnsafeMutableRawPointer?] = offsets.map { memory + $0 }
    try pointers.withUnsafeMutableBufferPointer { (buffer) throws(CUDAError) in
      try body(buffer.baseAddress)
    }
  }
}

/// An array of `CUlaunchAttribute`. The headers of different releases have other members in its
/// union and agree on its size and on where things stand.
struct LaunchAttributes {
  enum Identifier: UInt32 {
    case cooperative = 2
    case programmaticStreamSerialization = 6
  }

  /// `int id; char pad[4]; union { char pad[64]; int flag; … } value;`
  private static let stride = 72
  private static let valueOffset = 8

  private var identifiers: [Identifier] = []

  var count: UInt32 { UInt32(identifiers.count) }

  mutating func append(_ identifier: Identifier) { identifiers.append(identifier) }

  func withPointer(
    _ body: (UnsafeMutableRawPointer?, UInt32) throws(CUDAError) -> Void
  ) throws(CUDAError) {
    guard !identifiers.isEmpty else { return try body(nil, 0) }
    let memory = allocate()
    defer { memory.deallocate() }
    try body(memory, count)
  }

  /// The array as the driver wants it, in memory that the caller gives back.
  func allocate() -> UnsafeMutableRawPointer {
    let byteCount = max(identifiers.count, 1) * Self.stride
    let memory = UnsafeMutableRawPointer.allocate(byteCount: byteCount, alignment: 8)
    memory.initializeMemory(as: UInt8.self, repeating: 0, count: byteCount)
    for (index, identifier) in identifiers.enumerated() {
      let attribute = memory + index * Self.stride
      attribute.storeBytes(of: identifier.rawValue, as: UInt32.self)
      (attribute + Self.valueOffset).storeBytes(of: 1, as: Int32.self)
    }
    return memory
  }
}
