/// A number of bytes as people write it: `512`, `1K`, `512M`, `2G`, in powers of 1024.
struct ByteCount: Hashable, Sendable {
  let bytes: Int

  init(_ bytes: Int) { self.bytes = bytes }

  /// Reads a text.
  ///
  /// - Throws: `OptionError` that says what is wrong with it.
  init(text: String) throws {
    var digits = Substring(text)
    if digits.last?.uppercased() == "B" { digits.removeLast() }
    let shift = digits.last.flatMap { Self.shifts[$0.uppercased()] }
    if shift != nil { digits.removeLast() }
    guard !digits.isEmpty, digits.allSatisfy({ $0.isASCII && $0.isNumber }),
      let number = Int(digits)
    else {
      throw OptionError("\"\(text)\" is no size: write a number of bytes, or one with K, M or G")
    }
    let (bytes, overflows) = number.multipliedReportingOverflow(by: 1 << (shift ?? 0))
    guard !overflows else { throw OptionError("\"\(text)\" is more bytes than there can be") }
    self.bytes = bytes
  }

  private static let shifts: [String: Int] = ["K": 10, "M": 20, "G": 30]
}

extension ByteCount: CustomStringConvertible {
  /// With the largest unit that leaves no rest.
  var description: String {
    for (unit, shift) in [("G", 30), ("M", 20), ("K", 10)]
    where bytes > 0 && bytes % (1 << shift) == 0 { return "\(bytes >> shift)\(unit)" }
    return "\(bytes)"
  }
}

/// What is wrong with an option's value.
struct OptionError: Error, CustomStringConvertible, Equatable {
  let description: String

  init(_ description: String) { self.description = description }
}
