/// Why ranks did not find each other, or lost each other again.
public struct RendezvousError: Error, Sendable, Hashable {
  /// What kind of failure it is.
  public enum Kind: UInt8, Sendable, Hashable {
    /// Environment variables are missing, malformed, or contradict each other.
    case environment = 1
    /// An argument is wrong whatever the other ranks do.
    case invalidArgument
    /// The store cannot be served, reached, read or written.
    case unavailable
    /// The store is there and does not let this rank in: another job's, another version, too late.
    case refused
    /// Two processes or threads claim one rank; every rank of the job is told.
    case duplicateRank
    /// The ranks do not agree on how many they are, or on which call comes next; all are told.
    case disagreement
    /// Something did not come in time: `ranks` or `keys` say what.
    case timeout
    /// Ranks have ended, or their connections have, without closing their store.
    case ranksLost
    /// The store or the rendezvous has been closed here.
    case closed
  }

  /// What kind of failure it is.
  public let kind: Kind
  /// What happened, with names and values, and what to do.
  public let text: String
  /// The ranks that it is about: missing, lost, or there twice.
  public let ranks: [Int]
  /// The keys that a store still lacked when the time was over.
  public let keys: [String]

  /// Makes an error; stores of one's own need it.
  public init(_ kind: Kind, _ text: String, ranks: [Int] = [], keys: [String] = []) {
    self.kind = kind
    self.text = text
    self.ranks = ranks
    self.keys = keys
  }
}

extension RendezvousError: CustomStringConvertible {
  /// The text.
  public var description: String { text }
}

/// The failures that several stores find, each in its own way.
extension RendezvousError {
  static func cameTwice(_ rank: Int, _ first: String, _ second: String) -> RendezvousError {
    RendezvousError(
      .duplicateRank,
      "rank \(rank) came twice: \(first), \(second); give every rank its own number, "
        + "and every job that runs at the same time its own name or store",
      ranks: [rank])
  }

  static func disagreement(_ member: Member, first: Member) -> RendezvousError {
    RendezvousError(
      .disagreement,
      "rank \(member.rank) (\(member.place)) was told that there are \(member.nRanks) ranks; "
        + "rank \(first.rank) (\(first.place)), \(first.nRanks)",
      ranks: [first.rank, member.rank])
  }

  static func cannotReturn(_ member: Member, _ earlier: Member) -> RendezvousError {
    RendezvousError(
      .refused,
      "rank \(member.rank) was here already (\(earlier.place)) and has gone, and its job is not over; "
        + "end the whole job, or choose another job name",
      ranks: [member.rank])
  }

  static func lost(_ members: [Member]) -> RendezvousError {
    let members = members.sorted { $0.rank < $1.rank }
    let places = members.prefix(8).map { "rank \($0.rank) (\($0.place))" }.joined(separator: ", ")
    let more = members.count > 8 ? " and \(members.count - 8) more" : ""
    return RendezvousError(
      .ranksLost,
      "\(places)\(more) ended, or lost the connection, without closing the rendezvous",
      ranks: members.map(\.rank))
  }

  static func timeout(keys: [String], _ timeout: Duration) -> RendezvousError {
    let names = keys.prefix(8).map { "\"\($0)\"" }.joined(separator: ", ")
    return RendezvousError(
      .timeout,
      "nobody set \(names)\(keys.count > 8 ? " and \(keys.count - 8) more" : "") "
        + "within \(timeout.inWords)",
      keys: keys)
  }

  static let closed = RendezvousError(.closed, "the store has been closed")
}
