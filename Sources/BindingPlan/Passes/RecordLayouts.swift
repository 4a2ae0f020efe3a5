import HeaderModel

/// Which layouts every record had, and what each is called in the generated header.
///
/// A record with one layout keeps its name; one that changed gets a struct for each layout, named
/// after the first release that has it: a tag is not a layout.
struct RecordLayouts {
  struct Layout {
    var key: String
    var tables: [Int]
    var emittedName: String
  }

  /// By the name that people call the record.
  private(set) var layouts: [String: [Layout]] = [:]

  init(_ merged: MergedReleases, cPrefix: String) {
    let history = merged.history(\.records) { table, record in
      record.layout == nil || record.name.contains(":")
        ? nil : table.name(of: .record(record.kind, record.name))
    }
    for (name, occurrences) in history where isIdentifier(name) {
      var found: [Layout] = []
      for (table, record) in occurrences {
        guard let key = merged.tables[table].layoutKey(record) else { continue }
        if let index = found.firstIndex(where: { $0.key == key }) {
          found[index].tables.append(table)
        } else {
          found.append(Layout(key: key, tables: [table], emittedName: ""))
        }
      }
      for index in found.indices {
        let first = merged.tables[found[index].tables[0]].header.identifier
        found[index].emittedName =
          found.count == 1 ? cPrefix + name : "\(cPrefix)\(name)_\(SwiftNames.suffix(first))"
      }
      layouts[name] = found
    }
  }

  func isSingle(_ name: String) -> Bool { layouts[name]?.count == 1 }

  func emittedName(_ name: String, in table: Int) -> String? {
    layouts[name]?.first { $0.tables.contains(table) }?.emittedName
  }
}
