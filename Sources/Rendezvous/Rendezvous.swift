internal import Synchronization

/// How the ranks of a job exchange bytes before they have a communicator.
///
/// Each rank has one, over a store that all of them share. All calls are collective: every rank must
/// make the same ones in the same order, from one thread at a time. They block, for `timeout` at
/// most. After an error the ranks no longer agree on what comes next, so every later call throws
/// that error again: close it, and make another with another job name.
///
/// ```swift
/// let rendezvous = try LaunchEnvironment.current().rendezvous()
/// let id = try rendezvous.broadcast(rendezvous.rank == 0 ? makeID() : [], root: 0)
/// try rendezvous.close()
/// ```
public struct Rendezvous: Sendable {
  /// Where the bytes go through.
  public let store: any Store
  /// How long a call waits for the other ranks.
  public let timeout: Duration
  /// Which of the ranks this is.
  public var rank: Int { store.rank }
  /// How many ranks there are.
  public var nRanks: Int { store.nRanks }

  private let progress = Progress()

  /// Whether a call is waiting for other ranks. It is told itself of what goes wrong meanwhile.
  package var isInCall: Bool { progress.isInCall }

  /// Makes a rank's rendezvous over its store.
  public init(_ store: any Store, timeout: Duration = .seconds(30)) {
    self.store = store
    self.timeout = timeout
  }

  /// Makes the rendezvous of `nRanks` ranks that are threads of this process; the one at position
  /// `i` is rank `i`'s.
  public static func threads(
    _ nRanks: Int, timeout: Duration = .seconds(30)
  ) throws(RendezvousError) -> [Rendezvous] {
    try ThreadStore.group(nRanks).map { Rendezvous($0, timeout: timeout) }
  }

  /// Every rank gets what each of the ranks gave. Blocks.
  ///
  /// - Parameter bytes: At most a mebibyte less 16 bytes; the ranks' lengths may differ.
  /// - Returns: `nRanks` values in the order of ranks.
  /// - Throws: `timeout` with the missing ranks; `ranksLost`, `duplicateRank` and `disagreement`
  ///   with the ranks that it is about; what the store throws.
  public func allGather(_ bytes: [UInt8]) throws(RendezvousError) -> [[UInt8]] {
    try exchange(Call(operation: .allGather, root: 0), bytes)
  }

  /// Every rank gets what `root` gave. Blocks until all ranks have called it.
  ///
  /// - Parameters:
  ///   - bytes: The root's value, as for `allGather`; that of other ranks does not count.
  ///   - root: The same on every rank.
  /// - Throws: As `allGather`.
  public func broadcast(_ bytes: [UInt8], root: Int) throws(RendezvousError) -> [UInt8] {
    guard (0..<nRanks).contains(root) else {
      throw RendezvousError(
        .invalidArgument, "root is \(root); of \(nRanks) ranks the numbers are 0 to \(nRanks - 1)")
    }
    return try exchange(Call(operation: .broadcast, root: root), rank == root ? bytes : [])[root]
  }

  /// Waits until all ranks have called it. Blocks.
  ///
  /// - Throws: As `allGather`.
  public func barrier() throws(RendezvousError) {
    _ = try exchange(Call(operation: .barrier, root: 0), [])
  }

  /// Leaves the store; see `Store.close()`.
  public func close() throws(RendezvousError) { try store.close() }
}

/// What a rank calls: it goes before its bytes, so that ranks that call different things are told
/// so, rather than given each other's bytes.
private struct Call: Equatable, CustomStringConvertible {
  enum Operation: UInt8 { case allGather = 1, broadcast, barrier }

  let operation: Operation
  let root: Int

  init(operation: Operation, root: Int) {
    self.operation = operation
    self.root = root
  }

  var description: String {
    operation == .broadcast ? "broadcast from root \(root)" : "\(operation)"
  }

  func encoded(with bytes: [UInt8]) -> [UInt8] {
    var writer = ByteWriter()
    writer.append(operation.rawValue)
    writer.append(UInt32(root))
    return writer.bytes + bytes
  }

  static func decode(_ value: [UInt8]) throws(MalformedMessage) -> (call: Call, bytes: [UInt8]) {
    var reader = ByteReader(value)
    let code = try reader.byte()
    let root = try Int(reader.number())
    guard let operation = Operation(rawValue: code) else { throw MalformedMessage() }
    return (Call(operation: operation, root: root), reader.rest)
  }
}

/// How far a rank is; copies of its rendezvous share it.
private final class Progress: Sendable {
  private struct State {
    var calls = 0
    var isInCall = false
    var failure: RendezvousError?
  }

  private let state = Mutex(State())

  var isInCall: Bool { state.withLock { $0.isInCall } }

  /// The call's number, from 1 on; what failed before fails again.
  func next() throws(RendezvousError) -> Int {
    try state.withLock { (state) throws(RendezvousError) in
      if let failure = state.failure { throw failure }
      state.calls += 1
      state.isInCall = true
      return state.calls
    }
  }

  func end() { state.withLock { $0.isInCall = false } }

  func fail(_ error: RendezvousError) {
    state.withLock { state in state.failure = state.failure ?? error }
  }
}

extension Rendezvous {
  /// A value of a store less what goes before it.
  private static let maximalCount = Limits.value - 16

  private func exchange(_ call: Call, _ bytes: [UInt8]) throws(RendezvousError) -> [[UInt8]] {
    guard bytes.count <= Self.maximalCount else {
      throw RendezvousError(
        .invalidArgument,
        "\(call) of \(bytes.count) bytes; a rendezvous takes up to \(Self.maximalCount)")
    }
    let number = try progress.next()
    defer { progress.end() }
    do throws(RendezvousError) {
      try store.set(key(number, rank), call.encoded(with: bytes))
      let values = try store.get((0..<nRanks).map { key(number, $0) }, timeout: timeout)
      // Who has come to this call has read everything of the one before.
      if number > 1 { try store.delete(key(number - 1, rank)) }
      return try compare(values, with: call, number)
    } catch {
      let error = error.kind == .timeout ? absence(error, call, number) : error
      progress.fail(error)
      // Where that fails too, the store has told the others, or they notice the same.
      try? store.fail(error)
      throw error
    }
  }

  private func key(_ number: Int, _ rank: Int) -> String { "call-\(number)-rank-\(rank)" }

  private func compare(
    _ values: [[UInt8]], with own: Call, _ number: Int
  ) throws(RendezvousError) -> [[UInt8]] {
    var results: [[UInt8]] = []
    for (peer, value) in values.enumerated() {
      let other: (call: Call, bytes: [UInt8])
      do throws(MalformedMessage) { other = try Call.decode(value) } catch {
        throw RendezvousError(
          .disagreement,
          "rank \(peer)'s call \(number) is not one of a rendezvous: "
            + "something else uses the store's keys", ranks: [peer])
      }
      guard other.call == own else {
        throw RendezvousError(
          .disagreement,
          "in call \(number), rank \(rank) has \(own) and rank \(peer) \(other.call); "
            + "every rank must make the same calls in the same order", ranks: [rank, peer])
      }
      results.append(other.bytes)
    }
    return results
  }

  /// The same as the store's error, in terms of ranks.
  private func absence(
    _ error: RendezvousError, _ call: Call, _ number: Int
  ) -> RendezvousError {
    let keys = Set(error.keys)
    let missing = (0..<nRanks).filter { keys.contains(key(number, $0)) }
    guard !missing.isEmpty else { return error }
    return RendezvousError(
      .timeout,
      "\(rankList(missing)) of \(nRanks) did not come within \(timeout.inWords) "
        + "(call \(number), \(call))", ranks: missing)
  }
}

/// "rank 3", or "ranks 2, 5, 7-9".
func rankList(_ ranks: [Int]) -> String {
  var ranges: [ClosedRange<Int>] = []
  for rank in ranks.sorted() {
    if let last = ranges.last, last.upperBound + 1 == rank {
      ranges[ranges.count - 1] = last.lowerBound...rank
    } else {
      ranges.append(rank...rank)
    }
  }
  let texts = ranges.map { range in
    switch range.count {
    case 1: "\(range.lowerBound)"
    case 2: "\(range.lowerBound), \(range.upperBound)"
    default: "\(range.lowerBound)-\(range.upperBound)"
    }
  }
  return (ranks.count == 1 ? "rank " : "ranks ") + texts.joined(separator: ", ")
}
