internal import Collectives

/// One case on one rank.
struct CaseRun<Element: CheckedElement> {
  let test: Case
  let layout: Layout
  let settings: Settings
  let communicator: Communicator
  let workspace: Workspace
  let drain: Drain

  /// Times it, then checks it.
  func measure(inPlace: Bool) throws -> LocalTiming {
    let call = call(inPlace: inPlace)
    let operation = test.operation
    let enqueue = { () throws(CommunicatorError) in try operation.enqueue(call) }
    let batch = try self.batch(settings.graphOperations, enqueue)
    let stopwatch = Stopwatch(
      iterations: settings.iterations, warmUps: settings.warmUps, rounds: settings.rounds,
      drain: drain)
    let times = try stopwatch.time(batch)
    guard settings.isChecked else { return LocalTiming(times: times, wrong: nil) }
    // A graph of one: several in place would work on each other's results.
    let single = try self.batch(settings.graphOperations.map { _ in 1 }, enqueue)
    return LocalTiming(times: times, wrong: try wrong(inPlace: inPlace, after: single))
  }

  private func batch(
    _ operations: Int?, _ enqueue: @escaping () throws(CommunicatorError) -> Void
  ) throws -> Batch {
    guard let operations else { return Batch(enqueue, then: settings.isBlocking ? drain : nil) }
    return try Batch(operations, in: drain.stream, of: enqueue)
  }

  // MARK: Places

  /// Where the two parts begin, in elements: of two buffers, or of one.
  private func starts(inPlace: Bool) -> (send: Int, receive: Int) {
    inPlace ? layout.inPlace?[communicator.rank] ?? (0, 0) : (0, 0)
  }

  private func call(inPlace: Bool) -> Call<Element> {
    let rank = communicator.rank
    let starts = starts(inPlace: inPlace)
    let source = inPlace ? workspace.receive : workspace.send
    return Call(
      communicator: communicator, stream: drain.stream, layout: layout,
      send: source.elements(Element.self, at: starts.send, count: layout.send[rank]),
      receive: workspace.receive.elements(
        Element.self, at: starts.receive, count: layout.receive[rank]),
      reduction: test.reduction ?? .sum, root: test.root ?? 0)
  }

  // MARK: Check

  private func wrong(inPlace: Bool, after batch: Batch) throws -> Int {
    let rank = communicator.rank
    let verifier = Verifier<Element>(test, layout, rank: rank, nRanks: communicator.nRanks)
    let starts = starts(inPlace: inPlace)
    try workspace.receive.write(filler(Element.self, layout.capacity), at: 0)
    try (inPlace ? workspace.receive : workspace.send).write(verifier.sent(), at: starts.send)
    try batch.launch()
    try drain()
    return verifier.wrong(
      in: try workspace.receive.read(
        Element.self, at: starts.receive, count: layout.receive[rank]))
  }
}
