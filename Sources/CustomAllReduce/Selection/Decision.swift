/// Who computes a call, and how.
public enum Decision: Hashable, Sendable {
  /// Our kernels.
  case taken(Plan)
  /// The fallback.
  case declined(Reason)

  /// How a call is computed.
  public struct Plan: Hashable, Sendable {
    /// The kernel.
    public let kernel: AllReduceKernel
    /// Threads of a block.
    public let threads: Int
    /// The most blocks of a launch.
    public let blocks: Int
    /// What one launch takes, in bytes; the last may take less.
    public let launchBytes: Int
    /// How many launches there are, one after the other.
    public let launches: Int
  }

  /// Why a call is not taken.
  public enum Reason: Hashable, Sendable {
    /// The setup ended with a no.
    case off([Refusal])
    /// A kernel has given up before.
    case failed(Failure)
    /// It has been closed.
    case closed
    /// The kernels for this type were not asked for.
    case dataType(CustomAllReduce.DataType)
    /// The size is not a multiple of 16 bytes.
    case oddSize(Int)
    /// An address is not a multiple of 16.
    case misaligned
    /// The size, in bytes, is beyond the limit.
    case tooLarge(Int, limit: Int)
    /// The table says so for this size.
    case fallbackIsFaster(Int)
  }
}

extension Decision: CustomStringConvertible {
  /// One sentence.
  public var description: String {
    switch self {
    case .taken(let plan):
      "\(plan.kernel.rawValue), \(plan.blocks) blocks of \(plan.threads) threads at most"
        + (plan.launches == 1 ? "" : ", \(plan.launches) launches of \(plan.launchBytes) bytes")
    case .declined(let reason): "fallback: \(reason)"
    }
  }
}

extension Decision.Reason: CustomStringConvertible {
  /// One clause.
  public var description: String {
    switch self {
    case .off(let refusals):
      "the custom all-reduce is off: " + refusals.map(\.description).joined(separator: "; ")
    case .failed(let failure): "it failed before: \(failure)"
    case .closed: "it has been closed"
    case .dataType(let type): "the options leave \(type) out"
    case .oddSize(let byteCount): "\(byteCount) bytes are not a multiple of 16"
    case .misaligned: "an address is not a multiple of 16"
    case .tooLarge(let byteCount, let limit):
      "\(byteCount) bytes are more than the limit of \(limit)"
    case .fallbackIsFaster(let byteCount):
      "the table gives \(byteCount) bytes to the fallback"
    }
  }
}

/// Decides about calls, from values alone: all ranks, which have the same values, decide alike.
struct SelectionPolicy: Sendable {
  let table: SelectionTable
  let nRanks: Int
  let maxByteCount: Int
  let dataTypes: Set<CustomAllReduce.DataType>
  /// Nothing that can be taken goes to the fallback.
  let takesEverything: Bool

  func decide(
    byteCount: Int, dataType: CustomAllReduce.DataType, isAligned: Bool
  ) -> Decision {
    guard dataTypes.contains(dataType) else { return .declined(.dataType(dataType)) }
    guard byteCount % 16 == 0 else { return .declined(.oddSize(byteCount)) }
    guard isAligned else { return .declined(.misaligned) }
    guard byteCount > maxByteCount else { return decide(byteCount, in: byteCount) }
    guard takesEverything else {
      return .declined(.tooLarge(byteCount, limit: maxByteCount))
    }
    return decide(byteCount, in: maxByteCount)
  }

  private func decide(_ byteCount: Int, in launchBytes: Int) -> Decision {
    var row = table.row(for: launchBytes)
    if row?.kernel == nil, takesEverything { row = table.lastTaken }
    guard let row, let kernel = row.kernel else {
      return .declined(.fallbackIsFaster(byteCount))
    }
    return .taken(
      Decision.Plan(
        kernel: kernel, threads: row.threads, blocks: row.blocks, launchBytes: launchBytes,
        launches: launchBytes == 0 ? 0 : (byteCount + launchBytes - 1) / launchBytes))
  }

  /// What both arenas must have, in bytes each, for every message that may come.
  var arenaBytes: Int {
    var largest = 0
    var start = 16
    for row in table.rows where start <= maxByteCount {
      let size = min(row.upTo, maxByteCount)
      if let kernel = row.kernel { largest = max(largest, kernel.arenaBytes(size, nRanks: nRanks)) }
      start = row.upTo == .max ? .max : row.upTo + 1
    }
    if takesEverything, let kernel = table.lastTaken?.kernel {
      largest = max(largest, kernel.arenaBytes(maxByteCount, nRanks: nRanks))
    }
    return largest
  }
}
