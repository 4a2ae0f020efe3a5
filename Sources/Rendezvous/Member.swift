/// A rank, as the others see it.
struct Member: Sendable, Hashable {
  let rank: Int
  let nRanks: Int
  /// "pid 12 on host a".
  let place: String

  init(rank: Int, nRanks: Int, place: String) {
    self.rank = rank
    self.nRanks = nRanks
    self.place = place
  }

  /// This process as a rank.
  init(rank: Int, nRanks: Int) throws(RendezvousError) {
    guard nRanks >= 1, nRanks <= Limits.ranks else {
      throw RendezvousError(
        .invalidArgument, "nRanks is \(nRanks); there are 1 to \(Limits.ranks) ranks")
    }
    guard (0..<nRanks).contains(rank) else {
      throw RendezvousError(
        .invalidArgument, "rank is \(rank); of \(nRanks) ranks the numbers are 0 to \(nRanks - 1)")
    }
    self.init(rank: rank, nRanks: nRanks, place: ownPlace())
  }
}

/// What stores take; a message of anybody's that goes beyond is not even read.
enum Limits {
  static let ranks = 1 << 20
  static let jobName = 100
  static let key = 80
  static let value = 1 << 20
  /// A message in either direction; `get` of many large values can come to this.
  static let message = 64 << 20
  /// A message of somebody who is not yet known to be a rank.
  static let greeting = 4096

  static func check(key: String) throws(RendezvousError) {
    guard (1...Limits.key).contains(key.utf8.count) else {
      throw RendezvousError(
        .invalidArgument,
        "the key \"\(key)\" has \(key.utf8.count) bytes; a key has 1 to \(Limits.key)")
    }
  }

  static func check(job: String) throws(RendezvousError) {
    guard (1...jobName).contains(job.utf8.count) else {
      throw RendezvousError(
        .invalidArgument,
        "the job name \"\(job)\" has \(job.utf8.count) bytes; a job name has 1 to \(jobName)")
    }
  }

  static func check(_ value: [UInt8], for key: String) throws(RendezvousError) {
    guard value.count <= Limits.value else {
      throw RendezvousError(
        .invalidArgument,
        "the value of \"\(key)\" has \(value.count) bytes; stores take up to \(Limits.value)")
    }
  }
}
