internal import CollectiveInterface
internal import LibraryLoader

extension Communicator {
  /// Has the outstanding work come to its end, so that `destroy` need not wait for other ranks. All
  /// ranks call it. On a communicator that does not block, `ready` tells when it is done.
  ///
  /// - C: `ncclCommFinalize`, since 2.14.3
  public func finalize() throws(CommunicatorError) {
    try prepare(.commFinalize)
    try callInContext(.commFinalize)
  }

  /// Gives everything back. All ranks call it, unless they called `finalize` before; may block until
  /// the outstanding work is done. Calling it again does nothing.
  ///
  /// - Throws: `CommunicatorError` of kind `library`; there is nothing left to use then either.
  /// - C: `ncclCommDestroy`
  public func destroy() throws(CommunicatorError) {
    guard end(.destroyed) else { return }
    try callInContext(.commDestroy)
  }

  /// Gives up the outstanding work, and everything else back. Waits for no other rank; work of theirs
  /// that waits for this one does not end by itself. May be called while another thread is in a call.
  /// After the communicator's end it does nothing.
  ///
  /// A library that has no abort destroys.
  ///
  /// - C: `ncclCommAbort`
  public func abort() throws(CommunicatorError) {
    guard end(.aborted(nil)) else { return }
    try callInContext(library.isAvailable(.commAbort) ? .commAbort : .commDestroy)
  }

  /// Ends the outstanding work, but keeps the communicator to be shrunk, split, destroyed or aborted.
  ///
  /// - C: `ncclCommRevoke`, since 2.28.7
  public func revoke() throws(CommunicatorError) {
    // Not only when it is ready: it is called because something went wrong.
    try checkUsable(.commRevoke)
    var arguments = arguments
    arguments.flags = try code(.revokeFlags, "default", in: .commRevoke)
    guard end(.revoked) else { throw notUsable("commRevoke") }
    do throws(CommunicatorError) {
      try accelerator.withCurrent { () throws(CommunicatorError) in
        _ = try library.value(.commRevoke, arguments, rank: rank)
      }
    } catch {
      restore()
      throw error
    }
  }

  /// Gives the memory of the communicator back until `resume`. All ranks call it, with nothing
  /// outstanding.
  ///
  /// - C: `ncclCommSuspend`, since 2.29.7
  public func suspend() throws(CommunicatorError) {
    try prepare(.commSuspend)
    var arguments = arguments
    arguments.flags = try code(.suspendFlags, "mem", in: .commSuspend)
    try accelerator.withCurrent { () throws(CommunicatorError) in
      _ = try library.value(.commSuspend, arguments, rank: rank)
    }
  }

  /// Takes the memory again that `suspend` gave back. All ranks call it.
  ///
  /// - C: `ncclCommResume`, since 2.29.7
  public func resume() throws(CommunicatorError) {
    try prepare(.commResume)
    try callInContext(.commResume)
  }

  /// Aborts, and keeps the reason for calls to come.
  ///
  /// - Returns: The reason to throw: of two, the first.
  func abort(becauseOf reason: CommunicatorError) -> CommunicatorError {
    let reason = explained(reason)
    guard end(.aborted(reason)) else { return notUsable(reason.operation) }
    let operation: CollectiveOperation =
      library.isAvailable(.commAbort) ? .commAbort : .commDestroy
    // The reason is what there is to tell.
    try? callInContext(operation)
    return reason
  }

  /// With what the peers know: a rank that gives up has told them why, and what the library reports
  /// here may be only what followed from that.
  private func explained(_ reason: CommunicatorError) -> CommunicatorError {
    switch reason.kind {
    case .asynchronous, .timedOut:
      guard let problem = peers?.problem() else { return reason }
      return CommunicatorError(
        reason.kind, in: reason.operation, "\(reason.text); \(problem)", rank: rank)
    default: return reason
    }
  }

  private func callInContext(_ operation: CollectiveOperation) throws(CommunicatorError) {
    try accelerator.withCurrent { () throws(CommunicatorError) in
      _ = try library.value(operation, arguments, rank: rank)
    }
  }
}
