/// The one who keeps the board: it has a thread of its own, and nothing else touches it, so there
/// are no locks. All ranks speak to it through sockets, the one that it belongs to as well.
///
/// It ends when its owner's connection does, or, where it has no owner, the last one.
final class Service {
  private let job: String
  private var board = Board()
  private var connections: [Connection]
  private var listener: Descriptor?
  private let owner: Connection?
  /// Set when the owner leaves: how long the others may still stay.
  private var closing: Deadline?
  /// Without descriptors left nobody can be let in, and trying at once again would spin.
  private var pauseOfListening: Deadline?
  private var buffer = [UInt8](repeating: 0, count: 1 << 16)

  /// More connections than this that have not said who they are, are too many.
  private let maximalStrangers: Int

  init(job: String, nRanks: Int, listener: Descriptor? = nil, owner: Descriptor? = nil) {
    self.job = job
    // All ranks may come at once.
    maximalStrangers = nRanks + 64
    self.listener = listener
    self.owner = owner.map { Connection($0) }
    connections = self.owner.map { [$0] } ?? []
  }

  /// Serves a connection; before `run()` only.
  func adopt(_ descriptor: Descriptor) { connections.append(Connection(descriptor)) }

  func run() {
    while !isDone {
      let ready = pollForInput()
      if ready.listener { accept() }
      for connection in ready.connections { serve(connection) }
      expire()
      answerWaits()
      connections.removeAll { $0.isEnding && !$0.hasOutput }
    }
  }

  private var isDone: Bool {
    guard let owner else { return connections.isEmpty }
    guard connections.contains(where: { $0 === owner }) else { return true }
    guard let closing else { return false }
    return closing.isOver || !connections.contains { $0 !== owner && $0.rank != nil }
  }

  private func pollForInput() -> (listener: Bool, connections: [Connection]) {
    var interests = connections.map { PollInterest($0.descriptor, output: $0.hasOutput) }
    if pauseOfListening?.isOver ?? false { pauseOfListening = nil }
    let listens = pauseOfListening == nil ? listener : nil
    if let listens { interests.append(PollInterest(listens, output: false)) }
    let isReady = poll(interests, nextDeadline)
    return (
      listens != nil && isReady[connections.count],
      connections.indices.filter { isReady[$0] }.map { connections[$0] }
    )
  }

  private var nextDeadline: Duration? {
    var deadlines = connections.compactMap { $0.wait?.deadline.remaining }
    deadlines += connections.filter { isStranger($0) }.map(\.greetingDeadline.remaining)
    deadlines += [closing, pauseOfListening].compactMap { $0?.remaining }
    return deadlines.min()
  }

  private func isStranger(_ connection: Connection) -> Bool {
    connection.rank == nil || connection.isEnding
  }

  private func accept() {
    guard let listener else { return }
    switch listener.accept() {
    case .connection(let descriptor): connections.append(Connection(descriptor))
    case .nobody: return
    case .exhausted: pauseOfListening = Deadline(.milliseconds(100))
    }
    let strangers = connections.filter { isStranger($0) }
    if strangers.count > maximalStrangers { drop(strangers[0]) }
  }

  private func serve(_ connection: Connection) {
    connection.flush()
    guard connection.receive(into: &buffer) else { return drop(connection) }
    do throws(MalformedMessage) {
      while let message = try connection.next() { try handle(message, from: connection) }
    } catch {
      drop(connection)
    }
  }

  private func drop(_ connection: Connection) {
    connections.removeAll { $0 === connection }
    if let rank = connection.rank { board.lose(rank) }
  }

  private func expire() {
    for connection in connections where isStranger(connection) {
      if connection.greetingDeadline.isOver { drop(connection) }
    }
  }

  private func handle(
    _ message: [UInt8], from connection: Connection
  ) throws(MalformedMessage) {
    guard connection.rank != nil else { return try greet(message, from: connection) }
    let request = try Request(message)
    if case .leave(let timeout) = request { return leave(connection, timeout) }
    if let failure = board.failure { return connection.reply(.failure(failure)) }
    switch request {
    case .set(let key, let value):
      board.set(key, value)
      connection.reply(.values([]))
    case .delete(let key):
      board.set(key, nil)
      connection.reply(.values([]))
    case .get(let keys, let timeout):
      connection.wait = Connection.Wait(keys: keys, missing: keys, deadline: Deadline(timeout))
    case .lostRanks: connection.reply(.ranks(board.lost.map(\.rank)))
    case .fail(let error):
      board.fail(error)
      connection.reply(.values([]))
    case .join, .leave: throw MalformedMessage()
    }
  }

  private func greet(
    _ message: [UInt8], from connection: Connection
  ) throws(MalformedMessage) {
    do throws(RendezvousError) {
      guard let version = Request.version(of: message) else { throw Self.stranger }
      guard version == Protocol.version else { throw Self.otherVersion(version) }
      guard case .join(let member, let itsJob)? = try? Request(message) else {
        throw Self.stranger
      }
      guard itsJob == job else { throw otherJob(itsJob) }
      try board.join(member)
      connection.rank = member.rank
      connection.reply(.values([]))
    } catch {
      connection.isEnding = true
      connection.reply(.failure(error))
    }
  }

  private static let stranger = RendezvousError(
    .refused, "this is a rendezvous store, and that is no greeting of a rank")

  private static func otherVersion(_ version: UInt8) -> RendezvousError {
    RendezvousError(
      .refused,
      "rank 0 speaks version \(Protocol.version) of the rendezvous protocol, this rank "
        + "\(version); run all ranks with the same release")
  }

  private func otherJob(_ name: String) -> RendezvousError {
    RendezvousError(
      .refused,
      "the store belongs to the job \"\(job)\", this rank to \"\(name)\"; "
        + "give every job its own port")
  }

  private func leave(_ connection: Connection, _ timeout: Duration) {
    if let rank = connection.rank { board.leave(rank) }
    guard connection === owner else {
      connections.removeAll { $0 === connection }
      return
    }
    // Where the job has failed, who waited has been told, and others may never ask.
    let hasFailed = board.failure != nil || !board.lost.isEmpty
    closing = Deadline(hasFailed ? min(timeout, .seconds(5)) : timeout)
    listener = nil
  }

  private func answerWaits() {
    let lost = board.lost
    for connection in connections {
      guard let wait = connection.wait, let reply = answer(wait, in: connection, lost) else {
        continue
      }
      connection.wait = nil
      connection.reply(reply)
    }
  }

  private func answer(
    _ wait: Connection.Wait, in connection: Connection, _ lost: [Member]
  ) -> Reply? {
    if let failure = board.failure { return .failure(failure) }
    var missing = wait.missing
    while let key = missing.last, board.values[key] != nil { missing.removeLast() }
    // Some may have been deleted again.
    if missing.isEmpty { missing = wait.keys.filter { board.values[$0] == nil } }
    if missing.isEmpty { return values(of: wait.keys) }
    connection.wait?.missing = missing
    if !lost.isEmpty { return .failure(.lost(lost)) }
    guard wait.deadline.isOver else { return nil }
    let absent = wait.keys.filter { board.values[$0] == nil }
    return .failure(.timeout(keys: absent, wait.deadline.timeout))
  }

  private func values(of keys: [String]) -> Reply {
    let values = keys.map { board.values[$0] ?? [] }
    let size = values.reduce(8) { $0 + 4 + $1.count }
    guard size <= Limits.message else {
      return .failure(
        RendezvousError(
          .invalidArgument,
          "the \(keys.count) values have \(size) bytes together; a store gives up "
            + "to \(Limits.message) at once"))
    }
    return .values(values)
  }
}
