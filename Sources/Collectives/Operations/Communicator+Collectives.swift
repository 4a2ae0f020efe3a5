internal import CollectiveInterface

// What all ranks take part in. Each call puts work into a stream and returns; buffers must not be
// touched until the stream has done it. In a stream that is captured, it becomes part of the graph.
//
// Errors, of all of them: `CommunicatorError` of kind `invalidArgument` for counts, roots and ranks
// that cannot be; `unsupported` for a type or reduction that the loaded library lacks; `library` for
// what the library refuses; `notUsable` after the communicator's end.

extension Communicator {
  /// Combines the ranks' elements; every rank gets the result.
  ///
  /// - Parameters:
  ///   - send: As many elements on every rank.
  ///   - receive: At least as many; may be the same memory.
  /// - C: `ncclAllReduce`
  public func allReduce<Send: CollectiveMemory, Receive: CollectiveMemory>(
    _ send: Send, into receive: Receive, _ op: ReductionOp = .sum, on stream: some CollectiveStream,
    configuration: CollectiveConfiguration? = nil
  ) throws(CommunicatorError) where Send.Element == Receive.Element {
    try check(room: receive.count, for: send.count, in: .allReduce)
    var arguments = try arguments(
      send.address, receive.address, send.count, Send.Element.dataType, stream, in: .allReduce)
    arguments.op = try code(op, in: .allReduce)
    let operation = arguments.configure(configuration, .allReduce, .allReduceConfig)
    try enqueue(operation, arguments)
  }

  /// The same in place.
  ///
  /// - C: `ncclAllReduce`
  public func allReduce(
    _ buffer: some CollectiveMemory, _ op: ReductionOp = .sum, on stream: some CollectiveStream,
    configuration: CollectiveConfiguration? = nil
  ) throws(CommunicatorError) {
    try allReduce(buffer, into: buffer, op, on: stream, configuration: configuration)
  }

  /// The same with addresses, for elements whose type is known at run time alone.
  ///
  /// - Parameters:
  ///   - count: In elements.
  ///   - dataType: The same on every rank.
  /// - C: `ncclAllReduce`
  public func allReduce(
    _ send: UnsafeMutableRawPointer?, into receive: UnsafeMutableRawPointer?, count: Int,
    dataType: DataType, _ op: ReductionOp = .sum, on stream: some CollectiveStream
  ) throws(CommunicatorError) {
    try check(count >= 0, in: .allReduce, "a message cannot have \(count) elements")
    var arguments = try arguments(send, receive, count, dataType, stream, in: .allReduce)
    arguments.op = try code(op, in: .allReduce)
    try enqueue(.allReduce, arguments)
  }

  /// Combines the ranks' elements; the root gets the result.
  ///
  /// - Parameters:
  ///   - send: As many elements on every rank.
  ///   - receive: At least as many on the root; not touched elsewhere. May be the same memory.
  /// - C: `ncclReduce`
  public func reduce<Send: CollectiveMemory, Receive: CollectiveMemory>(
    _ send: Send, into receive: Receive, _ op: ReductionOp = .sum, root: Int,
    on stream: some CollectiveStream, configuration: CollectiveConfiguration? = nil
  ) throws(CommunicatorError) where Send.Element == Receive.Element {
    try check(rank: root, "root", in: .reduce)
    if rank == root { try check(room: receive.count, for: send.count, in: .reduce) }
    var arguments = try arguments(
      send.address, receive.address, send.count, Send.Element.dataType, stream, in: .reduce)
    arguments.op = try code(op, in: .reduce)
    arguments.root = root
    let operation = arguments.configure(configuration, .reduce, .reduceConfig)
    try enqueue(operation, arguments)
  }

  /// Copies the root's elements to every rank.
  ///
  /// - Parameters:
  ///   - send: The elements on the root; not touched elsewhere.
  ///   - receive: As many on every rank. May be the same memory.
  /// - C: `ncclBroadcast`
  public func broadcast<Send: CollectiveMemory, Receive: CollectiveMemory>(
    _ send: Send, into receive: Receive, root: Int, on stream: some CollectiveStream,
    configuration: CollectiveConfiguration? = nil
  ) throws(CommunicatorError) where Send.Element == Receive.Element {
    try check(rank: root, "root", in: .broadcast)
    if rank == root { try check(room: send.count, for: receive.count, in: .broadcast) }
    var arguments = try arguments(
      send.address, receive.address, receive.count, Send.Element.dataType, stream, in: .broadcast)
    arguments.root = root
    let operation = arguments.configure(configuration, .broadcast, .broadcastConfig)
    try enqueue(operation, arguments)
  }

  /// The same in place.
  ///
  /// - C: `ncclBroadcast`
  public func broadcast(
    _ buffer: some CollectiveMemory, root: Int, on stream: some CollectiveStream,
    configuration: CollectiveConfiguration? = nil
  ) throws(CommunicatorError) {
    try broadcast(buffer, into: buffer, root: root, on: stream, configuration: configuration)
  }

  /// Collects the ranks' elements, in the order of the ranks, on every rank.
  ///
  /// - Parameters:
  ///   - send: As many elements on every rank.
  ///   - receive: At least nRanks times as many. In place: `send` is this rank's block of it.
  /// - C: `ncclAllGather`
  public func allGather<Send: CollectiveMemory, Receive: CollectiveMemory>(
    _ send: Send, into receive: Receive, on stream: some CollectiveStream,
    configuration: CollectiveConfiguration? = nil
  ) throws(CommunicatorError) where Send.Element == Receive.Element {
    try check(blocks: receive.count, of: send.count, in: .allGather)
    var arguments = try arguments(
      send.address, receive.address, send.count, Send.Element.dataType, stream, in: .allGather)
    let operation = arguments.configure(configuration, .allGather, .allGatherConfig)
    try enqueue(operation, arguments)
  }

  /// Combines the ranks' elements; each rank gets its block of the result.
  ///
  /// - Parameters:
  ///   - send: At least nRanks times as many elements as `receive`.
  ///   - receive: As many elements on every rank. In place: it is this rank's block of `send`.
  /// - C: `ncclReduceScatter`
  public func reduceScatter<Send: CollectiveMemory, Receive: CollectiveMemory>(
    _ send: Send, into receive: Receive, _ op: ReductionOp = .sum, on stream: some CollectiveStream,
    configuration: CollectiveConfiguration? = nil
  ) throws(CommunicatorError) where Send.Element == Receive.Element {
    try check(blocks: send.count, of: receive.count, in: .reduceScatter)
    var arguments = try arguments(
      send.address, receive.address, receive.count, Send.Element.dataType, stream,
      in: .reduceScatter)
    arguments.op = try code(op, in: .reduceScatter)
    let operation = arguments.configure(configuration, .reduceScatter, .reduceScatterConfig)
    try enqueue(operation, arguments)
  }

  /// Sends a block to each rank, and receives one of each.
  ///
  /// Made of grouped sends and receives where the library has no such call.
  ///
  /// - Parameters:
  ///   - send: nRanks blocks of equal size, in the order of the ranks.
  ///   - receive: At least as many elements; not the same memory.
  /// - C: `ncclAlltoAll`, since 2.28.3
  public func allToAll<Send: CollectiveMemory, Receive: CollectiveMemory>(
    _ send: Send, into receive: Receive, on stream: some CollectiveStream,
    configuration: CollectiveConfiguration? = nil
  ) throws(CommunicatorError) where Send.Element == Receive.Element {
    try check(room: receive.count, for: send.count, in: .allToAll)
    let count = try block(of: send.count, in: .allToAll)
    guard configuration != nil || library.isAvailable(.allToAll) else {
      let blocks = Blocks(equal: count, nRanks: nRanks)
      return try exchange(
        send.address, blocks, receive.address, blocks, Send.Element.dataType, stream)
    }
    var arguments = try arguments(
      send.address, receive.address, count, Send.Element.dataType, stream, in: .allToAll)
    let operation = arguments.configure(configuration, .allToAll, .allToAllConfig)
    try enqueue(operation, arguments)
  }

  /// Collects the ranks' elements, in the order of the ranks, on the root.
  ///
  /// Made of grouped sends and receives where the library has no such call.
  ///
  /// - Parameters:
  ///   - send: As many elements on every rank.
  ///   - receive: At least nRanks times as many on the root; not touched elsewhere. In place: `send` is
  ///     the root's block of it.
  /// - C: `ncclGather`, since 2.28.3
  public func gather<Send: CollectiveMemory, Receive: CollectiveMemory>(
    _ send: Send, into receive: Receive, root: Int, on stream: some CollectiveStream,
    configuration: CollectiveConfiguration? = nil
  ) throws(CommunicatorError) where Send.Element == Receive.Element {
    try check(rank: root, "root", in: .gather)
    if rank == root { try check(blocks: receive.count, of: send.count, in: .gather) }
    guard configuration != nil || library.isAvailable(.gather) else {
      let blocks = Blocks(equal: send.count, nRanks: nRanks)
      return try exchange(
        send.address, Blocks(only: root, send.count, nRanks: nRanks), receive.address,
        rank == root ? blocks : Blocks(equal: 0, nRanks: nRanks), Send.Element.dataType, stream)
    }
    var arguments = try arguments(
      send.address, receive.address, send.count, Send.Element.dataType, stream, in: .gather)
    arguments.root = root
    let operation = arguments.configure(configuration, .gather, .gatherConfig)
    try enqueue(operation, arguments)
  }

  /// Sends a block of the root's elements to each rank.
  ///
  /// Made of grouped sends and receives where the library has no such call.
  ///
  /// - Parameters:
  ///   - send: At least nRanks times as many elements as `receive`, on the root; not touched elsewhere.
  ///   - receive: As many elements on every rank. In place: it is the root's block of `send`.
  /// - C: `ncclScatter`, since 2.28.3
  public func scatter<Send: CollectiveMemory, Receive: CollectiveMemory>(
    _ send: Send, into receive: Receive, root: Int, on stream: some CollectiveStream,
    configuration: CollectiveConfiguration? = nil
  ) throws(CommunicatorError) where Send.Element == Receive.Element {
    try check(rank: root, "root", in: .scatter)
    if rank == root { try check(blocks: send.count, of: receive.count, in: .scatter) }
    guard configuration != nil || library.isAvailable(.scatter) else {
      let blocks = Blocks(equal: receive.count, nRanks: nRanks)
      return try exchange(
        send.address, rank == root ? blocks : Blocks(equal: 0, nRanks: nRanks), receive.address,
        Blocks(only: root, receive.count, nRanks: nRanks), Send.Element.dataType, stream)
    }
    var arguments = try arguments(
      send.address, receive.address, receive.count, Send.Element.dataType, stream, in: .scatter)
    arguments.root = root
    let operation = arguments.configure(configuration, .scatter, .scatterConfig)
    try enqueue(operation, arguments)
  }

  // MARK: Checks

  @inline(__always)
  private func check(
    room: Int, for count: Int, in operation: CollectiveOperation
  ) throws(CommunicatorError) {
    try check(room >= count, in: operation, "\(count) elements do not fit into \(room)")
  }

  @inline(__always)
  private func check(
    blocks total: Int, of count: Int, in operation: CollectiveOperation
  ) throws(CommunicatorError) {
    let (needed, overflows) = count.multipliedReportingOverflow(by: nRanks)
    try check(
      !overflows && total >= needed, in: operation,
      "\(nRanks) blocks of \(count) elements do not fit into \(total)")
  }

  private func block(
    of total: Int, in operation: CollectiveOperation
  ) throws(CommunicatorError) -> Int {
    try check(
      total % nRanks == 0, in: operation,
      "\(total) elements are not \(nRanks) blocks of equal size")
    return total / nRanks
  }
}
