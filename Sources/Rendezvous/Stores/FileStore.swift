internal import Synchronization

/// A store in a directory that all ranks see: of one host, or on a shared file system.
///
/// The files of a job are in a directory of its name, so that jobs of different names never meet;
/// the last rank to leave removes it. Every rank holds a lock on a file of its own as long as it
/// lives, which is how the others notice that it has ended. What is in the directory when no rank
/// that lives is there belongs to a run that was killed, and the first rank to come removes it.
///
/// Waits look again every few milliseconds. The file system must have locks (`flock`). Over NFS, let
/// each rank be a process of its own, and expect waits as long as its caches live; a TCP store is
/// better there.
public final class FileStore: Store {
  private let member: Member
  private let folder: JobFolder
  private let state: Mutex<State>

  private struct State {
    /// Locked while the rank is here; nil once it has left.
    var presence: Descriptor?
    /// So that no two temporary files have one name.
    var writes = 0
  }

  /// Joins the job; does not wait for the other ranks.
  ///
  /// - Parameters:
  ///   - directory: Made if it is not there; the one that it is in must be.
  ///   - job: The same on all ranks, and different for jobs that run at the same time.
  ///   - rank: Which of the ranks this is.
  ///   - nRanks: The same on all ranks.
  ///   - timeout: How long to wait for other ranks that are joining or leaving right now.
  /// - Throws: `unavailable` if the directory cannot be made or written; `duplicateRank`,
  ///   `disagreement` and `refused` if this rank cannot join.
  public init(
    directory: String, job: String, rank: Int, nRanks: Int, timeout: Duration = .seconds(30)
  ) throws(RendezvousError) {
    let member = try Member(rank: rank, nRanks: nRanks)
    try Limits.check(job: job)
    let folder = JobFolder(directory: directory, job: job)
    self.member = member
    self.folder = folder
    let presence = try folder.join(member, Deadline(timeout))
    state = Mutex(State(presence: presence))
  }

  /// Which of the ranks this is.
  public var rank: Int { member.rank }
  /// How many ranks there are.
  public var nRanks: Int { member.nRanks }

  /// Sets a key; as `Store` says.
  public func set(_ key: String, _ value: [UInt8]) throws(RendezvousError) {
    try Limits.check(key: key)
    try Limits.check(value, for: key)
    try whileHere { (state) throws(RendezvousError) in
      state.writes += 1
      try folder.write(value, to: .value(key), temporary: "\(rank)-\(state.writes)")
    }
  }

  /// Waits for keys; as `Store` says.
  public func get(_ keys: [String], timeout: Duration) throws(RendezvousError) -> [[UInt8]] {
    for key in keys { try Limits.check(key: key) }
    return try whileHere { (_) throws(RendezvousError) in
      try waitForValues(keys, Deadline(timeout))
    }
  }

  /// Takes a key out; as `Store` says.
  public func delete(_ key: String) throws(RendezvousError) {
    try Limits.check(key: key)
    try whileHere { (_) throws(RendezvousError) in try folder.remove(.value(key)) }
  }

  /// The ranks that are lost; as `Store` says.
  public func lostRanks() throws(RendezvousError) -> [Int] {
    try whileHere { (_) throws(RendezvousError) in
      try folder.lostMembers(besides: rank).map(\.rank)
    }
  }

  /// Ends the job for all ranks; as `Store` says.
  public func fail(_ error: RendezvousError) throws(RendezvousError) {
    try whileHere { (_) throws(RendezvousError) in try folder.fail(error, by: rank) }
  }

  /// Leaves the job; the last rank removes the job's files. Does not wait for other ranks.
  public func close() throws(RendezvousError) {
    try state.withLock { (state) throws(RendezvousError) in
      guard state.presence != nil else { return }
      defer { state.presence = nil }
      try folder.leave(member, Deadline(.seconds(30)))
    }
  }

  /// Makes a directory under a name that everybody can guess, in a directory that everybody can write
  /// to; or makes sure that the one that is there is this user's.
  static func makePrivate(_ directory: String) throws(RendezvousError) {
    try? Files.makeDirectory(directory)
    guard Files.isPrivateDirectory(directory) else {
      throw RendezvousError(
        .unavailable,
        "\"\(directory)\" is not a directory that only this user can write to; "
          + "remove it, or set COLL_STORE or TMPDIR for all ranks")
    }
  }

  private func whileHere<Result>(
    _ body: (inout State) throws(RendezvousError) -> Result
  ) throws(RendezvousError) -> Result {
    try state.withLock { (state) throws(RendezvousError) in
      guard state.presence != nil else { throw .closed }
      if let failure = try folder.failure() { throw failure }
      return try body(&state)
    }
  }

  private func waitForValues(
    _ keys: [String], _ deadline: Deadline
  ) throws(RendezvousError) -> [[UInt8]] {
    var values: [String: [UInt8]] = [:]
    var missing = keys
    var pause = Duration.milliseconds(1)
    var nextLook = Deadline(.milliseconds(100))
    while true {
      var lost: [Member] = []
      if nextLook.isOver {
        // Before the values are: what a rank set before it ended still counts.
        lost = try folder.lostMembers(besides: rank)
        nextLook = Deadline(.milliseconds(500))
      }
      while let key = missing.last, let value = try folder.read(.value(key)) {
        values[key] = value
        missing.removeLast()
      }
      if missing.isEmpty { return keys.map { values[$0] ?? [] } }
      if let failure = try folder.failure() { throw failure }
      if !lost.isEmpty { throw .lost(lost) }
      if deadline.isOver {
        missing.removeAll { folder.has(.value($0)) }
        throw .timeout(keys: missing, deadline.timeout)
      }
      sleep(for: min(pause, deadline.remaining))
      pause = min(pause * 2, .milliseconds(50))
    }
  }
}
