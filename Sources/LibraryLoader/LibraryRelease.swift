/// A release of a vendor's library as major.minor.patch.
public struct LibraryRelease: Comparable, Hashable, Sendable, CustomStringConvertible {
  /// The three numbers, most significant first.
  public let major, minor, patch: Int

  /// Makes the release `major.minor.patch`.
  public init(_ major: Int, _ minor: Int, _ patch: Int) {
    self.major = major
    self.minor = minor
    self.patch = patch
  }

  /// Reads "2.28.7" or "12.9" (patch 0); nil for anything else.
  package init?(parsing text: some StringProtocol) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    var numbers: [Int] = []
    for part in parts {
      guard part.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(part) else {
        return nil
      }
      numbers.append(number)
    }
    switch numbers.count {
    case 2: self.init(numbers[0], numbers[1], 0)
    case 3: self.init(numbers[0], numbers[1], numbers[2])
    default: return nil
    }
  }

  /// Orders releases by major, then minor, then patch number.
  public static func < (left: LibraryRelease, right: LibraryRelease) -> Bool {
    (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
  }

  /// "2.28.7".
  public var description: String { "\(major).\(minor).\(patch)" }
}
