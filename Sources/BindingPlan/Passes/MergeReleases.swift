import HeaderModel

/// All of a vendor's models side by side, and the history of every name in them.
final class MergedReleases: Sendable {
  /// Ascending by release, then by flavour.
  let tables: [TypeTable]
  /// Ascending, each once.
  let releases: [Release]
  /// For each table the index of its release.
  private let releaseIndex: [Int]
  /// The availability of what is in every release, which is most of it.
  private let always: Availability

  init(_ headers: [Header]) {
    tables = headers.sortedByRelease().map(TypeTable.init)
    var releases: [Release] = []
    var index: [Int] = []
    for table in tables {
      if releases.last != table.header.release { releases.append(table.header.release) }
      index.append(releases.count - 1)
    }
    self.releases = releases
    releaseIndex = index
    always = Availability(
      releases: releases, present: Array(repeating: true, count: releases.count))
  }

  /// The model that has the last word on spelling and documentation.
  var newest: TypeTable? { tables.last }

  /// When something was there, given the tables that have it.
  func availability(_ tables: some Collection<Int>) -> Availability {
    if releases.count == 1, !tables.isEmpty { return always }
    var present = Array(repeating: false, count: releases.count)
    for table in tables { present[releaseIndex[table]] = true }
    return present.contains(false) ? Availability(releases: releases, present: present) : always
  }

  /// For every name the tables that have it, ascending.
  func history<Item>(
    _ items: (Header) -> [Item], name: (TypeTable, Item) -> String?
  ) -> [String: [(table: Int, item: Item)]] {
    var history: [String: [(table: Int, item: Item)]] = [:]
    for (index, table) in tables.enumerated() {
      for item in items(table.header) {
        if let name = name(table, item) { history[name, default: []].append((index, item)) }
      }
    }
    return history
  }
}
