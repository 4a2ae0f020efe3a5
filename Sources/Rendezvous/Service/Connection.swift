/// One end of a conversation, on the service's side.
final class Connection {
  /// A `get` that has no reply yet.
  struct Wait {
    let keys: [String]
    /// Taken from its end as they come.
    var missing: [String]
    let deadline: Deadline
  }

  let descriptor: Descriptor
  /// The rank, once it has joined.
  var rank: Int?
  var wait: Wait?
  /// Closed as soon as it has been told everything.
  var isEnding = false
  /// When somebody who has not joined is sent away.
  let greetingDeadline = Deadline(.seconds(10))
  private var input = MessageBuffer()
  private var output: [UInt8] = []

  init(_ descriptor: Descriptor) { self.descriptor = descriptor }

  var hasOutput: Bool { !output.isEmpty }

  func reply(_ reply: Reply) {
    output += MessageBuffer.frame(reply.encoded)
    flush()
  }

  /// Sends what can be sent now; a connection that is broken is found out by receiving.
  func flush() {
    guard case .bytes(let count) = descriptor.send(output[...]) else { return }
    output.removeFirst(count)
  }

  /// Takes in what has come.
  ///
  /// - Returns: Whether the connection is still there.
  func receive(into buffer: inout [UInt8]) -> Bool {
    switch descriptor.receive(into: &buffer) {
    case .bytes(let count):
      input.append(buffer[..<count])
      return true
    case .wouldBlock: return true
    case .ended: return false
    }
  }

  /// The next message. There is none while the one before has no reply, or nobody reads that: so a
  /// connection's share of memory stays within two messages.
  func next() throws(MalformedMessage) -> [UInt8]? {
    let limit = rank == nil ? Limits.greeting : Limits.message
    guard wait == nil, output.isEmpty, !isEnding else {
      guard input.count <= limit + 4 else { throw MalformedMessage() }
      return nil
    }
    return try input.next(limit: limit)
  }
}
