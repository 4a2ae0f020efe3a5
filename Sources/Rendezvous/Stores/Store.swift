/// Keys and values that the ranks of a job share.
///
/// A store belongs to one rank: the others have theirs, of the same place and job name. Who makes
/// one has joined the job, and all stores refuse a second process with the same rank, or one that
/// counts another number of ranks, and tell the ranks that are there. Calls block, each for a
/// bounded time, and those of one store come one after the other.
public protocol Store: Sendable {
  /// The rank that this store is for.
  var rank: Int { get }
  /// How many ranks the job has.
  var nRanks: Int { get }

  /// Sets a key, to at most a mebibyte; what it was before is gone.
  ///
  /// - Parameter key: 1 to 80 bytes, of any kind.
  func set(_ key: String, _ value: [UInt8]) throws(RendezvousError)

  /// Waits until all the keys are there. One that is deleted meanwhile may count or not.
  ///
  /// - Returns: Their values, in the order of `keys`.
  /// - Throws: `timeout` with the keys that are still missing; at once `ranksLost` if it would have
  ///   to wait and ranks are lost.
  func get(_ keys: [String], timeout: Duration) throws(RendezvousError) -> [[UInt8]]

  /// Takes a key out; one that is not there is no error.
  func delete(_ key: String) throws(RendezvousError)

  /// The ranks that ended, or lost their connection, without closing their store; ascending.
  func lostRanks() throws(RendezvousError) -> [Int]

  /// Ends the job for all ranks: the first error given is what every other call of every rank throws
  /// from now on, so that all learn the cause, and not what followed from it.
  func fail(_ error: RendezvousError) throws(RendezvousError)

  /// Leaves the job. A store that is dropped without it counts as lost with the other ranks, which
  /// is right for a rank that failed. Everything is gone once all who joined have left. A second call
  /// does nothing.
  func close() throws(RendezvousError)
}

extension Store {
  /// Waits until the key is there.
  ///
  /// - Throws: As for several keys.
  public func get(_ key: String, timeout: Duration) throws(RendezvousError) -> [UInt8] {
    try get([key], timeout: timeout)[0]
  }
}
