/// Why one rank says no.
public struct Refusal: Hashable, Sendable, CustomStringConvertible {
  /// Who says so; nil for what all ranks found alike.
  public let rank: Int?
  /// What is missing or wrong, in words.
  public let reason: String

  /// Makes a refusal.
  public init(rank: Int?, reason: String) {
    self.rank = rank
    self.reason = reason
  }

  /// The reason, with the rank in front.
  public var description: String { rank.map { "rank \($0): \(reason)" } ?? reason }
}

/// What became of a step that all ranks must be able to make.
enum Agreement {
  /// What each rank brought.
  case all([[UInt8]])
  /// At least one rank said no; every rank has the same list.
  case refused([Refusal])
}

extension PeerExchange {
  /// Makes a step on every rank: one rank's no is everybody's no, with the reason on every rank.
  func agree(
    _ step: () throws(CustomAllReduceError) -> [UInt8]
  ) throws(ExchangeError) -> Agreement {
    var message = ByteWriter()
    do throws(CustomAllReduceError) {
      let bytes = try step()
      message.append(UInt8(1))
      message.append(bytes)
    } catch {
      message.append(UInt8(0))
      message.append("\(error)")
    }
    var pieces: [[UInt8]] = []
    var refusals: [Refusal] = []
    for (rank, bytes) in try allGather(message.bytes).enumerated() {
      var reader = ByteReader(bytes)
      if try reader.read(UInt8.self) == 1 {
        pieces.append(try reader.readBytes())
      } else {
        refusals.append(Refusal(rank: rank, reason: try reader.readText()))
      }
    }
    return refusals.isEmpty ? .all(pieces) : .refused(refusals)
  }

  /// The same for a part of a capture: what each rank brought, or an error on every rank.
  ///
  /// - Throws: `CustomAllReduceError.captureFailed` where a rank said no.
  func agreeInCapture(
    _ step: () throws(CustomAllReduceError) -> [UInt8]
  ) throws(CustomAllReduceError) -> [[UInt8]] {
    switch try exchanging({ () throws(ExchangeError) in try agree(step) }) {
    case .all(let pieces): return pieces
    case .refused(let refusals): throw .captureFailed(refusals)
    }
  }
}
