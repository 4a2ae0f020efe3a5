public import Collectives

/// What a kernel reported when it gave up.
public struct Failure: Hashable, Sendable {
  /// Why.
  public enum Cause: Hashable, Sendable {
    /// Data of these ranks did not come in time: they have died, are stuck, or make other calls.
    case timedOut(missing: [Int])
    /// `abort()` was called.
    case aborted
    /// Two ranks made different calls: the origin this one, another rank that one. Found only with
    /// `Options.comparesCalls`, which says what it compares.
    case differentCalls(CallDescription, CallDescription)
    /// Memory of these ranks could not be reached.
    case unreachable([Int])
    /// A captured call was launched before its buffers were registered.
    case unregistered
    /// A report that this release does not know.
    case unknown(code: UInt32)
  }

  /// Why.
  public let cause: Cause
  /// The rank that found it. On other ranks the failure is the same one, passed on.
  public let origin: Int
  /// How many launches of kernels that reduce this rank had made before, modulo 2^32, when its
  /// kernel found the failure or was told of it. A call that is taken in parts has a launch for
  /// each; calls that go to the fallback have none. Ranks that do the same count alike; a rank that
  /// was told may have been behind or ahead.
  public let turn: UInt32
}

extension Failure: CustomStringConvertible {
  /// One sentence.
  public var description: String {
    "rank \(origin), launch \(turn): \(cause)"
  }
}

extension Failure.Cause: CustomStringConvertible {
  /// One clause.
  public var description: String {
    func list(_ ranks: [Int]) -> String { ranks.map(String.init).joined(separator: ", ") }
    return switch self {
    case .timedOut(let missing): "nothing came in time from rank \(list(missing))"
    case .aborted: "aborted"
    case .differentCalls(let mine, let theirs):
      "the ranks make different calls: \(mine), and \(theirs)"
    case .unreachable(let ranks): "the memory of rank \(list(ranks)) cannot be reached"
    case .unregistered: "a graph was launched before its buffers were registered"
    case .unknown(let code): "unknown failure \(code)"
    }
  }
}

/// A call, as ranks compare it.
public struct CallDescription: Hashable, Sendable, CustomStringConvertible {
  /// In whole packs of 16 bytes, modulo 2^29.
  public let byteCount: Int
  /// Whether it is taken; else the fallback computes it.
  public let isTaken: Bool
  private let element: KernelElement?
  private let operation: KernelOperation?

  /// nil: a type that there are no kernels for.
  public var dataType: DataType? { element?.dataType }
  /// nil: an operation that the kernels do not know.
  public var reductionOp: ReductionOp? { operation?.reductionOp }

  init(
    byteCount: Int, _ element: KernelElement?, _ operation: KernelOperation?, isTaken: Bool = true
  ) {
    self.byteCount = byteCount & (1 << 29 - 16)
    self.isTaken = isTaken
    self.element = element
    self.operation = operation
  }

  init(_ call: Call, isTaken: Bool) {
    self.init(
      byteCount: call.byteCount, KernelElement(call.dataType), KernelOperation(call.op),
      isTaken: isTaken)
  }

  /// Packs of 16 bytes above, then a bit for who computes, two for type, four for operation.
  var word: UInt32 {
    UInt32(byteCount / 16) << 7 | (isTaken ? 0 : 1) << 6 | (element?.rawValue ?? 3) << 4
      | (operation?.rawValue ?? 15)
  }

  init(word: UInt32) {
    byteCount = Int(word >> 7) * 16
    isTaken = word >> 6 & 1 == 0
    element = KernelElement(rawValue: word >> 4 & 3)
    operation = KernelOperation(rawValue: word & 15)
  }

  /// Such as "sum of 4096 bytes of bfloat16", with ", by the fallback" behind.
  public var description: String {
    "\(reductionOp.map { "\($0)" } ?? "?") of \(byteCount) bytes of \(dataType.map { "\($0)" } ?? "?")"
      + (isTaken ? "" : ", by the fallback")
  }
}
