internal import Rendezvous
internal import Synchronization
internal import Threads

/// Calls that may not return, made by a thread of their own.
///
/// NCCL's abort and destroy wait until the graphs that captured the communicator's collectives are
/// gone, and for a peer that is stuck in them. Who gives up on them must not be stuck too.
enum BoundedCall {
  private final class Job: Sendable {
    let isDone = Atomic(false)
  }

  /// Runs `body`, and waits no longer than `limit` for its end.
  ///
  /// - Returns: Whether it has come to its end; if not, its thread goes on.
  static func run(within limit: Duration, _ body: @escaping @Sendable () -> Void) -> Bool {
    let job = Job()
    do throws(ThreadError) {
      try SystemThread {
        body()
        job.isDone.store(true, ordering: .releasing)
      }.detach()
    } catch {
      // No thread is to be had: better to wait than not to call.
      body()
      return true
    }
    let deadline = Deadline(limit)
    var pause = Pause(longest: .milliseconds(1))
    while !job.isDone.load(ordering: .acquiring) {
      if deadline.isOver { return false }
      pause.sleep()
    }
    return true
  }
}
