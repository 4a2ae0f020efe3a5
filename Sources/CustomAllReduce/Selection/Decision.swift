public import Collectives

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

    init(_ launch: SelectionTable.Launch, of byteCount: Int, inPartsOf partBytes: Int) {
      self.launch = launch
      launchBytes = min(byteCount, partBytes)
      launches = launchBytes == 0 ? 0 : (byteCount - 1) / launchBytes + 1
    }
  }

  /// Why a call is not taken.
  public enum Reason: Hashable, Sendable {
    /// The setup ended with a no.
    case off([Refusal])
    /// A kernel has given up before. See `CustomAllReduceError.failed` for what ranks must do
    /// before the fallback is called.
    case failed(Failure)
    /// It has been closed.
    case closed
    /// No kernel computes this of this type.
    case noKernel(DataType, ReductionOp)
    /// The kernels for this type were not asked for.
    case dataType(DataType)
    /// The size is not a multiple of 16 bytes.
    case oddSize(Int)
    /// An address is not a multiple of 16.
    case misaligned
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
    case .noKernel(let type, let op): "there is no kernel for \(op) of \(type)"
    case .dataType(let type): "the options leave \(type) out"
    case .oddSize(let byteCount): "\(byteCount) bytes are not a multiple of 16"
    case .misaligned: "an address is not a multiple of 16"
    case .fallbackIsFaster(let byteCount):
      "the table gives \(byteCount) bytes to the fallback"
    }
  }
}

/// Decides about calls, from values alone: all ranks, which have the same values, decide alike.
struct SelectionPolicy: Sendable {
  let table: SelectionTable
  let nRanks: Int
  /// Of one launch.
  let maxByteCount: Int
  /// By the kernels' types, whether they were asked for.
  private let takesElement: [Bool]
  /// Nothing that can be taken goes to the fallback.
  let takesEverything: Bool
  /// In bytes; far below what 32 bits of packs are.
  static let countable = 1 << 30
  /// What each arena has, for every message that may come.
  let arenaBytes: Int

  init(
    table: SelectionTable, nRanks: Int, maxByteCount: Int,
    dataTypes: Set<DataType>, takesEverything: Bool
  ) {
    self.table = table
    self.nRanks = nRanks
    self.maxByteCount = maxByteCount
    takesElement = KernelElement.allCases.map { dataTypes.contains($0.dataType) }
    self.takesEverything = takesEverything
    var largest = 0
    for row in table.rows {
      let size = min(row.upTo, maxByteCount)
      largest = max(largest, row.launch?.kernel.arenaBytes(size, nRanks: nRanks) ?? 0)
    }
    arenaBytes = largest
  }

  func decide(
    byteCount: Int, dataType: DataType, _ op: ReductionOp = .sum, isAligned: Bool,
    isRegistered: Bool
  ) -> Decision {
    guard let element = KernelElement(dataType), KernelOperation(op) != nil else {
      return .declined(.noKernel(dataType, op))
    }
    guard takesElement[Int(element.rawValue)] else { return .declined(.dataType(dataType)) }
    guard byteCount % 16 == 0 else { return .declined(.oddSize(byteCount)) }
    guard isAligned else { return .declined(.misaligned) }
    let row = table.row(for: byteCount)
    let launch = (isRegistered ? row?.registered : nil) ?? row?.launch
    guard let launch = launch ?? (takesEverything ? table.lastLaunch : nil) else {
      return .declined(.fallbackIsFaster(byteCount))
    }
    return .taken(
      Decision.Plan(launch, of: byteCount, inPartsOf: partBytes(of: launch.kernel)))
  }

  /// The largest part of a message that a kernel's workspace holds, or that its counters count.
  func partBytes(of kernel: AllReduceKernel) -> Int {
    var part = kernel == .pullAndPush ? Self.countable : maxByteCount
    // A kernel for small messages has less of the workspace than one for large ones needs.
    while part > 16, kernel.arenaBytes(part, nRanks: nRanks) > arenaBytes {
      part = (part / 2 + 15) / 16 * 16
    }
    return part
  }
}
