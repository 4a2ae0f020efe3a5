public import CUDARuntime
internal import Synchronization

extension CustomAllReduce {
  /// Records calls, as `Graph.capture` does, and registers their buffers with all ranks before it
  /// returns, so that large messages need not go through a workspace. Every rank must call it, and
  /// make the same calls in `body`. Blocks until all ranks have come.
  ///
  /// There is one such capture at a time. What this thread calls in captured streams belongs to it;
  /// calls in streams that are not captured go on beside it. The buffers must live as long as the
  /// graph is launched by any rank, and then until `close()`; after a failure as long as the
  /// process, since ranks that are late may still write to them. They come from `cuMemAlloc`, or
  /// are mapped and were made to be shared by file descriptors, as `PhysicalMemory` and NCCL's
  /// memory are. Every rank must launch the graph, in the same order with other calls.
  ///
  /// - Throws: on every rank, where one could not record or share its buffers; nobody then has a
  ///   graph.
  /// - C: `cuStreamBeginCapture`, `cuIpcGetMemHandle`, `cuMemExportToShareableHandle`
  public func capture(
    _ stream: Stream, mode: CaptureMode = .threadLocal,
    _ body: (Stream) throws(CustomAllReduceError) -> Void
  ) throws(CustomAllReduceError) -> Graph {
    try checkOpen()
    let engine = state.withLock { $0.engine }
    // Without kernels of ours there is nothing to register.
    guard let engine else { return try record(stream, mode, body) }
    var graph: Graph?
    var hasBegun = false
    // Once: the next may be another thread's.
    func cancel() {
      guard hasBegun else { return }
      hasBegun = false
      state.withLock { _ in engine.cancelCapture() }
    }
    defer { cancel() }
    let offers = try exchange.agreeInCapture { () throws(CustomAllReduceError) in
      try state.withLock { (state) throws(CustomAllReduceError) in
        try onDevice { () throws(CUDAError) in
          try engine.beginCapture()
          hasBegun = true
          try state.order.willRecord(stream)
        }
      }
      graph = try record(stream, mode, body)
      return try state.withLock { (_) throws(CustomAllReduceError) in
        try onDevice { () throws(CUDAError) in try engine.endRecording() }
      }
    }
    do throws(CustomAllReduceError) {
      try register(offers, engine)
    } catch {
      cancel()
      // Nobody's buffers go before all have let go of them.
      if case .captureFailed = error {
        try exchanging { () throws(ExchangeError) in try exchange.barrier() }
      }
      throw error
    }
    state.withLock { _ in engine.keepCapture() }
    hasBegun = false
    guard let graph else { throw .invalidArgument("nothing was captured") }
    return graph
  }

  /// Opens what the ranks have offered each other.
  private func register(
    _ offers: [[UInt8]], _ engine: Engine
  ) throws(CustomAllReduceError) {
    let offers = try exchanging { () throws(ExchangeError) in
      try offers.map { (bytes) throws(ExchangeError) in try CaptureOffer(bytes: bytes) }
    }
    let pieces = offers.map(\.pieces)
    var descriptors = [[MappedPiece: PhysicalMemory]](repeating: [:], count: nRanks)
    // All ranks see this alike.
    if Set(engine.processes).count > 1, !pieces.allSatisfy(\.isEmpty) {
      let context = engine.context
      try DescriptorExchange(
        exchange: exchange, isElsewhere: engine.isElsewhere, counts: pieces.map(\.count)
      ).run(
        make: { (index) throws(CustomAllReduceError) in
          try Self.descriptor(of: pieces[rank][index], context)
        },
        take: { (peer, descriptor) throws(CustomAllReduceError) in
          let piece = pieces[peer][descriptors[peer].count]
          descriptors[peer][piece] = try onDevice { () throws(CUDAError) in
            try PhysicalMemory(context, importing: descriptor, byteCount: piece.byteCount)
          }
        })
    }
    _ = try exchange.agreeInCapture { () throws(CustomAllReduceError) in
      try state.withLock { (_) throws(CustomAllReduceError) in
        try engine.register(offers, descriptors)
      }
      return []
    }
  }

  /// A file descriptor of mapped memory of this rank's.
  private static func descriptor(
    of piece: MappedPiece, _ context: Context
  ) throws(CustomAllReduceError) -> Int32 {
    do throws(CUDAError) { return try piece.memory(context).makeDescriptor() } catch {
      throw .invalidArgument(
        "a captured buffer is in memory at 0x\(String(piece.address, radix: 16)) that was not made "
          + "to be shared by file descriptors: \(error); say so to cuMemCreate, or take buffers "
          + "from cuMemAlloc")
    }
  }

  private func record(
    _ stream: Stream, _ mode: CaptureMode, _ body: (Stream) throws(CustomAllReduceError) -> Void
  ) throws(CustomAllReduceError) -> Graph {
    try Graph.capture(stream, mode: mode, failure: { .cuda($0) }, body)
  }
}
