internal import Collectives

/// What an operation is called with, on one rank.
struct Call<Element: CheckedElement> {
  let communicator: Communicator
  let stream: any CollectiveStream
  let layout: Layout
  let send: BorrowedMemory<Element>
  let receive: BorrowedMemory<Element>
  let reduction: ReductionOp
  let root: Int
}

extension Operation {
  /// Puts it into the stream.
  func enqueue<Element: CheckedElement>(_ call: Call<Element>) throws(CommunicatorError) {
    try enqueue(call, on: call.stream)
  }

  private func enqueue<Element: CheckedElement>(
    _ call: Call<Element>, on stream: some CollectiveStream
  ) throws(CommunicatorError) {
    let (comm, send, receive) = (call.communicator, call.send, call.receive)
    switch self {
    case .allReduce: try comm.allReduce(send, into: receive, call.reduction, on: stream)
    case .reduce: try comm.reduce(send, into: receive, call.reduction, root: call.root, on: stream)
    case .broadcast: try comm.broadcast(send, into: receive, root: call.root, on: stream)
    case .allGather: try comm.allGather(send, into: receive, on: stream)
    case .reduceScatter: try comm.reduceScatter(send, into: receive, call.reduction, on: stream)
    case .allToAll: try comm.allToAll(send, into: receive, on: stream)
    case .gather: try comm.gather(send, into: receive, root: call.root, on: stream)
    case .scatter: try comm.scatter(send, into: receive, root: call.root, on: stream)
    case .allToAllV:
      guard let exchange = call.layout.exchange else { return }
      try comm.allToAllV(send, into: receive, exchange, on: stream)
    case .allGatherV: try comm.allGatherV(send, into: receive, call.layout.blocks, on: stream)
    case .reduceScatterV:
      try comm.reduceScatterV(send, into: receive, call.layout.blocks, call.reduction, on: stream)
    case .sendReceive:
      try comm.transfer(
        [
          .send(send, to: (comm.rank + 1) % comm.nRanks),
          .receive(into: receive, from: (comm.rank + comm.nRanks - 1) % comm.nRanks),
        ], on: stream)
    }
  }
}
