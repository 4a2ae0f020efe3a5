internal import CUDADriverBindings
internal import CUDARuntime
internal import Collectives

/// Makes an all-reduce ready, with all ranks: each step is one that all make or none.
struct Setup {
  let exchange: any PeerExchange
  let context: Context
  let options: CustomAllReduce.Options
  let takesEverything: Bool

  enum Outcome {
    case ready(Engine, SelectionPolicy)
    case refused([Refusal])
  }

  /// Every rank must call it. Blocks until all have, and compiles kernels that no cache has.
  func run() throws(ExchangeError) -> Outcome {
    var ranks: [RankDescription] = []
    switch try exchange.agree({ () throws(CustomAllReduceError) in try describe().bytes }) {
    case .refused(let refusals): return .refused(refusals)
    case .all(let pieces):
      for bytes in pieces { ranks.append(try RankDescription(bytes: bytes)) }
    }
    let refusals = Eligibility.refusals(ranks, sharesDevices: options.sharesDevices)
    guard refusals.isEmpty else { return .refused(refusals) }
    return try share(with: ranks)
  }

  private func share(with ranks: [RankDescription]) throws(ExchangeError) -> Outcome {
    var made: (engine: Engine, policy: SelectionPolicy)?
    let agreement = try exchange.agree { () throws(CustomAllReduceError) in
      try checkLinks(ranks)
      let policy = try policy()
      let engine = try Engine(
        context, rank: exchange.rank, nRanks: exchange.nRanks, options,
        arenaBytes: policy.arenaBytes)
      made = (engine, policy)
      SharedEngines.keep(engine)
      return engine.offer
    }
    switch (agreement, made) {
    case (.refused(let refusals), let made):
      // Nobody has opened anything.
      if let made { SharedEngines.release(made.engine) }
      return .refused(refusals)
    case (.all, nil): return .refused([])
    case (.all(let offers), let made?):
      let refusals = try connect(made.engine, offers, ranks.map { device($0.device) })
      return refusals.isEmpty ? .ready(made.engine, made.policy) : .refused(refusals)
    }
  }

  /// Opens, checks and clears the memory of all ranks; each step waits for the one before on all of
  /// them.
  private func connect(
    _ engine: Engine, _ offers: [[UInt8]], _ devices: [Device?]
  ) throws(ExchangeError) -> [Refusal] {
    var refusals = try self.refusals(of: { () throws(CustomAllReduceError) in
      try engine.open(offers, devices: devices)
    })
    if refusals.isEmpty { refusals = try self.refusals(of: engine.checkPeers) }
    if refusals.isEmpty { refusals = try self.refusals(of: engine.arm) }
    guard !refusals.isEmpty else { return [] }
    // Nobody's memory goes before all have let go of it.
    engine.closePeers()
    try exchange.barrier()
    SharedEngines.release(engine)
    return refusals
  }

  private func refusals(
    of step: () throws(CustomAllReduceError) -> Void
  ) throws(ExchangeError) -> [Refusal] {
    let agreement = try exchange.agree { () throws(CustomAllReduceError) in
      try step()
      return []
    }
    guard case .refused(let refusals) = agreement else { return [] }
    return refusals
  }

  /// nil: this process does not see it.
  private func device(_ uuid: DeviceUUID) -> Device? {
    try? context.device.cuda.device(uuid: uuid.description)
  }

  private func describe() throws(CustomAllReduceError) -> RankDescription {
    let (uuid, capability) = try onDevice { () throws(CUDAError) in
      (try context.device.uuid(), try context.device.computeCapability())
    }
    return RankDescription(
      host: try HostIdentity.current(), device: uuid,
      capability: capability, configuration: try configuration(capability))
  }

  /// Everything that must be the same on all ranks, as a text that can be compared and read.
  private func configuration(
    _ capability: ComputeCapability
  ) throws(CustomAllReduceError) -> String {
    let types = options.dataTypes.map(\.name).sorted().joined(separator: " and ")
    let table = Digest(of: Array(try table(capability).text.utf8))
    let multiprocessors = try onDevice { () throws(CUDAError) in
      try context.device.attribute(.multiprocessorCount)
    }
    return
      "\(multiprocessors) multiprocessors, kernels \(KernelSource.digest), table \(table), types \(types), "
      + "at most \(options.maxByteCount) bytes and \(options.maxBlocks) blocks, "
      + "waits for \(options.timeout), "
      + (takesEverything ? "takes everything" : "with a fallback")
      + (options.comparesCalls ? ", compares calls" : "")
      + (options.sharesDevices ? ", ranks share devices" : "")
  }

  private func table(
    _ capability: ComputeCapability
  ) throws(CustomAllReduceError) -> SelectionTable {
    if let table = options.selection { return table }
    do throws(SelectionError) {
      return try .builtIn(for: capability, nRanks: exchange.nRanks)
    } catch {
      throw .invalidArgument("\(error)")
    }
  }

  private func policy() throws(CustomAllReduceError) -> SelectionPolicy {
    guard options.maxByteCount >= 16, options.maxByteCount <= SelectionPolicy.countable,
      options.maxByteCount % 16 == 0
    else {
      throw .invalidArgument(
        "maxByteCount is \(options.maxByteCount); it is a multiple of 16, at most "
          + "\(SelectionPolicy.countable)")
    }
    let unknown = options.dataTypes.filter { KernelElement($0) == nil }.map(\.name).sorted()
    guard unknown.isEmpty else {
      throw .invalidArgument(
        "there are no kernels for " + unknown.joined(separator: ", ") + "; there are for "
          + KernelElement.allCases.map(\.dataType.name).joined(separator: ", "))
    }
    guard options.maxBlocks > 0 else {
      throw .invalidArgument("maxBlocks is \(options.maxBlocks); it is at least 1")
    }
    let capability = try onDevice { () throws(CUDAError) in
      try context.device.computeCapability()
    }
    return SelectionPolicy(
      table: try table(capability), nRanks: exchange.nRanks, maxByteCount: options.maxByteCount,
      dataTypes: options.dataTypes, takesEverything: takesEverything)
  }

  private func checkLinks(_ ranks: [RankDescription]) throws(CustomAllReduceError) {
    let links = try onDevice { () throws(CUDAError) in
      try context.device.cuda.links(between: ranks.map(\.device))
    }
    let missing = Eligibility.unlinkedPeers(of: exchange.rank, nRanks: ranks.count) {
      links[$0][$1] == .nvlink
    }
    guard missing.isEmpty else {
      throw .invalidArgument(
        "no NVLink to rank " + missing.map(String.init).joined(separator: ", "))
    }
  }
}
