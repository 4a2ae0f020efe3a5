internal import Foundation

/// Whether a test run writes expectations, which `BINDGEN_COLL_RECORD` says.
///
/// A run that writes any always fails, so that no run passes on what it has just written itself.
package enum RecordMode: String, CaseIterable, Sendable {
  /// Compare only. What there is to compare with is missing or different: that is a failure.
  case never
  /// Write the files that are missing.
  case missing
  /// Write what is missing or different, delete what is not made any more.
  case failed
  /// Write everything anew.
  case all

  package static let variable = "BINDGEN_COLL_RECORD"

  /// `nil` stands for a variable that is not set.
  package init(_ value: String?) throws {
    guard let value else {
      self = .never
      return
    }
    guard let mode = RecordMode(rawValue: value) else { throw UnknownRecordMode(value: value) }
    self = mode
  }

  /// What the environment says.
  package static func current() throws -> RecordMode {
    try RecordMode(ProcessInfo.processInfo.environment[variable])
  }
}

package struct UnknownRecordMode: Error, CustomStringConvertible {
  package var value: String

  package var description: String {
    "\(RecordMode.variable) is \"\(value)\"; it can be "
      + RecordMode.allCases.map(\.rawValue).joined(separator: ", ")
  }
}
