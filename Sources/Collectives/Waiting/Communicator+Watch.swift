internal import Rendezvous
internal import Synchronization

/// Tells whether the other ranks are still there: a rendezvous whose ranks stay connected, say.
public protocol PeerMonitor: Sendable {
  /// What is wrong with another rank, in words; nil: nothing is known to be. Must not block for long.
  func problem() -> String?

  /// Tells the other ranks why this one has given up. Must not block for long.
  func tell(_ problem: String)
}

extension Communicator {
  /// Watches over the communicator until its end: what the library reports after its calls have
  /// returned, and a peer that is lost, abort it. Streams that wait for it come to their end then,
  /// every further call throws what was found, and the peers are told; they are told of every other
  /// abort too.
  ///
  /// Looks whatever the threads of tasks are busy with, and holds none between two looks. Watching again
  /// replaces the watch.
  ///
  /// - Parameters:
  ///   - peers: Who is asked about the other ranks; nil: nobody but the library.
  ///   - interval: Between two looks.
  ///   - callTimeout: How long a call, or a group from its first call on, may stay in the library: the
  ///     first collective of a blocking communicator waits there for the other ranks, as `split` and its
  ///     like do. nil: no limit.
  ///   - report: Called once with what was found.
  public func watch(
    peers: (any PeerMonitor)? = nil, every interval: Duration = .milliseconds(100),
    callTimeout: Duration? = nil,
    report: (@Sendable (CommunicatorError) -> Void)? = nil
  ) {
    let call = WatchedCall(callTimeout)
    let watch = Watch(every: interval) { [weak self] in
      // The communicator is not kept alive while nothing is looked at.
      guard let self, isUsable, let problem = problem(peers, call) else { return }
      // Not that somebody ended it during the look.
      if case .notUsable = problem.kind { return }
      report?(problem)
    }
    keep(peers, watch)
    // Not before it is kept, so that the peers are told of what the first look finds.
    watch.begin()
  }

  /// Looks once; what it finds ends the communicator.
  private func problem(
    _ peers: (any PeerMonitor)?, _ call: WatchedCall
  ) -> CommunicatorError? {
    if let timeout = call.timeout, call.isOverdue(callInProgress) {
      return abort(
        becauseOf: CommunicatorError(
          .timedOut, in: "watch",
          "a call did not return within \(timeout): another rank did not come, or died", rank: rank)
      )
    }
    do throws(CommunicatorError) {
      _ = try isInProgress("watch")
    } catch {
      return error
    }
    return peers?.problem().map {
      abort(becauseOf: CommunicatorError(.peerLost, in: "watch", $0, rank: rank))
    }
  }
}

/// The call that a watch saw in the library, and until when it may stay there.
private final class WatchedCall: Sendable {
  let timeout: Duration?
  private let seen = Mutex<(number: UInt64, deadline: Deadline)?>(nil)

  init(_ timeout: Duration?) { self.timeout = timeout }

  func isOverdue(_ current: UInt64?) -> Bool {
    guard let timeout, let current else { return false }
    return seen.withLock { seen in
      if let seen, seen.number == current { return seen.deadline.isOver }
      seen = (current, Deadline(timeout))
      return false
    }
  }
}
