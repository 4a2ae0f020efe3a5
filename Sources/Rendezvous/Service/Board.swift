/// What the service knows: values, who is there, and what went wrong for everybody.
struct Board {
  private enum Presence { case here, left, lost }

  private(set) var values: [String: [UInt8]] = [:]
  /// Ends everything: after it no rank can rely on what is on the board.
  private(set) var failure: RendezvousError?
  private var members: [Int: (member: Member, presence: Presence)] = [:]
  private var first: Member?

  /// Lets a rank in.
  mutating func join(_ member: Member) throws(RendezvousError) {
    if let failure { throw failure }
    if let first, first.nRanks != member.nRanks {
      throw fail(.disagreement(member, first: first))
    }
    if let (earlier, presence) = members[member.rank] {
      throw presence == .here
        ? fail(.cameTwice(member.rank, earlier.place, member.place))
        : .cannotReturn(member, earlier)
    }
    first = first ?? member
    members[member.rank] = (member, .here)
  }

  /// The first failure counts.
  @discardableResult
  mutating func fail(_ error: RendezvousError) -> RendezvousError {
    failure = failure ?? error
    return error
  }

  mutating func leave(_ rank: Int) { members[rank]?.presence = .left }

  mutating func lose(_ rank: Int) {
    if members[rank]?.presence == .here { members[rank]?.presence = .lost }
  }

  var lost: [Member] {
    members.values.filter { $0.presence == .lost }.map(\.member).sorted { $0.rank < $1.rank }
  }

  mutating func set(_ key: String, _ value: [UInt8]?) { values[key] = value }
}
