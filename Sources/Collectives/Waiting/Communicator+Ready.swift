internal import CollectiveInterface
internal import Rendezvous

extension Communicator {
  /// Waits until the calls on a communicator that does not block are done, and it is made. Suspends
  /// the task; no thread is held.
  ///
  /// - Parameter timeout: After it the communicator is aborted; nil: no limit.
  /// - Throws: `CommunicatorError` of kind `asynchronous`, `timedOut`, or `cancelled` if the task is;
  ///   the communicator is aborted then.
  /// - C: `ncclCommGetAsyncError`
  public func ready(timeout: Duration? = nil) async throws(CommunicatorError) {
    let deadline = timeout.map { Deadline($0) }
    var pause = Pause()
    while try isInProgress("ready") {
      if let deadline, deadline.isOver { throw abort(becauseOf: overdue("ready", deadline)) }
      guard await pause.sleep() else { throw abort(becauseOf: cancelled("ready")) }
    }
  }

  /// The same for programs without tasks. Blocks the thread.
  public func waitUntilReady(timeout: Duration? = nil) throws(CommunicatorError) {
    let deadline = timeout.map { Deadline($0) }
    var pause = Pause()
    while try isInProgress("waitUntilReady") {
      if let deadline, deadline.isOver {
        throw abort(becauseOf: overdue("waitUntilReady", deadline))
      }
      pause.sleep()
    }
  }

  /// Waits until everything in a stream is done, on this communicator's behalf. Suspends the task; no
  /// thread is held.
  ///
  /// A stream whose collectives wait for a rank that is dead never comes to its end by itself:
  /// aborting the communicator ends them.
  ///
  /// - Parameter timeout: After it the communicator is aborted; nil: no limit.
  /// - Throws: `CommunicatorError` of kind `device`, or as `ready`; the communicator is aborted then.
  public func finish(
    _ stream: any CollectiveStream, timeout: Duration? = nil
  ) async throws(CommunicatorError) {
    let deadline = timeout.map { Deadline($0) }
    var pause = Pause()
    while try isBusy(stream, "finish") {
      if let deadline, deadline.isOver { throw abort(becauseOf: overdue("finish", deadline)) }
      guard await pause.sleep() else { throw abort(becauseOf: cancelled("finish")) }
    }
  }

  /// The same for programs without tasks. Blocks the thread.
  public func waitUntilFinished(
    _ stream: any CollectiveStream, timeout: Duration? = nil
  ) throws(CommunicatorError) {
    let deadline = timeout.map { Deadline($0) }
    var pause = Pause()
    while try isBusy(stream, "waitUntilFinished") {
      if let deadline, deadline.isOver {
        throw abort(becauseOf: overdue("waitUntilFinished", deadline))
      }
      pause.sleep()
    }
  }

  // MARK: Looks

  private func isBusy(
    _ stream: any CollectiveStream, _ operation: String
  ) throws(CommunicatorError) -> Bool {
    let isInProgress = try isInProgress(operation)
    let hasFinished: Bool
    do throws(CommunicatorError) { hasFinished = try stream.hasFinished() } catch {
      // What the library has to say about it comes first.
      _ = try self.isInProgress(operation)
      throw abort(becauseOf: error)
    }
    guard hasFinished, !isInProgress else { return true }
    // What failed may have ended the stream's work after the look above.
    return try self.isInProgress(operation)
  }

  /// Looks once; a failure ends the communicator.
  func isInProgress(_ operation: String) throws(CommunicatorError) -> Bool {
    guard isUsable else { throw notUsable(operation) }
    switch try asyncState() {
    case .ready: return false
    case .inProgress: return true
    case .failed(let error): throw abort(becauseOf: error)
    }
  }

  private func overdue(_ operation: String, _ deadline: Deadline) -> CommunicatorError {
    CommunicatorError(
      .timedOut, in: operation,
      "not done within \(deadline.timeout): another rank did not come, or died", rank: rank
    )
  }

  private func cancelled(_ operation: String) -> CommunicatorError {
    CommunicatorError(.cancelled, in: operation, "the task was cancelled", rank: rank)
  }
}
