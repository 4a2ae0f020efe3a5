/// The prefixes that a vendor's names begin with. The longest that fits is the one that is meant.
struct NamePrefixes {
  private let longestFirst: [String]

  init(_ prefixes: [String]) {
    longestFirst = prefixes.sorted { $0.utf8.count > $1.utf8.count }
  }

  /// What is left of a name without its prefix; `nil` where it has none, or is nothing else.
  func rest(of name: String) -> String? {
    longestFirst.first {
      name.utf8.count > $0.utf8.count && name.utf8.starts(with: $0.utf8)
    }.map {
      String(Substring(name.utf8.dropFirst($0.utf8.count)))
    }
  }
}
