internal import Synchronization

/// A rank's side of the conversation with the service: a store of its own for threads, and what is
/// in a TCP store.
final class ServiceClient: Store {
  private enum State {
    case open(Descriptor)
    case ended(RendezvousError)
  }

  let member: Member
  /// The service's, where it is in this process. It ends with its last connection, and this waits.
  private let thread: ServiceThread?
  /// How long the rank stays that the service belongs to, when it leaves before the others.
  private let timeout: Duration
  /// For messages: where the service is.
  private let place: String
  private let state: Mutex<State>

  /// How much later than promised a reply may come before the service counts as gone.
  private static let patience = Duration.seconds(10)

  init(
    _ descriptor: Descriptor, _ member: Member, place: String, thread: ServiceThread? = nil,
    timeout: Duration = .seconds(30)
  ) {
    self.member = member
    self.place = place
    self.thread = thread
    self.timeout = timeout
    state = Mutex(.open(descriptor))
  }

  deinit { abandon() }

  var rank: Int { member.rank }
  var nRanks: Int { member.nRanks }

  func join(job: String, _ deadline: Deadline) throws(RendezvousError) {
    do throws(RendezvousError) {
      _ = try reply(to: .join(member, job: job), within: max(deadline.remaining, .seconds(2)))
    } catch {
      abandon()
      throw error
    }
  }

  func set(_ key: String, _ value: [UInt8]) throws(RendezvousError) {
    try Limits.check(key: key)
    try Limits.check(value, for: key)
    _ = try reply(to: .set(key: key, value: value), within: Self.patience)
  }

  func get(_ keys: [String], timeout: Duration) throws(RendezvousError) -> [[UInt8]] {
    for key in keys { try Limits.check(key: key) }
    let reply = try reply(
      to: .get(keys: keys, timeout: timeout), within: max(timeout, .zero) + Self.patience)
    guard case .values(let values) = reply, values.count == keys.count else {
      throw end(Self.stranger(at: place))
    }
    return values
  }

  func delete(_ key: String) throws(RendezvousError) {
    try Limits.check(key: key)
    _ = try reply(to: .delete(key: key), within: Self.patience)
  }

  func lostRanks() throws(RendezvousError) -> [Int] {
    guard case .ranks(let ranks) = try reply(to: .lostRanks, within: Self.patience) else {
      throw end(Self.stranger(at: place))
    }
    return ranks
  }

  func fail(_ error: RendezvousError) throws(RendezvousError) {
    _ = try reply(to: .fail(error), within: Self.patience)
  }

  /// Says goodbye, and waits until the service has heard it, for which it has closed its end.
  func close() throws(RendezvousError) {
    try state.withLock { (state) throws(RendezvousError) in
      guard case .open(let descriptor) = state else { return }
      state = .ended(.closed)
      let deadline = Deadline(timeout + Self.patience)
      do throws(TransportFailure) {
        try descriptor.sendAll(
          MessageBuffer.frame(Request.leave(timeout: timeout).encoded), deadline)
        _ = try descriptor.receiveMessage(deadline)
      } catch {
        // The end of the connection is what it waited for.
        if error == .late { throw gone(.late) }
      }
    }
  }

  /// Ends the connection without a word.
  func abandon() {
    state.withLock { state in
      if case .open = state { state = .ended(.closed) }
    }
  }

  private func reply(to request: Request, within time: Duration) throws(RendezvousError) -> Reply {
    let reply = try state.withLock { (state) throws(RendezvousError) in
      switch state {
      case .ended(let error): throw error
      case .open(let descriptor):
        do throws(TransportFailure) {
          let deadline = Deadline(time)
          try descriptor.sendAll(MessageBuffer.frame(request.encoded), deadline)
          return try descriptor.receiveMessage(deadline)
        } catch {
          let error = gone(error)
          state = .ended(error)
          throw error
        }
      }
    }
    if case .failure(let error) = reply { throw error }
    return reply
  }

  private func end(_ error: RendezvousError) -> RendezvousError {
    state.withLock { state in state = .ended(error) }
    return error
  }

  private func gone(_ failure: TransportFailure) -> RendezvousError {
    switch failure {
    case .ended:
      RendezvousError(
        .ranksLost, "rank 0, which serves the store at \(place), has closed it or ended", ranks: [0]
      )
    case .late:
      RendezvousError(
        .unavailable,
        "what serves the store at \(place) did not answer in time; "
          + "does another program have that port?")
    case .malformed: Self.stranger(at: place)
    }
  }

  private static func stranger(at place: String) -> RendezvousError {
    RendezvousError(
      .refused,
      "what answers at \(place) is no rendezvous store of version \(Protocol.version); "
        + "does another program have that port?")
  }
}

/// Why there was no reply.
enum TransportFailure: Error {
  case ended, late, malformed
}

extension Descriptor {
  fileprivate func sendAll(_ bytes: [UInt8], _ deadline: Deadline) throws(TransportFailure) {
    var rest = bytes[...]
    while !rest.isEmpty {
      switch send(rest) {
      case .bytes(let count): rest = rest.dropFirst(count)
      case .ended: throw .ended
      case .wouldBlock:
        if !isReady(output: true, within: deadline.remaining), deadline.isOver { throw .late }
      }
    }
  }

  fileprivate func receiveMessage(_ deadline: Deadline) throws(TransportFailure) -> Reply {
    var messages = MessageBuffer()
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      switch receive(into: &buffer) {
      case .bytes(let count): messages.append(buffer[..<count])
      case .ended: throw .ended
      case .wouldBlock:
        if !isReady(output: false, within: deadline.remaining), deadline.isOver { throw .late }
      }
      do throws(MalformedMessage) {
        if let message = try messages.next(limit: Limits.message) { return try Reply(message) }
      } catch {
        throw .malformed
      }
    }
  }
}
