internal import CollectiveInterface
internal import Collectives
internal import LibraryLoader

/// What a call costs the host: nanoseconds until it returns, beside the same call of the library's
/// function through its address.
struct Overhead: Sendable, Equatable {
  /// Elements of the all-reduce.
  let count: Int
  let samples: Int
  /// Medians, of the slowest rank.
  let communicator: Double
  let direct: Double

  var ratio: Double { communicator / direct }
}

/// Measures it on one rank. Both kinds of calls take turns, so that whatever disturbs the machine
/// disturbs both.
struct OverheadMeasurement {
  let communicator: Communicator
  let drain: Drain
  let memory: BorrowedMemory<Float>
  let samples: Int

  /// So few that no queue is full before it is drained.
  private static let callsPerSample = 32

  private typealias AllReduce =
    @convention(c) (
      UnsafeRawPointer?, UnsafeMutableRawPointer?, Int, Int32, Int32, UnsafeMutableRawPointer?,
      UnsafeMutableRawPointer?
    ) -> Int32

  /// Nanoseconds a call: medians of this rank.
  func run() throws -> (communicator: Double, direct: Double) {
    let library = communicator.library
    guard let address = library.library.address(ofSymbol: "ncclAllReduce"),
      let type = library.code(.dataType, named: DataType.float32.name),
      let op = library.code(.reductionOp, named: ReductionOp.sum.description)
    else {
      throw PerfError(
        "--overhead calls ncclAllReduce directly, and \(library.library.path) has none")
    }
    return try run(
      unsafeBitCast(address, to: AllReduce.self), Int32(type), Int32(op), on: drain.stream)
  }

  private func run(
    _ function: AllReduce, _ type: Int32, _ op: Int32, on stream: some CollectiveStream
  ) throws -> (communicator: Double, direct: Double) {
    let (memory, communicator) = (memory, communicator)
    let (handle, streamAddress) = (communicator.handle, stream.address)
    var status: Int32 = 0
    var ours: [Double] = []
    var direct: [Double] = []
    for _ in 0..<samples + 2 {
      ours.append(
        try time { () throws(CommunicatorError) in
          try communicator.allReduce(memory, into: memory, .sum, on: stream)
        })
      direct.append(
        try time {
          status |= function(
            memory.address, memory.address, memory.count, type, op, handle, streamAddress)
        })
    }
    guard status == 0 else { throw PerfError("ncclAllReduce returned \(status)") }
    // The first of each warm up.
    return (ours.dropFirst(2).map { $0 }.median, direct.dropFirst(2).map { $0 }.median)
  }

  @inline(__always)
  private func time(_ call: () throws(CommunicatorError) -> Void) throws -> Double {
    let start = ContinuousClock.now
    for _ in 0..<Self.callsPerSample { try call() }
    let duration = start.duration(to: .now)
    try drain()
    return duration.microseconds * 1000 / Double(Self.callsPerSample)
  }
}
