/// Tells whether the other ranks are still there: a rendezvous whose ranks stay connected, say.
public protocol PeerMonitor: Sendable {
  /// What is wrong with another rank, in words; nil: nothing is known to be. Must not block.
  func problem() -> String?
}

extension Communicator {
  /// Watches over the communicator until its end: what the library reports after its calls have
  /// returned, and a peer that is lost, abort it. Streams that wait for it come to their end then, and
  /// every further call throws what was found.
  ///
  /// One task suspends between its looks; no thread is held. Watching again replaces the watch.
  ///
  /// - Parameters:
  ///   - peers: Who is asked about the other ranks; nil: nobody but the library.
  ///   - interval: Between two looks.
  ///   - report: Called once with what was found.
  public func watch(
    peers: (any PeerMonitor)? = nil, every interval: Duration = .milliseconds(100),
    report: (@Sendable (CommunicatorError) -> Void)? = nil
  ) {
    keep(
      Task { [weak self] in
        while !Task.isCancelled {
          // The communicator is not kept alive while nothing is looked at.
          guard let found = self?.look(peers) else { return }
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
    _ peers: (any PeerMonitor)?
  ) -> Result<Void, CommunicatorError>? {
    guard isUsable else { return nil }
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
