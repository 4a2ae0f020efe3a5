/// How the ranks of an all-reduce find each other before they share memory: over a rendezvous or a
/// communicator. It is used at setup, registration and closing, never by a call.
///
/// Every rank makes the same calls in the same order. They block until all ranks have come, or
/// throw when one does not.
public protocol PeerExchange: Sendable {
  /// This rank, from 0.
  var rank: Int { get }
  /// How many ranks there are.
  var nRanks: Int { get }
  /// Gives this rank's bytes to all, and returns those of all ranks in their order. Ranks may give
  /// different numbers of bytes.
  func allGather(_ bytes: [UInt8]) throws(ExchangeError) -> [[UInt8]]
}

extension PeerExchange {
  /// Returns when all ranks have come here.
  public func barrier() throws(ExchangeError) { _ = try allGather([]) }
}

/// Why the ranks could not exchange something: one does not answer, say.
public struct ExchangeError: Error, Sendable, CustomStringConvertible {
  /// What happened, and which ranks are missing.
  public let description: String

  /// Makes an error from a sentence.
  public init(_ description: String) { self.description = description }
}
