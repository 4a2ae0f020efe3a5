internal import CollectiveInterface
internal import LibraryLoader
internal import Synchronization

extension Communicator {
  /// Has the outstanding work come to its end, so that `destroy` need not wait for other ranks. All
  /// ranks call it. On a communicator that does not block, `ready` tells when it is done.
  ///
  /// - C: `ncclCommFinalize`, since 2.14.3
  public func finalize() throws(CommunicatorError) {
    try prepare(.commFinalize)
    try marked { () throws(CommunicatorError) in try call(.commFinalize, arguments) }
  }

  /// Gives everything back. All ranks call it, unless they called `finalize` before; may block until
  /// the outstanding work is done, and until the graphs that captured its collectives are gone: let go
  /// of those first. Calling it again does nothing. One whose work `shrink` has given up is aborted.
  ///
  /// - Throws: `CommunicatorError` of kind `asynchronous` if something went wrong before: then it was
  ///   aborted; of kind `library`. There is nothing left to use then either.
  /// - C: `ncclCommDestroy`
  public func destroy() throws(CommunicatorError) {
    let isGivenUp = isGivenUp.load(ordering: .acquiring)
    // NCCL does not take back what is not ready, or has failed.
    if isUsable, !isGivenUp, !Group.isOpen { try waitUntilReady() }
    guard end(.destroyed) else { return }
    if isGivenUp { return try giveUp(.seconds(10)) }
    do throws(CommunicatorError) { try call(.commDestroy, arguments) } catch {
      Group.leaveAfterFailure(library)
      throw error
    }
  }

  /// Gives up the outstanding work, and everything else back. Waits for no other rank; work of theirs
  /// that waits for this one does not end by itself. May be called while another thread is in a call.
  /// After the communicator's end it only waits for an abort that is under way, a watch's say: a program
  /// must not exit before that is over.
  ///
  /// A library that has no abort destroys. Where the library itself waits, for graphs that captured
  /// collectives or for a call that hangs, this returns after `limit`, and a thread of its own goes on
  /// waiting.
  ///
  /// - Throws: `CommunicatorError` of kind `library`, or `timedOut` after `limit`; there is nothing left
  ///   to use then either.
  /// - C: `ncclCommAbort`
  public func abort(limit: Duration = .seconds(10)) throws(CommunicatorError) {
    guard end(.aborted(nil)) else {
      let isOver = Pause.wait(within: limit) { isBeingAborted.load(ordering: .acquiring) }
      guard isOver else { throw overdueAbort(limit) }
      return
    }
    try giveUp(limit)
  }

  /// Ends the outstanding work, but keeps the communicator to be shrunk, split, destroyed or aborted.
  ///
  /// - C: `ncclCommRevoke`, since 2.28.7
  public func revoke() throws(CommunicatorError) {
    // Not only when it is ready: it is called because something went wrong.
    try checkUsable(.commRevoke)
    var arguments = arguments
    arguments.flags = try code(.revokeFlags, "default", in: .commRevoke)
    let (watch, peers) = watchAndPeers
    guard end(.revoked) else { throw notUsable("commRevoke") }
    do throws(CommunicatorError) {
      try marked { () throws(CommunicatorError) in try call(.commRevoke, arguments) }
      // One that does not block can be divided when it has taken note.
      var pause = Pause()
      if !isBlocking { while try isTakingNote() { pause.sleep() } }
    } catch {
      restore(watch, peers)
      throw error
    }
  }

  /// Whether its revocation is in progress; what it reports afterwards is the revocation.
  private func isTakingNote() throws(CommunicatorError) -> Bool {
    try questions.withLock { (_) throws(CommunicatorError) in
      // Somebody else may end it meanwhile.
      guard isRevoked else { return false }
      if case .inProgress = try AsyncState(library, arguments, rank: rank) { return true }
      return false
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
    try marked { () throws(CommunicatorError) in try call(.commSuspend, arguments) }
  }

  /// Takes the memory again that `suspend` gave back. All ranks call it.
  ///
  /// - C: `ncclCommResume`, since 2.29.7
  public func resume() throws(CommunicatorError) {
    try prepare(.commResume)
    try marked { () throws(CommunicatorError) in try call(.commResume, arguments) }
  }

  /// Aborts, and keeps the reason for calls to come.
  ///
  /// - Returns: The reason to throw: of two, the first.
  func abort(becauseOf reason: CommunicatorError) -> CommunicatorError {
    let reason = explained(reason)
    guard end(.aborted(reason)) else { return notUsable(reason.operation) }
    // The reason is what there is to tell.
    try? giveUp(.seconds(10))
    return reason
  }

  /// With what the peers know: a rank that gives up has told them why, and what the library reports
  /// here may be only what followed from that.
  private func explained(_ reason: CommunicatorError) -> CommunicatorError {
    switch reason.kind {
    case .asynchronous, .timedOut:
      guard let peers, let answer = BoundedCall.run(within: .seconds(1), { peers.problem() }),
        let problem = answer
      else { return reason }
      return CommunicatorError(
        reason.kind, in: reason.operation, "\(reason.text); \(problem)", rank: rank)
    default: return reason
    }
  }

  private func giveUp(_ limit: Duration) throws(CommunicatorError) {
    let (library, accelerator, rank) = (library, accelerator, rank)
    let comm = UInt(bitPattern: handle)
    let outcome = BoundedCall.run(within: limit) { [self] in
      // One that began before the end was known returns, or waits for other ranks and ends by the abort.
      _ = Pause.wait(within: .milliseconds(50)) { callInProgress != nil }
      defer { isBeingAborted.store(false, ordering: .releasing) }
      return Communicator.giveBack(library, comm, accelerator, rank: rank)
    }
    guard let outcome else { throw overdueAbort(limit) }
    if let error = outcome { throw error }
  }

  private func overdueAbort(_ limit: Duration) -> CommunicatorError {
    CommunicatorError(
      .timedOut, in: "commAbort",
      "the library has not let go of the communicator within \(limit); graphs that captured its "
        + "collectives must be gone before", rank: rank)
  }

  /// Gives back what nobody uses any more, within ten seconds or behind the caller's back.
  static func discard(
    _ library: any CollectiveLibrary, _ handle: UnsafeMutableRawPointer?,
    _ accelerator: Accelerator, rank: Int
  ) {
    let comm = UInt(bitPattern: handle)
    // There is nobody to tell of a failure.
    BoundedCall.run(within: .seconds(10)) {
      _ = giveBack(library, comm, accelerator, rank: rank)
    }
  }

  /// Aborts, or destroys where there is no abort.
  ///
  /// - Returns: What went wrong.
  static func giveBack(
    _ library: any CollectiveLibrary, _ comm: UInt, _ accelerator: Accelerator, rank: Int
  ) -> CommunicatorError? {
    var arguments = CommunicatorArguments()
    arguments.comm = UnsafeMutableRawPointer(bitPattern: comm)
    do throws(CommunicatorError) {
      try accelerator.withCurrent { () throws(CommunicatorError) in
        _ = try library.value(
          library.isAvailable(.commAbort) ? .commAbort : .commDestroy, arguments, rank: rank)
      }
      return nil
    } catch { return error }
  }

  /// Gives back what was made with the communicator. At its end it does so by itself.
  func release(_ operation: CollectiveOperation, _ set: (inout CommunicatorArguments) -> Void) {
    guard isUsable else { return }
    var arguments = arguments
    set(&arguments)
    // There is nobody to tell of a failure.
    try? call(operation, arguments)
  }
}
