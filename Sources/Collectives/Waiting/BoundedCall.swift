internal import Glibc
internal import Rendezvous
internal import Synchronization

/// Calls that may not return, made by a thread of their own.
///
/// NCCL's abort and destroy wait until the graphs that captured the communicator's collectives are
/// gone, and for a peer that is stuck in them. Who gives up on them must not be stuck too.
enum BoundedCall {
  private final class Job: Sendable {
    let body: @Sendable () -> Void
    let isDone = Atomic(false)

    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  /// Runs `body`, and waits no longer than `limit` for its end.
  ///
  /// - Returns: Whether it has come to its end; if not, its thread goes on.
  static func run(within limit: Duration, _ body: @escaping @Sendable () -> Void) -> Bool {
    let job = Job(body)
    var thread = pthread_t()
    let context = Unmanaged.passRetained(job)
    let status = pthread_create(
      &thread, nil,
      { context in
        guard let context else { return nil }
        let job = Unmanaged<Job>.fromOpaque(context).takeRetainedValue()
        job.body()
        job.isDone.store(true, ordering: .releasing)
        return nil
      }, context.toOpaque())
    guard status == 0 else {
      // No thread is to be had: better to wait than not to call.
      context.release()
      body()
      return true
    }
    pthread_detach(thread)
    let deadline = Deadline(limit)
    var pause = Pause(longest: .milliseconds(1))
    while !job.isDone.load(ordering: .acquiring) {
      if deadline.isOver { return false }
      pause.sleep()
    }
    return true
  }
}
