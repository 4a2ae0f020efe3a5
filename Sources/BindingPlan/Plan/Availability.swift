package import HeaderModel

/// The releases that have something, among those a model exists for.
///
/// Kept as ranges between known releases: `until` is the first known release without it.
package struct Availability: Hashable, Sendable {
  package struct Span: Hashable, Sendable {
    package var since: Release
    package var until: Release?

    package init(since: Release, until: Release?) {
      self.since = since
      self.until = until
    }
  }

  package let spans: [Span]
  /// `since 2.13.4`, `2.24.3 until 2.30.3`.
  package let text: String

  /// `present` tells for each of `releases`, which ascend, whether it has the thing.
  package init(releases: [Release], present: [Bool]) {
    var spans: [Span] = []
    var open: Release?
    for (release, isPresent) in zip(releases, present) {
      if isPresent, open == nil {
        open = release
      } else if !isPresent, let since = open {
        spans.append(Span(since: since, until: release))
        open = nil
      }
    }
    if let since = open { spans.append(Span(since: since, until: nil)) }
    self.spans = spans
    text = spans.map { span in
      span.until.map { "\(span.since) until \($0)" } ?? "since \(span.since)"
    }.joined(separator: ", ")
  }

  package var since: Release? { spans.first?.since }
  package var until: Release? { spans.last.flatMap(\.until) }
}
