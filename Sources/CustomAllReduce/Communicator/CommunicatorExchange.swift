public import Collectives

/// An exchange over a communicator's own collectives, for ranks that have nothing else in common. The
/// communicator stays until the all-reduce is closed.
///
/// Its bytes go through buffers of the accelerator, in a stream of their own. A rank that does not come
/// leaves the others' collective in that stream, which only the communicator's abort ends: so after the
/// timeout the communicator is aborted. Where this is its first collective the library connects the
/// ranks in the call itself, with limits of its own; `Communicator.watch(callTimeout:)` sets one.
public struct CommunicatorExchange: PeerExchange {
  private let communicator: Communicator
  private let timeout: Duration

  /// An exchange between all ranks of a communicator.
  ///
  /// - Parameters:
  ///   - communicator: Whose ranks they are.
  ///   - timeout: How long the ranks wait for each other before they abort it.
  public init(_ communicator: Communicator, timeout: Duration = .seconds(60)) {
    self.communicator = communicator
    self.timeout = timeout
  }

  /// This rank.
  public var rank: Int { communicator.rank }
  /// How many ranks there are.
  public var nRanks: Int { communicator.nRanks }

  /// Blocks until all ranks have come: once for the sizes, once for the bytes.
  ///
  /// - Throws: what the communicator reports, such as that the time is over.
  public func allGather(_ bytes: [UInt8]) throws(ExchangeError) -> [[UInt8]] {
    var size = ByteWriter()
    size.append(UInt64(bytes.count))
    let stream = try collectively { () throws(CommunicatorError) in
      try communicator.accelerator.makeStream()
    }
    var counts: [Int] = []
    for piece in try gather(size.bytes, on: stream) {
      var reader = ByteReader(piece)
      counts.append(Int(clamping: try reader.read(UInt64.self)))
    }
    guard let longest = counts.max(), longest <= Self.maximalCount else {
      throw ExchangeError("a rank sends more than \(Self.maximalCount) bytes")
    }
    guard longest > 0 else { return counts.map { _ in [] } }
    let padding = [UInt8](repeating: 0, count: longest - bytes.count)
    return zip(try gather(bytes + padding, on: stream), counts).map { Array($0.prefix($1)) }
  }

  /// Far above what is ever sent; what a rank says of its size is not believed beyond it.
  private static let maximalCount = 1 << 28

  /// As many bytes of every rank.
  private func gather(
    _ bytes: [UInt8], on stream: any CollectiveStream
  ) throws(ExchangeError) -> [[UInt8]] {
    let all = try collectively { () throws(CommunicatorError) in
      let send = try communicator.accelerator.makeBuffer(bytes)
      let receive = try communicator.accelerator.makeBuffer(
        of: UInt8.self, count: nRanks * bytes.count)
      try communicator.allGather(send, into: receive, on: stream)
      try communicator.waitUntilFinished(stream, timeout: timeout)
      return try receive.array()
    }
    return (0..<nRanks).map { Array(all[($0 * bytes.count)..<(($0 + 1) * bytes.count)]) }
  }

  private func collectively<Result>(
    _ body: () throws(CommunicatorError) -> Result
  ) throws(ExchangeError) -> Result {
    do throws(CommunicatorError) { return try body() } catch {
      throw ExchangeError("over the communicator: \(error)")
    }
  }
}
