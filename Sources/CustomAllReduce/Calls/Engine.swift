internal import CUDADriverBindings
internal import CUDARuntime
internal import Collectives

/// One rank's kernels and memory, ready to be launched.
///
/// Only one thread may use it at a time; `CustomAllReduce` sees to that.
final class Engine: @unchecked Sendable {
  /// What the others need to see this rank's memory.
  let offer: [UInt8]

  let context: Context
  let rank: Int
  private let nRanks: Int
  private let arenaBytes: Int
  private let timeout: UInt64
  let report: FailureReport
  private let launches: KernelLaunches
  private let peerCheck: PreparedLaunch
  private let comparison: PreparedLaunch
  private let own: DeviceBuffer<UInt8>
  private var workspace: Workspace?
  /// See `Engine+Capture`.
  var captured = CapturedBuffers()
  /// By rank; set before anybody captures.
  private(set) var processes: [UInt64] = []

  private let maxBlocks: Int

  /// Compiles or reads the kernels, brings them to the device, and takes memory.
  init(
    _ context: Context, rank: Int, nRanks: Int, _ options: CustomAllReduce.Options,
    arenaBytes: Int
  ) throws(CustomAllReduceError) {
    self.context = context
    self.rank = rank
    self.nRanks = nRanks
    self.arenaBytes = arenaBytes
    timeout = Self.nanoseconds(options.timeout)
    maxBlocks = options.maxBlocks
    let modules = try Self.modules(context, nRanks: nRanks, options)
    guard let anyModule = modules.first?.module else {
      throw .invalidArgument("no data types are asked for")
    }
    report = try onDevice { () throws(CUDAError) in try FailureReport(context) }
    launches = try onDevice { () throws(CUDAError) in try Self.launches(modules, context) }
    peerCheck = try onDevice { () throws(CUDAError) in
      try Self.prepare(anyModule.kernel("allReduceCheckPeers"), overlaps: false)
    }
    comparison = try onDevice { () throws(CUDAError) in
      try Self.prepare(anyModule.kernel("allReduceCompareCalls"), overlaps: false)
    }
    let memory = try onDevice { () throws(CUDAError) in
      try Workspace.allocate(context, arenaBytes: arenaBytes)
    }
    own = memory.buffer
    offer = memory.offer
  }

  private static func nanoseconds(_ duration: Duration) -> UInt64 {
    let (seconds, attoseconds) = duration.components
    let (whole, overflows) = UInt64(max(seconds, 0)).multipliedReportingOverflow(by: 1_000_000_000)
    return overflows ? .max / 2 : min(whole, .max / 2) + UInt64(max(attoseconds, 0) / 1_000_000_000)
  }

  private typealias TypedModule = (element: KernelElement, module: Module)

  private static func modules(
    _ context: Context, nRanks: Int, _ options: CustomAllReduce.Options
  ) throws(CustomAllReduceError) -> [TypedModule] {
    try onDevice { () throws(CUDAError) in
      let images = KernelImages(
        compiler: try Compiler(), capability: try context.device.computeCapability(),
        cache: ImageCache(directory: options.cacheDirectory))
      let elements = KernelElement.allCases.filter { options.dataTypes.contains($0.dataType) }
      return try elements.map { (element) throws(CUDAError) in
        let source = KernelSource(element: element, nRanks: nRanks)
        return (element, try Module(context, image: images.image(for: source).bytes))
      }
    }
  }

  private static func launches(
    _ modules: [TypedModule], _ context: Context
  ) throws(CUDAError) -> KernelLaunches {
    let multiprocessors = try context.device.attribute(.multiprocessorCount)
    var launches = KernelLaunches()
    for (element, module) in modules {
      for kernel in AllReduceKernel.allCases {
        launches[element, kernel] = KernelLaunch(
          try prepare(module.kernel(kernel.entryPoint), overlaps: true),
          multiprocessors: multiprocessors)
      }
    }
    return launches
  }

  private static func prepare(
    _ kernel: Kernel, overlaps: Bool
  ) throws(CUDAError) -> PreparedLaunch {
    // What is loaded at the first launch would break a capture.
    try kernel.load()
    let capability = try kernel.module.context.device.computeCapability()
    return PreparedLaunch(
      kernel, argumentBytes: ArgumentsLayout.size,
      overlapsPrevious: overlaps && capability.major >= 9)
  }
}

// MARK: setup and end

extension Engine {
  /// Opens the memory of all ranks.
  ///
  /// - Parameter devices: By rank; nil where this process does not see a device.
  func open(_ offers: [[UInt8]], devices: [Device?]) throws(CustomAllReduceError) {
    var all: [DeviceBuffer<UInt8>] = []
    for (peer, offer) in offers.enumerated() {
      all.append(
        peer == rank
          ? own : try Workspace.open(offer, of: peer, on: devices[peer], in: context))
    }
    workspace = Workspace(own: own, all: all)
    processes = try offers.map { (offer) throws(CustomAllReduceError) in
      try Workspace.process(of: offer)
    }
    for launch in launches.all.map(\.prepared) + [peerCheck, comparison] {
      setConstants(of: launch)
    }
    // The peers write into it as soon as they check; it must be clear before any rank goes on.
    try onDevice { () throws(CUDAError) in
      try workspace?.prepare(armed: false, in: Stream(context))
    }
  }

  private func setConstants(of launch: PreparedLaunch) {
    let arguments = launch.arguments
    func store<Value: BitwiseCopyable>(_ value: Value, _ offset: Int) {
      arguments.storeBytes(of: value, toByteOffset: offset, as: Value.self)
    }
    store(report.address, ArgumentsLayout.report)
    store(timeout, ArgumentsLayout.timeout)
    store(UInt64(arenaBytes), ArgumentsLayout.arenaBytes)
    store(UInt32(rank), ArgumentsLayout.rank)
    for (peer, buffer) in (workspace?.all ?? []).enumerated() {
      store(UInt64(UInt(bitPattern: buffer.pointer)), ArgumentsLayout.workspaces + 8 * peer)
    }
  }

  /// Whether what is written at the peers arrives, and theirs here. Blocks for at most ten
  /// seconds, or the time-out where that is shorter.
  func checkPeers() throws(CustomAllReduceError) {
    let launch = peerCheck
    launch.arguments.storeBytes(
      of: min(timeout, 10_000_000_000), toByteOffset: ArgumentsLayout.timeout, as: UInt64.self)
    launch.arguments.storeBytes(
      of: 0x5EED_0001, toByteOffset: ArgumentsLayout.description, as: UInt32.self)
    try onDevice { () throws(CUDAError) in
      let stream = try Stream(context)
      try launch.launch(blocks: 1, threads: 32, in: stream)
      try stream.synchronize()
    }
    guard case .unreachable(let ranks) = report.failure()?.cause else { return }
    throw .invalidArgument(
      "the functional check failed: memory of rank "
        + ranks.map(String.init).joined(separator: ", ") + " cannot be written and read")
  }

  /// The last step of the setup: after it all ranks may send.
  func arm() throws(CustomAllReduceError) {
    try onDevice { () throws(CUDAError) in
      try workspace?.prepare(armed: true, in: Stream(context))
    }
  }

  /// Whether no rank has failed and this one's kernels are done, as far as it can know. Blocks
  /// until the device is done; not where a failure is known already, behind which other kernels in
  /// its streams may never end.
  func hasEndedWell() -> Bool {
    guard report.failure() == nil else { return false }
    let place = ArgumentsLayout.failureWord
    do throws(CUDAError) {
      try context.synchronize()
      // What another rank has left here, of which no kernel of this one had to take notice.
      let word = try own[place..<place + MemoryLayout<UInt32>.size].array()
      return report.failure() == nil && word.allSatisfy { $0 == 0 }
    } catch {
      // A device that does not answer may still be at work.
      return false
    }
  }

  /// Lets go of the other ranks' memory, which no kernel of this rank uses any more.
  func closePeers() {
    workspace = nil
    captured = CapturedBuffers()
  }
}

// MARK: calls

extension Engine {
  /// A message or a part of it.
  struct Message {
    let input: UnsafeMutableRawPointer
    let output: UnsafeMutableRawPointer
    let byteCount: Int
    let element: KernelElement
    let operation: KernelOperation

    /// nil: there is no kernel for it.
    init?(_ call: Call) {
      guard let element = KernelElement(call.dataType), let operation = KernelOperation(call.op),
        let input = call.send, let output = call.receive
      else { return nil }
      self.init(input, output, call.byteCount, element, operation)
    }

    private init(
      _ input: UnsafeMutableRawPointer, _ output: UnsafeMutableRawPointer, _ byteCount: Int,
      _ element: KernelElement, _ operation: KernelOperation
    ) {
      self.input = input
      self.output = output
      self.byteCount = byteCount
      self.element = element
      self.operation = operation
    }

    /// Some of its bytes.
    func part(_ bytes: Range<Int>) -> Message {
      Message(
        input + bytes.lowerBound, output + bytes.lowerBound, bytes.count, element, operation)
    }
  }

  func launch(
    _ shape: SelectionTable.Launch, _ message: Message, in stream: Stream
  ) throws(CUDAError) {
    guard let launch = launches[message.element, shape.kernel] else {
      throw .invalidArgument("no kernels were made ready for \(message.element.dataType)")
    }
    let arguments = launch.prepared.arguments
    let packs = message.byteCount / 16
    guard shape.kernel.arenaBytes(message.byteCount, nRanks: nRanks) <= arenaBytes else {
      throw .invalidArgument(
        "\(message.byteCount) bytes do not fit into the workspace of \(shape.kernel.rawValue)")
    }
    if shape.kernel == .pullAndPush {
      arguments.storeBytes(
        of: try slot(for: message), toByteOffset: ArgumentsLayout.registration, as: UInt64.self)
    }
    arguments.storeBytes(
      of: message.input, toByteOffset: ArgumentsLayout.input, as: UnsafeMutableRawPointer.self)
    arguments.storeBytes(
      of: message.output, toByteOffset: ArgumentsLayout.output, as: UnsafeMutableRawPointer.self)
    arguments.storeBytes(
      of: UInt32(packs), toByteOffset: ArgumentsLayout.packs, as: UInt32.self)
    arguments.storeBytes(
      of: message.operation.rawValue, toByteOffset: ArgumentsLayout.operation, as: UInt32.self)
    let work = shape.kernel.packsPerLaunch(packs, nRanks: nRanks)
    let blocks = min(
      shape.blocks, (work + shape.threads - 1) / shape.threads, maxBlocks,
      try launch.mostBlocks(threads: shape.threads))
    try launch.prepared.launch(
      blocks: UInt32(max(blocks, 1)), threads: UInt32(shape.threads), in: stream)
  }

  /// Has the ranks compare what they are about to call.
  func compare(_ call: CallDescription, in stream: Stream) throws(CUDAError) {
    comparison.arguments.storeBytes(
      of: call.word, toByteOffset: ArgumentsLayout.description, as: UInt32.self)
    try comparison.launch(blocks: 1, threads: 32, in: stream)
  }
}
