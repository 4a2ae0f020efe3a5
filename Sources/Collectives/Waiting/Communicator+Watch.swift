internal import Rendezvous

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
  /// One task suspends between its looks; no thread is held. Watching again replaces the watch.
  ///
  /// - Parameters:
  ///   - peers: Who is asked about the other ranks; nil: nobody but the library.
  ///   - interval: Between two looks.
  ///   - callTimeout: How long a call may stay in the library: the first collective of a blocking
  ///     communicator waits there for the other ranks. nil: no limit.
  ///   - report: Called once with what was found.
  public func watch(
    peers: (any PeerMonitor)? = nil, every interval: Duration = .milliseconds(100),
    callTimeout: Duration? = nil,
    report: (@Sendable (CommunicatorError) -> Void)? = nil
  ) {
    keep(
      peers,
      Task { [weak self] in
        var call = WatchedCall(callTimeout)
        while !Task.isCancelled {
          // The communicator is not kept alive while nothing is looked at.
          guard let found = self?.look(peers, &call) else { return }
          if case .failure(let error) = found {
            report?(error)
            return
          }
          do { try await Task.sleep(for: interval) } catch { return }
        }
      })
  }

  /// Looks once. `nil`: there is nothing to watch any more.
  private func look(
    _ peers: (any PeerMonitor)?, _ call: inout WatchedCall
  ) -> Result<Void, CommunicatorError>? {
    guard isUsable else { return nil }
    if call.isOverdue(callInProgress) {
      return .failure(
        abort(
          becauseOf: CommunicatorError(
            .timedOut, in: "watch",
            "a call did not return within \(call.timeout ?? .zero): another rank did not come, or died",
            rank: rank)))
    }
    do throws(CommunicatorError) {
      _ = try isInProgress("watch")
    } catch {
      return .failure(error)
    }
    if let problem = peers?.problem() {
      return .failure(
        abort(becauseOf: CommunicatorError(.peerLost, in: "watch", problem, rank: rank)))
    }
    return .success(())
  }
}

/// The call that a watch saw in the library, and until when it may stay there.
private struct WatchedCall {
  let timeout: Duration?
  private var number: UInt64?
  private var deadline: Deadline?

  init(_ timeout: Duration?) { self.timeout = timeout }

  mutating func isOverdue(_ current: UInt64?) -> Bool {
    guard let timeout, let current else { return false }
    if current != number {
      number = current
      deadline = Deadline(timeout)
    }
    return deadline?.isOver ?? false
  }
}
