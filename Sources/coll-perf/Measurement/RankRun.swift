internal import CUDADriverBindings
internal import CUDARuntime
internal import CollectiveInterface
internal import Collectives
internal import Rendezvous

/// A run on one rank, from joining the others to leaving them.
struct RankRun {
  let seat: Seat
  let library: any CollectiveLibrary
  let settings: Settings
  /// Told what there is to tell, on rank 0 alone.
  let listener: any RunListener

  /// Runs it; where it fails, the other ranks are told.
  func run() -> PerfError? {
    do {
      try measure()
      try seat.rendezvous.close()
      return nil
    } catch {
      let error = PerfError(error, rank: seat.rank)
      try? seat.rendezvous.store.fail(
        RendezvousError(.ranksLost, error.description, ranks: [seat.rank]))
      return error
    }
  }

  private func measure() throws {
    guard settings.root < seat.nRanks else {
      throw PerfError("the root \(settings.root) is not one of \(seat.nRanks) ranks")
    }
    let accelerator = try Accelerator.automatic(library, device: seat.device)
    // The library works on the calling thread's device.
    try accelerator.context?.makeCurrent()
    let devices = try gatherDevices(accelerator)
    let communicator = try join(accelerator)
    let cases = settings.cases(
      dataTypes: communicator.dataTypes,
      reductions: ReductionOp.builtIn.filter { communicator.has($0) })
    if seat.rank == 0 { listener.began(library, devices) }
    try measure(cases, communicator)
    try communicator.destroy()
  }

  private func gatherDevices(_ accelerator: Accelerator) throws -> [DeviceInfo] {
    let own = try DeviceInfo(accelerator, rank: seat.rank)
    return try seat.rendezvous.allGather(Array(own.json.rendered().utf8)).map {
      try DeviceInfo(json: JSONParser.parse($0))
    }
  }

  private func join(_ accelerator: Accelerator) throws -> Communicator {
    let made = seat.rank == 0 ? try UniqueID(madeBy: library).bytes : []
    let bytes = try seat.rendezvous.broadcast(made, root: 0)
    return try Communicator(
      library, id: try UniqueID(bytes: bytes, for: library), rank: seat.rank, nRanks: seat.nRanks,
      on: accelerator)
  }

  private func measure(_ cases: [Case], _ communicator: Communicator) throws {
    let layouts = try cases.map { try Layout($0, nRanks: seat.nRanks) }
    let byteCount = zip(cases, layouts).map { $0.dataType.byteCount * $1.capacity }.max() ?? 0
    let workspace = try Workspace(byteCount: byteCount, communicator, settings.registration)
    let drain = Drain(
      communicator: communicator, stream: try stream(communicator.accelerator),
      rendezvous: seat.rendezvous, timeout: settings.timeout)
    if let samples = settings.overheadSamples {
      try measureOverhead(samples, communicator, workspace, drain)
      return
    }
    for (test, layout) in zip(cases, layouts) {
      let row = try test.dataType.withElement { type in
        try measure(test, layout, type, communicator, workspace, drain)
      }
      if seat.rank == 0 { listener.measured(row) }
    }
  }

  private func measure<Element: CheckedElement>(
    _ test: Case, _ layout: Layout, _ type: Element.Type, _ communicator: Communicator,
    _ workspace: Workspace, _ drain: Drain
  ) throws -> Row {
    let run = CaseRun<Element>(
      test: test, layout: layout, settings: settings, communicator: communicator,
      workspace: workspace, drain: drain)
    let outOfPlace = try seat.rendezvous.combine(try run.measure(inPlace: false))
    let inPlace =
      layout.inPlace == nil
      ? nil : try seat.rendezvous.combine(try run.measure(inPlace: true))
    return Row(
      test: test, count: layout.count, byteCount: layout.capacity * test.dataType.byteCount,
      nRanks: seat.nRanks, outOfPlace: outOfPlace, inPlace: inPlace)
  }

  private func measureOverhead(
    _ samples: Int, _ communicator: Communicator, _ workspace: Workspace, _ drain: Drain
  ) throws {
    let count = max(1, (settings.sizes.first ?? 0) / MemoryLayout<Float>.stride)
    let measurement = OverheadMeasurement(
      communicator: communicator, drain: drain,
      memory: workspace.receive.elements(Float.self, at: 0, count: count), samples: samples)
    let own = try measurement.run()
    let all = try seat.rendezvous.exchange([own.communicator, own.direct])
    let overhead = Overhead(
      count: count, samples: samples, communicator: all.map { $0[0] }.max() ?? 0,
      direct: all.map { $0[1] }.max() ?? 0)
    if seat.rank == 0 { listener.measured(overhead) }
  }

  private func stream(_ accelerator: Accelerator) throws -> any CollectiveStream {
    guard settings.stream == .legacy else { return try accelerator.makeStream() }
    guard let context = accelerator.context else {
      throw PerfError("--stream default needs a GPU: this library works on the CPU")
    }
    return Stream(context, borrowing: CUStream(rawValue: nil))
  }
}

extension Layout {
  init(_ test: Case, nRanks: Int) throws {
    let elementSize = test.dataType.byteCount
    try self.init(
      test.operation, elements: test.size / elementSize, elementSize: elementSize, nRanks: nRanks)
  }
}

/// Told of a run's progress on rank 0.
protocol RunListener: Sendable {
  /// All ranks have joined.
  func began(_ library: any CollectiveLibrary, _ devices: [DeviceInfo])
  func measured(_ row: Row)
  func measured(_ overhead: Overhead)
}
