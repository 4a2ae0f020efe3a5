import BindingPlan
import HeaderModel

// The small forms that generated code is made of.

extension TemplateContext {
  /// A Swift string literal.
  mutating func literal(_ text: String) -> TemplateValue { self.text(StringLiteral.swift(text)) }

  /// The inside of a Swift array literal.
  mutating func joined(_ texts: [String]) -> TemplateValue {
    text(texts.map(StringLiteral.swift).joined(separator: ", "))
  }
}

extension [UInt8] {
  static func += (bytes: inout [UInt8], range: Range<Int>) {
    bytes += String(range.lowerBound)
    bytes += "..<"
    bytes += String(range.upperBound)
  }
}

/// The arguments of a `LibraryRelease`.
func release(_ release: Release) -> String {
  "\(release.major), \(release.minor), \(release.patch)"
}

func span(_ span: Availability.Span) -> String {
  let until = span.until.map { ", until: LibraryRelease(\(release($0)))" } ?? ""
  return "since: LibraryRelease(\(release(span.since)))\(until)"
}

/// From the first release that has it to the last.
func span(_ availability: Availability) -> String {
  guard let since = availability.since else { return "since: LibraryRelease(0, 0, 0)" }
  return span(Availability.Span(since: since, until: availability.until))
}
