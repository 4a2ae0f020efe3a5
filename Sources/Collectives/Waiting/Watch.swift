internal import Dispatch

/// Looks at something now and then, for as long as it is held.
///
/// No task: those share as many threads as there are processors, which all may be in calls that wait
/// for other ranks when a look is most needed. A queue of its own gets a thread for the time of a look
/// however busy others are.
final class Watch: Sendable {
  // Dispatch's objects may be used from any thread, which its module does not say.
  private nonisolated(unsafe) let timer: any DispatchSourceTimer

  /// - Parameters:
  ///   - interval: Between the beginnings of two looks; a look that takes longer delays the next.
  ///   - look: Looks once. Never called twice at once; one that is under way ends after the watch.
  init(every interval: Duration, _ look: @escaping @Sendable () -> Void) {
    timer = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "Communicator.watch"))
    timer.setEventHandler(handler: look)
    timer.schedule(deadline: .now(), repeating: interval.dispatched)
  }

  deinit {
    timer.cancel()
    // One that never began may not go.
    timer.activate()
  }

  /// Looks for the first time. Once.
  func begin() { timer.activate() }
}

extension Duration {
  /// At least a microsecond, at most a year: neither is a limit, but a number of nanoseconds has one.
  fileprivate var dispatched: DispatchTimeInterval {
    let (seconds, attoseconds) = min(max(self, .microseconds(1)), .seconds(365 * 86400)).components
    return .nanoseconds(Int(seconds) * 1_000_000_000 + Int(attoseconds / 1_000_000_000))
  }
}
