public import CollectiveInterface
internal import LibraryLoader
internal import Synchronization

/// A rank's membership of a group of devices that work together: what collectives are called on.
///
/// All ranks call the same collectives of a communicator in the same order. Calls put work into a
/// stream and return; they may be made from any thread, one at a time.
///
/// **Its end.** `finalize()` and `destroy()` wait for the work, together with the other ranks;
/// `abort()` gives it up and waits for nobody. A communicator that is merely dropped is aborted
/// (destroyed, where the library has no abort): nothing is left behind, and nobody is waited for.
public final class Communicator: Sendable {
  /// The vendor's library that it works with.
  public let library: any CollectiveLibrary
  /// What it works on.
  public let accelerator: Accelerator
  /// This one's, from 0.
  public let rank: Int
  /// How many there are.
  public let nRanks: Int
  /// Whether calls return when they are done; `ready` waits for the others.
  public let isBlocking: Bool

  package nonisolated(unsafe) let handle: UnsafeMutableRawPointer?
  let codes: CodeTable

  private let life = Mutex(Life())
  /// The same as `life.end == nil`, to look at in every call.
  let isAlive = Atomic(true)

  /// Odd while a call is in the library, and another number for each: so that a watch sees one that
  /// does not return.
  let calls = Atomic<UInt64>(0)

  /// Whether its work was given up for a communicator without the ranks that failed. The library may go
  /// on reporting their failure.
  let isGivenUp = Atomic(false)

  /// Whether an abort is under way.
  let isBeingAborted = Atomic(false)

  /// Held while the library is asked for the state, which a watch or another thread may do at any time:
  /// so that it is not asked about what is being given back.
  let questions = Mutex<Void>(())

  private struct Life: Sendable {
    var end: End?
    var watch: Watch?
    var peers: (any PeerMonitor)?
  }

  /// Why a communicator cannot be used any more.
  enum End: Sendable {
    case destroyed
    case aborted(CommunicatorError?)
    case revoked
  }

  init(
    _ library: any CollectiveLibrary, _ handle: UnsafeMutableRawPointer?, rank: Int, nRanks: Int,
    on accelerator: Accelerator, isBlocking: Bool, codes: CodeTable? = nil
  ) {
    self.library = library
    self.handle = handle
    self.rank = rank
    self.nRanks = nRanks
    self.accelerator = accelerator
    self.isBlocking = isBlocking
    self.codes = codes ?? CodeTable(library)
    // What a group makes is not ready before its end.
    _ = Group.take(self)
  }

  deinit {
    if needsEnd { Self.discard(library, handle, accelerator, rank: rank) }
  }

  /// Whether the library still has something of it.
  private var needsEnd: Bool {
    switch life.withLock({ $0.end }) {
    case nil, .revoked: true
    case .destroyed, .aborted: false
    }
  }
}

// MARK: State

extension Communicator {
  /// Whether it was destroyed, aborted or revoked.
  public var isUsable: Bool { isAlive.load(ordering: .acquiring) }

  /// The arguments of a call on it.
  var arguments: CommunicatorArguments {
    var arguments = CommunicatorArguments()
    arguments.comm = handle
    return arguments
  }

  @inline(never)
  func notUsable(_ operation: String) -> CommunicatorError {
    switch life.withLock({ $0.end }) {
    case .aborted(let cause?): CommunicatorError(cause.kind, in: operation, cause.text, rank: rank)
    case .aborted(nil):
      CommunicatorError(.notUsable, in: operation, "the communicator was aborted", rank: rank)
    case .revoked:
      CommunicatorError(
        .notUsable, in: operation,
        "the communicator was revoked: it can be shrunk, split, destroyed and aborted", rank: rank)
    case .destroyed, nil:
      CommunicatorError(.notUsable, in: operation, "the communicator was destroyed", rank: rank)
    }
  }

  /// Takes the right to end it; `false`: somebody else has done so.
  func end(_ end: End) -> Bool {
    let before = life.withLock { life -> Life? in
      switch (life.end, end) {
      case (nil, _), (.revoked, .destroyed), (.revoked, .aborted): break
      default: return nil
      }
      defer {
        if case .aborted = end { isBeingAborted.store(true, ordering: .relaxed) }
        life.end = end
        life.watch = nil
        life.peers = nil
        isAlive.store(false, ordering: .sequentiallyConsistent)
      }
      return life
    }
    guard let before else { return false }
    // Who asks for its state now may still do so; from here on nobody begins to.
    questions.withLock { _ in }
    if case .aborted(let reason) = end, let peers = before.peers {
      let word = reason?.text ?? "it aborted its communicator"
      // Whoever does not take it at once must not keep the library waiting.
      BoundedCall.run(within: .seconds(1)) { peers.tell(word) }
    }
    return true
  }

  /// Takes back a revocation that the library refused, unless somebody has ended the communicator since.
  func restore(_ watch: Watch?, _ peers: (any PeerMonitor)?) {
    life.withLock { life in
      guard case .revoked = life.end else { return }
      life = Life(end: nil, watch: watch, peers: peers)
      isAlive.store(true, ordering: .sequentiallyConsistent)
    }
  }

  /// What watches over it.
  var watchAndPeers: (Watch?, (any PeerMonitor)?) { life.withLock { ($0.watch, $0.peers) } }

  var isRevoked: Bool {
    if case .revoked = life.withLock({ $0.end }) { true } else { false }
  }

  /// Who is asked about the other ranks, while it is watched.
  var peers: (any PeerMonitor)? { life.withLock { $0.peers } }

  /// Keeps what watches over it until its end, in the place of one before, and who is told of the end.
  func keep(_ peers: (any PeerMonitor)?, _ watch: Watch) {
    life.withLock { life in
      guard life.end == nil else { return }
      life.watch = watch
      life.peers = peers
    }
  }

  /// The same error with this rank.
  func failure(
    _ error: CollectiveError, in operation: CollectiveOperation
  ) -> CommunicatorError {
    CommunicatorError(error.withRank(rank), in: operation.rawValue, rank: rank)
  }
}
