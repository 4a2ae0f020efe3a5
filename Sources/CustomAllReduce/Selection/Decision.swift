/// Who computes a call, and how.
public enum Decision: Hashable, Sendable {
  /// Our kernels.
  case taken(Plan)
  /// The fallback.
  case declined(Reason)

  /// How a call is computed.
  public struct Plan: Hashable, Sendable {
    /// The kernel and its threads.
    public let launch: SelectionTable.Launch
    /// What one launch takes, in bytes; the last may take less.
    public let launchBytes: Int
    /// How many launches there are, one after the other.
    public let launches: Int

    package init(_ launch: SelectionTable.Launch, launchBytes: Int, launches: Int) {
      self.launch = launch
      self.launchBytes = launchBytes
      self.launches = launches
    }
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
      "\(plan.launch.kernel.rawValue), at most \(plan.launch.blocks) blocks of "
        + "\(plan.launch.threads) threads"
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
    byteCount: Int, dataType: CustomAllReduce.DataType, isAligned: Bool, isRegistered: Bool
  ) -> Decision {
    guard dataTypes.contains(dataType) else { return .declined(.dataType(dataType)) }
    guard byteCount % 16 == 0 else { return .declined(.oddSize(byteCount)) }
    guard isAligned else { return .declined(.misaligned) }
    let row = table.row(for: byteCount)
    if isRegistered, let launch = row?.registered {
      return .taken(Decision.Plan(launch, launchBytes: byteCount, launches: 1))
    }
    let fits = byteCount <= maxByteCount
    guard fits || takesEverything else {
      return .declined(.tooLarge(byteCount, limit: maxByteCount))
    }
    let launchBytes = fits ? byteCount : maxByteCount
    var launch = fits ? row?.launch : table.row(for: launchBytes)?.launch
    if launch == nil, takesEverything { launch = table.lastLaunch }
    guard let launch else { return .declined(.fallbackIsFaster(byteCount)) }
    let launches = launchBytes == 0 ? 0 : (byteCount + launchBytes - 1) / launchBytes
    return .taken(Decision.Plan(launch, launchBytes: launchBytes, launches: launches))
  }

  /// What both arenas must have, in bytes each, for every message that may come.
  var arenaBytes: Int {
    var launches: [(SelectionTable.Launch?, upTo: Int)] = []
    var start = 16
    for row in table.rows where start <= maxByteCount {
      launches.append((row.launch, min(row.upTo, maxByteCount)))
      start = row.upTo == .max ? .max : row.upTo + 1
    }
    if takesEverything { launches.append((table.lastLaunch, maxByteCount)) }
    return launches.map { launch, upTo in
      launch?.kernel.arenaBytes(upTo, nRanks: nRanks) ?? 0
    }.max() ?? 0
  }
}
