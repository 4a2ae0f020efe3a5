/// Bytes that are not what they should be; who sent them is not talked to any more.
struct MalformedMessage: Error {}

/// What a rank asks of the service. It asks one thing at a time, and each has one reply.
enum Request {
  /// The first: who is there, and for which job.
  case join(Member, job: String)
  case set(key: String, value: [UInt8])
  case get(keys: [String], timeout: Duration)
  case delete(key: String)
  case lostRanks
  case fail(RendezvousError)
  /// The last; there is no reply but the end of the connection.
  case leave(timeout: Duration)
}

/// What the service says to it.
enum Reply {
  case values([[UInt8]])
  case ranks([Int])
  case failure(RendezvousError)
}

/// On the wire a message is its length in four bytes, little-endian, its kind in one byte, and its
/// fields: numbers in four bytes, texts and values as length and bytes, lists as count and elements.
///
/// The first message of a connection begins, after its kind, with these.
enum Protocol {
  static let magic = Array("coll-rdv".utf8)
  static let version: UInt8 = 1
}

extension Request {
  private enum Kind: UInt8 { case join = 1, set, get, delete, lostRanks, fail, leave }

  var encoded: [UInt8] {
    var writer = ByteWriter()
    switch self {
    case .join(let member, let job):
      writer.append(Kind.join.rawValue)
      writer.bytes += Protocol.magic + [Protocol.version]
      writer.append(UInt32(member.rank))
      writer.append(UInt32(member.nRanks))
      writer.append(member.place)
      writer.append(job)
    case .set(let key, let value):
      writer.append(Kind.set.rawValue)
      writer.append(key)
      writer.append(value)
    case .get(let keys, let timeout):
      writer.append(Kind.get.rawValue)
      writer.append(UInt32(timeout.milliseconds))
      writer.append(keys) { $0.append($1) }
    case .delete(let key):
      writer.append(Kind.delete.rawValue)
      writer.append(key)
    case .lostRanks:
      writer.append(Kind.lostRanks.rawValue)
    case .fail(let error):
      writer.append(Kind.fail.rawValue)
      writer.bytes += error.encoded
    case .leave(let timeout):
      writer.append(Kind.leave.rawValue)
      writer.append(UInt32(timeout.milliseconds))
    }
    return writer.bytes
  }

  init(_ message: [UInt8]) throws(MalformedMessage) {
    var reader = ByteReader(message)
    switch Kind(rawValue: try reader.byte()) {
    case .join:
      guard try reader.bytes(Protocol.magic.count + 1) == Protocol.magic + [Protocol.version] else {
        throw MalformedMessage()
      }
      let (rank, nRanks) = (try Int(reader.number()), try Int(reader.number()))
      guard nRanks <= Limits.ranks, rank < nRanks else { throw MalformedMessage() }
      let place = try reader.text()
      self = .join(Member(rank: rank, nRanks: nRanks, place: place), job: try reader.text())
    case .set: self = .set(key: try reader.text(), value: try reader.value())
    case .get:
      let timeout = Duration.milliseconds(try reader.number())
      let keys = try reader.list { (reader) throws(MalformedMessage) in try reader.text() }
      self = .get(keys: keys, timeout: timeout)
    case .delete: self = .delete(key: try reader.text())
    case .lostRanks: self = .lostRanks
    case .fail: self = .fail(try RendezvousError(from: &reader))
    case .leave: self = .leave(timeout: .milliseconds(try reader.number()))
    case nil: throw MalformedMessage()
    }
    guard reader.rest.isEmpty else { throw MalformedMessage() }
  }

  /// The version of somebody who speaks this protocol, in whichever version.
  static func version(of greeting: [UInt8]) -> UInt8? {
    let start = [Kind.join.rawValue] + Protocol.magic
    return greeting.starts(with: start) && greeting.count > start.count
      ? greeting[start.count] : nil
  }
}

extension Reply {
  private enum Kind: UInt8 { case values = 1, ranks, failure }

  var encoded: [UInt8] {
    var writer = ByteWriter()
    switch self {
    case .values(let values):
      writer.append(Kind.values.rawValue)
      writer.append(values) { $0.append($1) }
    case .ranks(let ranks):
      writer.append(Kind.ranks.rawValue)
      writer.append(ranks) { $0.append(UInt32(clamping: $1)) }
    case .failure(let error):
      writer.append(Kind.failure.rawValue)
      writer.bytes += error.encoded
    }
    return writer.bytes
  }

  init(_ message: [UInt8]) throws(MalformedMessage) {
    var reader = ByteReader(message)
    switch Kind(rawValue: try reader.byte()) {
    case .values:
      self = .values(try reader.list { (reader) throws(MalformedMessage) in try reader.value() })
    case .ranks:
      self = .ranks(
        try reader.list { (reader) throws(MalformedMessage) in try Int(reader.number()) })
    case .failure: self = .failure(try RendezvousError(from: &reader))
    case nil: throw MalformedMessage()
    }
  }
}

extension RendezvousError {
  var encoded: [UInt8] {
    var writer = ByteWriter()
    writer.append(kind.rawValue)
    writer.append(text)
    writer.append(ranks) { $0.append(UInt32(clamping: $1)) }
    writer.append(keys) { $0.append($1) }
    return writer.bytes
  }

  init(from reader: inout ByteReader) throws(MalformedMessage) {
    guard let kind = Kind(rawValue: try reader.byte()) else { throw MalformedMessage() }
    let text = try reader.text()
    let ranks = try reader.list { (reader) throws(MalformedMessage) in try Int(reader.number()) }
    let keys = try reader.list { (reader) throws(MalformedMessage) in try reader.text() }
    self.init(kind, text, ranks: ranks, keys: keys)
  }
}
