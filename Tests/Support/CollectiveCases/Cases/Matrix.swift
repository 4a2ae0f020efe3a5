internal import Collectives
internal import Glibc

/// A call of one type on one communicator, done with buffers that are larger than it needs, and
/// compared with what must come out.
final class Matrix<Element: CheckedElement> {
  let member: Member
  let communicator: Communicator
  let inputs: Inputs<Element>
  private let stream: any CollectiveStream
  private var send: Buffer<Element>
  private var receive: Buffer<Element>

  init(_ member: Member, _ communicator: Communicator, _ stream: any CollectiveStream) throws {
    self.member = member
    self.communicator = communicator
    self.stream = stream
    inputs = Inputs(nRanks: communicator.nRanks)
    send = try member.accelerator.makeBuffer(of: Element.self, count: 0)
    receive = send
  }

  var rank: Int { communicator.rank }
  var nRanks: Int { communicator.nRanks }

  /// Elements at a place of a buffer: those of a pattern from an index on.
  struct Piece {
    let place: Int
    let count: Int
    let pattern: Pattern<Element>
    var start = 0
  }

  /// A call.
  struct Call {
    let name: String
    /// Of the buffers, in elements.
    let sendCount: Int
    let receiveCount: Int
    /// What is in the one before, and in the other after; the rest of that must be as it was.
    let sent: [Piece]
    let received: [Piece]
    /// In place, where in `send` `receive` begins; where in `receive` `send` begins, if negative. nil:
    /// they are different memory.
    var inPlace: Int?
    let enqueue: (Buffer<Element>, Buffer<Element>, any CollectiveStream) throws -> Void
  }

  /// Elements before and behind the buffers, which no call may touch.
  private static var margin: Int { 16 }

  func check(_ call: Call) throws {
    if let shift = call.inPlace {
      try checkInPlace(call, shift)
    } else {
      try checkApart(call)
    }
  }

  private func checkApart(_ call: Call) throws {
    let margin = Self.margin
    let source = filled(call.sendCount + 2 * margin, call.sent, at: margin)
    let target = filled(call.receiveCount + 2 * margin, [], at: margin)
    try provide(max(source.count, target.count))
    try send.copy(from: source)
    try receive.copy(from: target)
    try call.enqueue(
      send[margin..<margin + call.sendCount], receive[margin..<margin + call.receiveCount], stream)
    try communicator.waitUntilFinished(stream, timeout: member.timeout)
    let after = try send[0..<source.count].array()
    member.findings.expect(sameBytes(after, source), "\(call.name): what is sent has changed")
    let found = try receive[0..<target.count].array()
    compare(found, filled(target.count, call.received, at: margin), call, at: margin)
  }

  private func checkInPlace(_ call: Call, _ shift: Int) throws {
    let margin = Self.margin
    let (sendPlace, receivePlace) = (margin + max(-shift, 0), margin + max(shift, 0))
    let total = max(sendPlace + call.sendCount, receivePlace + call.receiveCount) + margin
    let before = filled(total, call.sent, at: sendPlace)
    try provide(total)
    try receive.copy(from: before)
    try call.enqueue(
      receive[sendPlace..<sendPlace + call.sendCount],
      receive[receivePlace..<receivePlace + call.receiveCount], stream)
    try communicator.waitUntilFinished(stream, timeout: member.timeout)
    let found = try receive[0..<total].array()
    compare(
      found, filled(before, call.received, at: receivePlace), call, at: receivePlace)
  }

  private func compare(_ found: [Element], _ expected: [Element], _ call: Call, at place: Int) {
    if sameBytes(found, expected) { return member.findings.expect(true, "") }
    var differs = false
    found.withUnsafeBufferPointer { found in
      for piece in call.received {
        let start = place + piece.place
        let memory = UnsafeBufferPointer(rebasing: found[start..<start + piece.count])
        guard let (index, text) = piece.pattern.difference(memory, from: piece.start) else {
          continue
        }
        differs = true
        member.findings.expect(
          false, "\(call.name), rank \(rank), index \(piece.place + index): \(text)")
        break
      }
    }
    guard !differs else { return }
    // Results may be rounded; all else must be as it was.
    var covered = found
    for piece in call.received {
      let range = place + piece.place..<place + piece.place + piece.count
      covered.replaceSubrange(range, with: expected[range])
    }
    member.findings.expect(
      sameBytes(covered, expected),
      "\(call.name), rank \(rank): memory beside the result has changed")
  }

  private func filled(_ count: Int, _ pieces: [Piece], at place: Int) -> [Element] {
    let memory = [Element](unsafeUninitializedCapacity: count) { memory, initialized in
      if let base = memory.baseAddress { memset(base, 0xA5, count * MemoryLayout<Element>.stride) }
      initialized = count
    }
    return filled(memory, pieces, at: place)
  }

  private func filled(_ memory: [Element], _ pieces: [Piece], at place: Int) -> [Element] {
    var memory = memory
    memory.withUnsafeMutableBufferPointer { memory in
      for piece in pieces {
        let start = place + piece.place
        piece.pattern.fill(
          UnsafeMutableBufferPointer(rebasing: memory[start..<start + piece.count]),
          from: piece.start)
      }
    }
    return memory
  }

  private func provide(_ count: Int) throws {
    guard send.count < count else { return }
    send = try member.accelerator.makeBuffer(of: Element.self, count: count)
    receive = try member.accelerator.makeBuffer(of: Element.self, count: count)
  }

  private func sameBytes(_ one: [Element], _ other: [Element]) -> Bool {
    one.withUnsafeBytes { one in
      other.withUnsafeBytes { other in
        guard one.count == other.count, let left = one.baseAddress, let right = other.baseAddress
        else { return one.count == other.count }
        return memcmp(left, right, one.count) == 0
      }
    }
  }
}
