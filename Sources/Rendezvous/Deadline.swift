/// When a wait is over.
package struct Deadline: Sendable {
  package let timeout: Duration
  private let instant: ContinuousClock.Instant

  package init(_ timeout: Duration) {
    self.timeout = timeout
    // Hardly a limit, but adding it to now does not overflow.
    instant = .now + min(max(timeout, .zero), .seconds(100 * 365 * 86400))
  }

  package var isOver: Bool { instant <= ContinuousClock.now }

  var remaining: Duration { max(ContinuousClock.now.duration(to: instant), .zero) }
}

extension Duration {
  /// Rounded up, so that a wait of it does not end early; what is longer than three weeks is that.
  var milliseconds: Int32 {
    guard self > .zero else { return 0 }
    let (seconds, attoseconds) = components
    guard seconds < 2_000_000 else { return 2_000_000_000 }
    return Int32(seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
  }

  /// "30 s", or "250 ms".
  var inWords: String {
    components.attoseconds == 0 ? "\(components.seconds) s" : "\(milliseconds) ms"
  }
}
