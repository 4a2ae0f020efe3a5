import BindingPlan
import HeaderDiff
package import HeaderModel

/// A change that the project accepts, for a stated reason and until a stated day.
package struct Waiver: Hashable, Sendable {
  package var rule: String
  /// The symbol as reports name it.
  package var symbol: String
  /// The release that the change came with, such as `2.30.3`; `nil`: any.
  package var release: String?
  package var reason: String
  package var expires: Day
  /// Where it stands, for messages.
  package var file: String
  package var line: Int

  func covers(_ change: Change, _ diff: HeaderDiff) -> Bool {
    change.rule.id == rule && change.symbol == symbol && applies(to: diff.new.identifier)
  }

  package func applies(to release: String) -> Bool { self.release.map { $0 == release } ?? true }
}

/// A day of the calendar.
package struct Day: Hashable, Comparable, Sendable, CustomStringConvertible {
  package var year: Int
  package var month: Int
  package var day: Int

  /// Reads `2027-01-31`.
  package init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.utf8.count) == [4, 2, 2] else { return nil }
    let numbers = parts.compactMap { UInt16($0).map(Int.init) }
    guard numbers.count == 3, (1...12).contains(numbers[1]) else { return nil }
    (year, month, day) = (numbers[0], numbers[1], numbers[2])
    guard (1...Self.days(in: month, of: year)).contains(day) else { return nil }
  }

  package init(year: Int, month: Int, day: Int) {
    (self.year, self.month, self.day) = (year, month, day)
  }

  private static func days(in month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  package static func < (left: Day, right: Day) -> Bool {
    (left.year, left.month, left.day) < (right.year, right.month, right.day)
  }

  package var description: String {
    func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
    return "\(year)-\(padded(month))-\(padded(day))"
  }
}

extension Report {
  /// Waivers that are out of date, and those that apply to this report and match nothing in it.
  package func problems(of waivers: [Waiver], on today: Day) -> [Diagnostic] {
    let used = Set(groups.flatMap(\.waivers).compactMap(\.self))
    return waivers.filter { $0.applies(to: new.identifier) }.compactMap { waiver in
      if !used.contains(waiver) {
        return Diagnostic(
          .error, file: waiver.file, line: waiver.line,
          "the waiver of \(waiver.rule) for \(waiver.symbol) matches no change",
          rule: "waiver-unmatched",
          help: waiver.release == nil
            ? "take it out, or give the release that it is meant for"
            : "take it out, or correct its rule and symbol")
      }
      if waiver.expires < today {
        return Diagnostic(
          .error, file: waiver.file, line: waiver.line,
          "the waiver of \(waiver.rule) for \(waiver.symbol) expired on \(waiver.expires)",
          rule: "waiver-expired", help: "look at the change again, and renew it or take it out")
      }
      return nil
    }
  }
}

extension Waiver {
  /// Reads a file of waivers: a list of `rule`, `symbol`, `reason`, `expires`, and perhaps
  /// `release`.
  package static func list(yaml: String, file: String) throws(Diagnostic) -> [Waiver] {
    let known = Set(Rule.all.map(\.id))
    return try decodeList(yaml, file: file, what: "a waiver") {
      (decoder, line) throws(Diagnostic) in
      let rule = try decoder.required("rule")
      guard known.contains(rule) else {
        throw Diagnostic(
          .error, file: file, line: line, "there is no rule \"\(rule)\"", rule: "waiver-rule",
          help: "`bindgen-coll diff --rules` lists them")
      }
      let text = try decoder.required("expires")
      guard let expires = Day(text) else {
        throw Diagnostic(
          .error, file: file, line: line, "\"\(text)\" is not a day such as 2027-01-31",
          rule: "waiver-expires")
      }
      let waiver = Waiver(
        rule: rule, symbol: try decoder.required("symbol"),
        release: try decoder.string("release"), reason: try decoder.required("reason"),
        expires: expires, file: file, line: line)
      guard waiver.reason.contains(where: \.isLetter) else {
        throw Diagnostic(
          .error, file: file, line: line, "the waiver gives no reason", rule: "waiver-reason")
      }
      return waiver
    }
  }
}
