/// A store that rank 0 serves over TCP, with one thread, and the other ranks connect to.
///
/// A rank whose connection drops is noticed, and the waits of the others end with an error that
/// names it; so do they if it is rank 0. Like the launchers' own stores and NCCL's bootstrap it
/// trusts its network: there is no password but the job's name. Connections of strangers, whatever
/// they send, are closed and cost at most a few kilobytes and ten seconds each.
///
/// Rank 0 listens on `host` if that is an address or "localhost". A name often means another address
/// on its own host than on the others, so for names it listens on all of the host's addresses.
public final class TCPStore: Store {
  /// The port that it is served at, which the system has chosen if the one given was 0.
  public let port: Int
  private let client: ServiceClient
  /// On rank 0 only.
  private let thread: ServiceThread?

  /// Serves the store as rank 0, or connects to it as another. Blocks: rank 0 does not wait for the
  /// others, these try again until rank 0 is there or the time is over. Looking up a name can
  /// take longer than `timeout` where name servers do not answer.
  ///
  /// - Parameters:
  ///   - host: Rank 0's host: a name, an IPv4 or an IPv6 address.
  ///   - port: 0 on rank 0 lets the system choose; then the others must be told.
  ///   - job: The same on all ranks; ranks of a job of another name are refused.
  ///   - rank: Which of the ranks this is.
  ///   - nRanks: The same on all ranks.
  ///   - timeout: How long to try; also how long rank 0's `close()` waits for the others.
  /// - Throws: `unavailable` if the port is taken, or nobody is there; `refused`, `duplicateRank` and
  ///   `disagreement` if the store does not let this rank in.
  public init(
    host: String, port: Int, job: String, rank: Int, nRanks: Int,
    timeout: Duration = .seconds(30)
  ) throws(RendezvousError) {
    let member = try Member(rank: rank, nRanks: nRanks)
    try Limits.check(job: job)
    guard (rank == 0 ? 0...65535 : 1...65535).contains(port) else {
      throw RendezvousError(
        .invalidArgument, "port is \(port); it is 1 to 65535, or 0 on rank 0 for any that is free")
    }
    let deadline = Deadline(timeout)
    let endpoint = HostAndPort(host: host, port: port)
    if rank == 0 {
      let listener = try listen(at: endpoint)
      self.port = listener.port
      let ends = try socketPair()
      let service = Service(job: job, nRanks: nRanks, listener: listener.descriptor, owner: ends.1)
      thread = try ServiceThread(service)
      client = ServiceClient(
        ends.0, member, place: "\(endpoint)", thread: thread, timeout: timeout)
    } else {
      self.port = port
      thread = nil
      let descriptor = try connect(to: endpoint, deadline)
      client = ServiceClient(descriptor, member, place: "\(endpoint)")
    }
    try client.join(job: job, deadline)
  }

  deinit {
    // The service ends when its owner's connection does; nothing of it outlives the store.
    client.abandon()
    thread?.join()
  }

  /// Which of the ranks this is.
  public var rank: Int { client.rank }
  /// How many ranks there are.
  public var nRanks: Int { client.nRanks }

  /// Sets a key; as `Store` says.
  public func set(_ key: String, _ value: [UInt8]) throws(RendezvousError) {
    try client.set(key, value)
  }

  /// Waits for keys; as `Store` says.
  public func get(_ keys: [String], timeout: Duration) throws(RendezvousError) -> [[UInt8]] {
    try client.get(keys, timeout: timeout)
  }

  /// Takes a key out; as `Store` says.
  public func delete(_ key: String) throws(RendezvousError) { try client.delete(key) }

  /// The ranks that are lost; as `Store` says.
  public func lostRanks() throws(RendezvousError) -> [Int] { try client.lostRanks() }

  /// Ends the job for all ranks; as `Store` says.
  public func fail(_ error: RendezvousError) throws(RendezvousError) { try client.fail(error) }

  /// Leaves the job. Rank 0 waits until the ranks that joined have left, so that they can still read
  /// what they need, but no longer than the store's timeout, or 5 seconds if the job has failed. Then
  /// nobody listens any more.
  public func close() throws(RendezvousError) {
    try client.close()
    thread?.join()
  }
}
