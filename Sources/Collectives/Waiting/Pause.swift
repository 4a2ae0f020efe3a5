internal import Glibc
internal import Rendezvous

/// How long to wait before the next look: shorter first, as most waits are short.
struct Pause {
  private var looks = 0
  private let longest: Duration

  init(longest: Duration = .milliseconds(5)) { self.longest = longest }

  /// Blocks the thread while a condition holds, no longer than `limit`.
  ///
  /// - Returns: `false`: it still held then.
  static func wait(
    within limit: Duration, longest: Duration = .milliseconds(5), while holds: () -> Bool
  ) -> Bool {
    let deadline = Deadline(limit)
    var pause = Pause(longest: longest)
    while holds() {
      if deadline.isOver { return false }
      pause.sleep()
    }
    return true
  }

  private mutating func next() -> Duration? {
    looks += 1
    if looks <= 64 { return nil }
    let microseconds = 20 << min((looks - 64) / 8, 10)
    return min(.microseconds(microseconds), longest)
  }

  /// Blocks the thread.
  mutating func sleep() {
    guard let duration = next() else {
      sched_yield()
      return
    }
    var time = timespec(
      tv_sec: Int(duration.components.seconds),
      tv_nsec: Int(duration.components.attoseconds / 1_000_000_000))
    nanosleep(&time, nil)
  }

  /// Suspends the task.
  ///
  /// - Returns: `false` if the task is cancelled.
  mutating func sleep() async -> Bool {
    guard let duration = next() else {
      await Task.yield()
      return !Task.isCancelled
    }
    do { try await Task.sleep(for: duration) } catch { return false }
    return true
  }
}
