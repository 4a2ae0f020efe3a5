internal import CUDADriverBindings
public import CUDARuntime
public import Collectives
internal import Synchronization

/// An all-reduce between the GPUs of one host that NVLink connects, with kernels of our own.
///
/// All ranks make one, with the same options, and call it in the same order with the same sizes, as
/// with any collective. What it does not take goes to the fallback, by the same call. It works in
/// place and out of place, eagerly and while a stream is captured; a captured call needs no
/// registration.
///
/// Two ranks may be processes or threads of one process. Several instances may exist and run at once
/// on different streams, as long as their kernels fit the GPUs together.
///
/// The same elements give the same bits on every rank; see `Options.isDeterministic` for what else
/// they do not depend on.
///
/// Safe to use from several threads, which then order their calls themselves.
public final class CustomAllReduce: Sendable {
  /// This rank.
  public let rank: Int
  /// How many ranks there are.
  public let nRanks: Int
  /// Why it is off, the same on every rank; empty: it is on.
  public let refusals: [Refusal]

  let exchange: any PeerExchange
  private let fallback: (any FallbackAllReduce)?
  private let comparesCalls: Bool
  private let policy: SelectionPolicy?
  /// Held during a launch, which may wait in the driver for kernels that wait for other ranks. What
  /// ends or explains such waiting does without it.
  let state: Mutex<State>
  private let isClosed = Atomic(false)
  /// nil: refused.
  private let report: FailureReport?

  struct State {
    /// nil: refused or closed.
    var engine: Engine?
    var order = StreamOrder()
    /// A failure has been thrown; from then on calls go to the fallback.
    var hasThrown = false
  }

  /// Sets it up, with all ranks: each must call this. Blocks until all have. Where kernels have to be
  /// compiled, that takes about a second for each data type; later starts read them from a cache.
  ///
  /// `init(_:rendezvous:options:)` attaches one to a communicator.
  ///
  /// A machine that cannot do this is no error: `refusals` says why on every rank, and all calls go
  /// to the fallback.
  ///
  /// - Throws: `CustomAllReduceError.exchange` where the ranks do not find each other.
  public convenience init(
    _ context: Context, exchange: any PeerExchange, options: Options = Options(),
    fallback: (any FallbackAllReduce)? = nil
  ) throws(CustomAllReduceError) {
    let outcome = try exchanging { () throws(ExchangeError) in
      try Setup(
        exchange: exchange, context: context, options: options,
        takesEverything: options.isDeterministic || fallback == nil
      ).run()
    }
    self.init(exchange: exchange, options: options, fallback: fallback, outcome: outcome)
  }

  init(
    exchange: any PeerExchange, options: Options, fallback: (any FallbackAllReduce)?,
    outcome: Setup.Outcome
  ) {
    rank = exchange.rank
    nRanks = exchange.nRanks
    self.exchange = exchange
    self.fallback = fallback
    comparesCalls = options.comparesCalls
    switch outcome {
    case .ready(let engine, let policy):
      refusals = []
      self.policy = policy
      report = engine.report
      state = Mutex(State(engine: engine))
    case .refused(let refusals):
      self.refusals = refusals
      policy = nil
      report = nil
      state = Mutex(State())
    }
  }

  /// Ends it, with all ranks: each must call this, after its last call. Blocks until the device is
  /// done and all ranks have come. After a failure it waits neither for the device nor for the
  /// others.
  ///
  /// The memory is given back when all ranks have come. After a failure, where a rank does not
  /// come, and without a call of this, it stays until the process ends, as other ranks may still
  /// write to it.
  ///
  /// - Throws: `CustomAllReduceError.exchange` where a rank does not come.
  public func close() throws(CustomAllReduceError) {
    let engine: Engine? = state.withLock { state in
      isClosed.store(true, ordering: .releasing)
      defer { state.engine = nil }
      return state.engine
    }
    guard let engine, engine.hasEndedWell() else { return }
    engine.closePeers()
    try exchanging { () throws(ExchangeError) in try exchange.barrier() }
    SharedEngines.release(engine)
  }

  func checkOpen() throws(CustomAllReduceError) {
    guard !isClosed.load(ordering: .acquiring) else { throw .closed }
  }
}

// MARK: calls

extension CustomAllReduce {
  /// Combines the elements of all ranks; each rank has the result in `receive` when its stream has come
  /// so far. Every rank must call it. Does not block.
  ///
  /// The buffers must live until the stream has come so far; those of a captured call, as long as the
  /// graph is launched. A stream that is borrowed from another library must live until the next call
  /// that another stream runs, which waits for it.
  ///
  /// After a failure no rank may go on by itself: the ranks may notice it at different calls, and
  /// would go to the fallback with different ones. The results of all calls since the last that is
  /// known to be good are undefined. Ranks first agree at which call they go on, over a rendezvous
  /// or from a checkpoint.
  ///
  /// - Parameters:
  ///   - send: As many elements on every rank.
  ///   - receive: At least as many; the same memory, or none of it.
  ///   - op: The same on every rank.
  ///   - stream: Of the communicator's accelerator; on a GPU any of the driver's streams.
  /// - Throws: `CustomAllReduceError.failed` once, where a kernel has given up since the last call;
  ///   then calls go to the fallback. `fallback` with the fallback's own error. `cuda` where
  ///   another stream ran the last call and is captured now, but not by `capture(_:mode:_:)`:
  ///   nothing can be ordered behind that call.
  public func allReduce<Send: CollectiveMemory, Receive: CollectiveMemory>(
    _ send: Send, into receive: Receive, _ op: ReductionOp = .sum, on stream: some CollectiveStream
  ) throws(CustomAllReduceError) where Send.Element == Receive.Element {
    guard send.count <= receive.count else {
      throw .invalidArgument("\(send.count) elements do not fit into \(receive.count)")
    }
    try allReduce(
      send.address, into: receive.address, count: send.count, dataType: Send.Element.dataType, op,
      on: stream)
  }

  /// The same in place.
  public func allReduce(
    _ buffer: some CollectiveMemory, _ op: ReductionOp = .sum, on stream: some CollectiveStream
  ) throws(CustomAllReduceError) {
    try allReduce(buffer, into: buffer, op, on: stream)
  }

  /// The same with addresses, for elements whose type is known at run time alone.
  ///
  /// - Parameters:
  ///   - send: Where the elements begin.
  ///   - receive: Where the result goes; the same memory, or none of it.
  ///   - count: In elements, the same on every rank.
  ///   - dataType: The same on every rank.
  ///   - op: The same on every rank.
  ///   - stream: As above.
  public func allReduce(
    _ send: UnsafeMutableRawPointer?, into receive: UnsafeMutableRawPointer?, count: Int,
    dataType: DataType, _ op: ReductionOp = .sum, on stream: some CollectiveStream
  ) throws(CustomAllReduceError) {
    let call = try Call(send, receive, count, dataType, op)
    guard count > 0 else { return }
    let declined = try run(call, on: stream) { (policy, isRegistered) in
      policy.decide(
        byteCount: call.byteCount, dataType: dataType, op, isAligned: call.isAligned,
        isRegistered: isRegistered)
    }
    if let declined { try fallBack(declined, call, on: stream) }
  }

  /// The same with a kernel that the caller chooses, for measurements and tests.
  package func allReduce(
    _ send: UnsafeMutableRawPointer?, into receive: UnsafeMutableRawPointer?, count: Int,
    dataType: DataType, _ op: ReductionOp = .sum, using launch: SelectionTable.Launch,
    on stream: some CollectiveStream
  ) throws(CustomAllReduceError) {
    let call = try Call(send, receive, count, dataType, op)
    let declined = try run(call, on: stream) { policy, _ in
      .taken(
        Decision.Plan(launch, of: call.byteCount, inPartsOf: policy.partBytes(of: launch.kernel)))
    }
    if let declined { throw .notTaken(declined) }
  }

  /// Launches what is decided to be taken; returns why it is not.
  private func run(
    _ call: Call, on stream: some CollectiveStream,
    _ decide: (SelectionPolicy, _ isRegistered: Bool) -> Decision
  ) throws(CustomAllReduceError) -> Decision.Reason? {
    try state.withLock { (state) throws(CustomAllReduceError) in
      if let reason = try unavailability(&state) { return reason }
      guard let engine = state.engine, let policy else { return .off(refusals) }
      let stream =
        stream as? Stream
        ?? Stream(engine.context, borrowing: CUStream(rawValue: stream.address))
      // Another stream may run calls while one is captured.
      var isRegistered = engine.isCapturing
      if isRegistered {
        isRegistered = try onDevice { () throws(CUDAError) in try stream.isCapturing() }
      }
      switch decide(policy, isRegistered) {
      case .declined(let reason):
        // Another rank may take it.
        if comparesCalls {
          try onDevice { () throws(CUDAError) in
            try state.order.enter(stream)
            try engine.compare(CallDescription(call, isTaken: false), in: stream)
          }
        }
        return reason
      case .taken(let plan):
        guard let message = Engine.Message(call) else { return .noKernel(call.dataType, call.op) }
        try onDevice { () throws(CUDAError) in
          try state.order.enter(stream)
          if comparesCalls {
            try engine.compare(CallDescription(call, isTaken: true), in: stream)
          }
          try launch(plan, message, engine, stream)
        }
        return nil
      }
    }
  }

  /// Why nothing can be taken now; nil: something may be.
  private func unavailability(
    _ state: inout State
  ) throws(CustomAllReduceError) -> Decision.Reason? {
    try checkOpen()
    guard let failure = report?.failure() else { return nil }
    if state.hasThrown { return .failed(failure) }
    state.hasThrown = true
    throw .failed(failure)
  }

  private func launch(
    _ plan: Decision.Plan, _ message: Engine.Message, _ engine: Engine, _ stream: Stream
  ) throws(CUDAError) {
    for part in 0..<plan.launches {
      let start = part * plan.launchBytes
      let end = start + min(plan.launchBytes, message.byteCount - start)
      try engine.launch(plan.launch, message.part(start..<end), in: stream)
    }
  }

  private func fallBack(
    _ reason: Decision.Reason, _ call: Call, on stream: some CollectiveStream
  ) throws(CustomAllReduceError) {
    guard let fallback else {
      if case .off(let refusals) = reason { throw .refused(refusals) }
      throw .notTaken(reason)
    }
    do {
      try fallback.allReduce(
        call.send, into: call.receive, count: call.count, dataType: call.dataType, call.op,
        on: stream)
    } catch {
      throw .fallback(error)
    }
  }
}

// MARK: questions

extension CustomAllReduce {
  /// Whether a call of so many elements would be taken.
  ///
  /// - Parameter isAligned: Whether both addresses are multiples of 16.
  public func shouldUse(
    count: Int, dataType: DataType, _ op: ReductionOp = .sum, isAligned: Bool = true
  ) -> Bool {
    switch explain(count: count, dataType: dataType, op, isAligned: isAligned) {
    case .taken: true
    case .declined: false
    }
  }

  /// Who would compute such a call, how, and if not we, why.
  ///
  /// - Parameter isRegistered: Whether `capture(_:mode:_:)` records the call.
  public func explain(
    count: Int, dataType: DataType, _ op: ReductionOp = .sum, isAligned: Bool = true,
    isRegistered: Bool = false
  ) -> Decision {
    if isClosed.load(ordering: .acquiring) { return .declined(.closed) }
    if let failure = report?.failure() { return .declined(.failed(failure)) }
    guard let policy else { return .declined(.off(refusals)) }
    let (byteCount, overflows) = max(count, 0).multipliedReportingOverflow(by: dataType.byteCount)
    return policy.decide(
      byteCount: overflows ? .max / 16 * 16 : byteCount, dataType: dataType, op,
      isAligned: isAligned, isRegistered: isRegistered)
  }

  /// Throws if a kernel has given up. After a stream was synchronized this says whether the results
  /// of its calls are to be used. Does not block.
  public func check() throws(CustomAllReduceError) {
    if let failure = report?.failure() { throw .failed(failure) }
  }

  /// Has all kernels that wait end, here and on the other ranks. Does not block, not even while a
  /// call of another thread's waits in the driver; all ranks then find the failure.
  public func abort() { report?.abort() }
}
