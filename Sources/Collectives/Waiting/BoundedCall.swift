internal import Synchronization
internal import Threads

/// Calls that may not return, made by a thread of their own.
///
/// NCCL's abort and destroy wait until the graphs that captured the communicator's collectives are
/// gone, and for a peer that is stuck in them. Who gives up on them must not be stuck too.
enum BoundedCall {
  private final class Job<Value: Sendable>: Sendable {
    let value = Mutex<Value?>(nil)
  }

  /// Runs `body`, and waits no longer than `limit` for its end.
  ///
  /// - Returns: What it returned; nil: it is not at its end, and its thread goes on.
  @discardableResult
  static func run<Value: Sendable>(
    within limit: Duration, _ body: @escaping @Sendable () -> Value
  ) -> Value? {
    let job = Job<Value>()
    do throws(ThreadError) {
      try SystemThread {
        let value = body()
        job.value.withLock { $0 = value }
      }.detach()
    } catch {
      // No thread is to be had: better to wait than not to call.
      return body()
    }
    _ = Pause.wait(within: limit, longest: .milliseconds(1)) { job.value.withLock { $0 == nil } }
    return job.value.withLock { $0 }
  }
}
