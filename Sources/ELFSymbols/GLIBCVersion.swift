/// A version of the GNU C library as symbol versions write it: "GLIBC_2.17", "GLIBC_2.2.5".
package struct GLIBCVersion: Comparable, Hashable, Sendable, CustomStringConvertible {
  package let major, minor, patch: Int

  /// nil for other names, such as "GLIBC_PRIVATE" or "GLIBC_ABI_DT_RELR".
  package init?(symbolVersion name: String) {
    let prefix = "GLIBC_"
    guard name.hasPrefix(prefix) else { return nil }
    let parts = name.dropFirst(prefix.count).split(separator: ".", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { UInt16($0).map(Int.init) }
    guard (2...3).contains(parts.count), numbers.count == parts.count else { return nil }
    major = numbers[0]
    minor = numbers[1]
    patch = numbers.count > 2 ? numbers[2] : 0
  }

  package static func < (left: Self, right: Self) -> Bool {
    (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
  }

  package var description: String {
    patch == 0 ? "\(major).\(minor)" : "\(major).\(minor).\(patch)"
  }
}
