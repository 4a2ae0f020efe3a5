internal import Glibc

/// A string table, which hands out the text between an index and the next NUL.
///
/// A damaged file can let a million entries name the same long string, so all strings of one file
/// draw on a common budget that no real file comes near.
final class StringTable {
  /// Longer than mangled C++ names are.
  static let maximumLength = 65_536

  private let piece: Piece
  private var budget = ByteSource.maximumPiece

  init(_ piece: Piece) {
    self.piece = piece
  }

  func string(_ index: UInt64, of what: String) throws(ELFError) -> String {
    let bytes = piece.bytes
    guard index < piece.count else {
      throw failure(index, "the \(what) lies outside the string table of \(piece.count) bytes")
    }
    let start = bytes.startIndex + Int(index)
    let rest = bytes[start..<min(bytes.endIndex, start + Self.maximumLength)]
    let length = rest.withUnsafeBytes { rest in
      rest.baseAddress.map { strnlen($0, rest.count) } ?? 0
    }
    guard length < rest.count else {
      throw failure(index, "the \(what) does not end within \(rest.count) bytes")
    }
    let cost = UInt64(length) + 16
    guard cost <= budget else { throw failure(index, "the strings together are too long") }
    budget -= cost
    return String(decoding: rest.prefix(length), as: UTF8.self)
  }

  private func failure(_ index: UInt64, _ what: String) -> ELFError {
    ELFError(
      file: piece.source, reason: .damaged, offset: piece.offset.addingReportingOverflow(index).0,
      what: what)
  }
}
