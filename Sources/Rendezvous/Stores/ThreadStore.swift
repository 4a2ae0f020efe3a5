/// Stores for ranks that are threads of one process. They need no name and no port.
public enum ThreadStore {
  private static let job = "threads"

  /// Makes the stores of all ranks; the one at position `i` is rank `i`'s.
  ///
  /// - Throws: `invalidArgument` for fewer than one rank, `unavailable` if the process has no
  ///   descriptors or threads left: it takes two descriptors for each rank, and one thread.
  public static func group(_ nRanks: Int) throws(RendezvousError) -> [any Store] {
    let service = Service(job: job, nRanks: nRanks)
    var ends: [(member: Member, descriptor: Descriptor)] = []
    for rank in 0..<max(nRanks, 1) {
      let member = try Member(rank: rank, nRanks: nRanks)
      let pair = try socketPair()
      service.adopt(pair.1)
      ends.append((member, pair.0))
    }
    let thread = try ServiceThread(service)
    let clients = ends.map { member, descriptor in
      ServiceClient(descriptor, member, place: "this process", thread: thread)
    }
    // From here on only the clients keep connections open: where one fails, all end, and the thread.
    ends = []
    for client in clients { try client.join(job: job, Deadline(.seconds(30))) }
    return clients
  }
}
