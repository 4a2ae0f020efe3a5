/// Why the dynamic symbols of a file could not be read.
package struct ELFError: Error, Equatable, Sendable, CustomStringConvertible {
  package enum Reason: Equatable, Sendable {
    /// The file could not be opened or read.
    case unreadable
    /// The file does not start as an ELF file does.
    case notELF
    /// An ELF file of a kind that is recognised, but not read.
    case unsupported
    /// A table lies outside the file, or an entry outside its table.
    case damaged
  }

  package let file: String
  package let reason: Reason
  /// Where in the file the offending value is, or would be.
  package let offset: UInt64
  /// What was found, as a sentence without the file's name.
  package let what: String

  package init(file: String, reason: Reason, offset: UInt64, what: String) {
    self.file = file
    self.reason = reason
    self.offset = offset
    self.what = what
  }

  package var description: String {
    reason == .unreadable ? "\(file): \(what)" : "\(file): at byte \(offset): \(what)"
  }
}
