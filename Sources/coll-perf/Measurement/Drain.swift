internal import Collectives
internal import Glibc
internal import Rendezvous

/// Waits for a stream the way that costs least: by asking again and again.
struct Drain {
  let communicator: Communicator
  let stream: any CollectiveStream
  let rendezvous: Rendezvous
  let timeout: Duration

  /// Waits until everything in the stream is done, and asks what came of it.
  ///
  /// - Throws: What went wrong on any rank; `PerfError` after the timeout. The communicator is aborted.
  func callAsFunction() throws {
    try wait()
    try checkState()
  }

  /// The first half, which is timed.
  func wait() throws {
    let start = ContinuousClock.now
    var nextLook = start + .milliseconds(200)
    let isHost = communicator.accelerator.context == nil
    var questions = 0
    while !(try stream.hasFinished()) {
      questions += 1
      // A stand-in works on the processors that are asking.
      if isHost { sched_yield() }
      guard questions % 256 == 0, nextLook < .now else { continue }
      nextLook = .now + .milliseconds(200)
      try lookAround(since: start)
    }
  }

  private func lookAround(since start: ContinuousClock.Instant) throws {
    try checkState()
    do { _ = try rendezvous.store.lostRanks() } catch {
      try? communicator.abort()
      throw error
    }
    guard start + timeout < .now else { return }
    try? communicator.abort()
    throw PerfError(
      "the stream was not done after \(timeout.components.seconds) s: another rank did not come, "
        + "or the device hangs; --timeout sets the limit")
  }

  /// The second half: a stream of failed operations comes to its end too.
  func checkState() throws {
    guard case .failed(let error) = try communicator.asyncState() else { return }
    try? communicator.abort()
    throw error
  }
}
