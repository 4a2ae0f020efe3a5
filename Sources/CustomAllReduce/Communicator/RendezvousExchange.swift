public import Rendezvous

/// An exchange between the ranks of a rendezvous: processes that a store connects, or threads
/// (`Rendezvous.threads`). The rendezvous stays open until the all-reduce is closed, and is used for
/// nothing else while a call of the all-reduce uses it.
public struct RendezvousExchange: PeerExchange {
  private let rendezvous: Rendezvous

  /// An exchange over a rendezvous, whose timeout it has.
  public init(_ rendezvous: Rendezvous) { self.rendezvous = rendezvous }

  /// This rank.
  public var rank: Int { rendezvous.rank }
  /// How many ranks there are.
  public var nRanks: Int { rendezvous.nRanks }

  /// Blocks until all ranks have come.
  ///
  /// - Throws: when the time is over, with the ranks that are missing, on this and every later call.
  public func allGather(_ bytes: [UInt8]) throws(ExchangeError) -> [[UInt8]] {
    do throws(RendezvousError) { return try rendezvous.allGather(bytes) } catch {
      throw ExchangeError(error.text)
    }
  }
}
