internal import CollectiveInterface

// Collectives whose blocks differ in size. The libraries have few of them: most are grouped calls.

extension Communicator {
  /// Sends a block of its own size to each rank, and receives one of each.
  ///
  /// This rank's counts are all that is needed; it is made of grouped sends and receives. A library's
  /// own all-to-all-v, such as VCCL's, wants to know all ranks' counts: see the method that takes an
  /// `Exchange`.
  ///
  /// - Parameters:
  ///   - sendBlocks: What each rank is sent. What rank r is sent must be what it expects.
  ///   - receive: Not the same memory as `send`.
  public func allToAllV<Send: CollectiveMemory, Receive: CollectiveMemory>(
    _ send: Send, _ sendBlocks: Blocks, into receive: Receive, _ receiveBlocks: Blocks,
    on stream: some CollectiveStream
  ) throws(CommunicatorError) where Send.Element == Receive.Element {
    try check(sendBlocks, send.count, "sent", in: .allToAllV)
    try check(receiveBlocks, receive.count, "received", in: .allToAllV)
    try exchange(
      send.address, sendBlocks, receive.address, receiveBlocks, Send.Element.dataType, stream)
  }

  /// The same where every rank knows what all of them exchange: by the library's own call where it has
  /// one, else by grouped sends and receives.
  ///
  /// - Parameters:
  ///   - exchange: The same on all ranks.
  ///   - relay: Memory through which the library may forward; used by its own call alone.
  /// - C: VCCL's `ncclAlltoAllv`
  public func allToAllV<Send: CollectiveMemory, Receive: CollectiveMemory>(
    _ send: Send, into receive: Receive, _ exchange: Exchange, relay: Receive? = nil,
    on stream: some CollectiveStream
  ) throws(CommunicatorError) where Send.Element == Receive.Element {
    try check(
      exchange.nRanks == nRanks, in: .allToAllV,
      "an exchange of \(exchange.nRanks) ranks is not one of \(nRanks)")
    let sendBlocks = exchange.sendBlocks(of: rank)
    let receiveBlocks = exchange.receiveBlocks(of: rank)
    guard library.isAvailable(.allToAllV) else {
      return try allToAllV(send, sendBlocks, into: receive, receiveBlocks, on: stream)
    }
    try check(sendBlocks, send.count, "sent", in: .allToAllV)
    try check(receiveBlocks, receive.count, "received", in: .allToAllV)
    var arguments = try arguments(
      send.address, receive.address, 0, Send.Element.dataType, stream, in: .allToAllV)
    arguments.relayBuffer = relay?.address
    arguments.relayCount = relay?.count ?? 0
    try exchange.withMatrices { (matrices) throws(CommunicatorError) in
      arguments.sendCounts = matrices.sendCounts
      arguments.sendDisplacements = matrices.sendDisplacements
      arguments.recvCounts = matrices.receiveCounts
      arguments.recvDisplacements = matrices.receiveDisplacements
      try enqueue(.allToAllV, arguments)
    }
  }

  /// Collects blocks of different sizes on every rank: grouped broadcasts.
  ///
  /// - Parameters:
  ///   - send: This rank's block. In place: it is its block of `receive`.
  ///   - blocks: What each rank gives, the same on all ranks.
  public func allGatherV<Send: CollectiveMemory, Receive: CollectiveMemory>(
    _ send: Send, into receive: Receive, _ blocks: Blocks, on stream: some CollectiveStream
  ) throws(CommunicatorError) where Send.Element == Receive.Element {
    try check(blocks, receive.count, "received", in: .allGather)
    try check(
      send.count == blocks.counts[rank], in: .allGather,
      "this rank gives \(send.count) elements, the blocks say \(blocks.counts[rank])")
    let type = Send.Element.dataType
    try library.group { () throws(CommunicatorError) in
      for root in 0..<nRanks where blocks.counts[root] > 0 {
        let block = receive.address.map { $0 + blocks.displacements[root] * type.byteCount }
        var arguments = try arguments(
          root == rank ? send.address : block, block, blocks.counts[root], type, stream,
          in: .broadcast)
        arguments.root = root
        try enqueue(.broadcast, arguments)
      }
    }
  }

  /// Combines the ranks' elements; each rank gets its block, of its own size, of the result: grouped
  /// reductions.
  ///
  /// - Parameters:
  ///   - send: All blocks.
  ///   - receive: This rank's. In place: it is its block of `send`.
  ///   - blocks: What each rank gets, the same on all ranks.
  public func reduceScatterV<Send: CollectiveMemory, Receive: CollectiveMemory>(
    _ send: Send, into receive: Receive, _ blocks: Blocks, _ op: ReductionOp = .sum,
    on stream: some CollectiveStream
  ) throws(CommunicatorError) where Send.Element == Receive.Element {
    try check(blocks, send.count, "sent", in: .reduceScatter)
    try check(
      receive.count >= blocks.counts[rank], in: .reduceScatter,
      "this rank gets \(blocks.counts[rank]) elements, and has room for \(receive.count)")
    let type = Send.Element.dataType
    let code = try code(op, in: .reduce)
    try library.group { () throws(CommunicatorError) in
      for root in 0..<nRanks where blocks.counts[root] > 0 {
        let block = send.address.map { $0 + blocks.displacements[root] * type.byteCount }
        var arguments = try arguments(
          block, root == rank ? receive.address : block, blocks.counts[root], type, stream,
          in: .reduce)
        arguments.op = code
        arguments.root = root
        try enqueue(.reduce, arguments)
      }
    }
  }

  /// Grouped sends and receives of blocks.
  func exchange(
    _ send: UnsafeMutableRawPointer?, _ sendBlocks: Blocks, _ receive: UnsafeMutableRawPointer?,
    _ receiveBlocks: Blocks, _ type: DataType, _ stream: some CollectiveStream
  ) throws(CommunicatorError) {
    let size = type.byteCount
    try library.group { () throws(CommunicatorError) in
      for peer in 0..<nRanks {
        if sendBlocks.counts[peer] > 0 {
          let block = send.map { $0 + sendBlocks.displacements[peer] * size }
          var arguments = try arguments(
            block, nil, sendBlocks.counts[peer], type, stream, in: .send)
          arguments.peer = peer
          try enqueue(.send, arguments)
        }
        if receiveBlocks.counts[peer] > 0 {
          let block = receive.map { $0 + receiveBlocks.displacements[peer] * size }
          var arguments = try arguments(
            nil, block, receiveBlocks.counts[peer], type, stream, in: .recv)
          arguments.peer = peer
          try enqueue(.recv, arguments)
        }
      }
    }
  }

  private func check(
    _ blocks: Blocks, _ total: Int, _ what: StaticString, in operation: CollectiveOperation
  ) throws(CommunicatorError) {
    if let problem = blocks.problem(nRanks: nRanks, in: total) {
      throw CommunicatorError(
        .invalidArgument, in: operation.rawValue, "of the blocks that are \(what), \(problem)",
        rank: rank)
    }
  }
}
