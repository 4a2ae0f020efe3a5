package import HeaderModel

/// When every name of a vendor's headers came, changed and went.
package struct History: Sendable {
  package struct Event: Sendable {
    /// The header that brought it.
    package var header: Int
    package var change: Change
  }

  /// One name through all headers.
  package struct Line: Sendable {
    package var name: Inventory.Name
    /// For each header whether it has the name.
    package var present: [Bool]
    /// In the order of the headers.
    package var events: [Event]

    package var first: Int? { present.firstIndex(of: true) }
    package var last: Int? { present.lastIndex(of: true) }
  }

  /// The headers' releases, ascending.
  package let identifiers: [String]
  /// By kind, then by name.
  package let lines: [Line]

  /// `diffs` are those of neighbours in `headers`.
  package init(_ headers: [Header], diffs: [HeaderDiff]) {
    identifiers = headers.map(\.identifier)
    let count = headers.count
    var lines: [Inventory.Name: Line] = [:]
    for (index, header) in headers.enumerated() {
      for name in Inventory.names(header) {
        lines[
          name,
          default: Line(name: name, present: Array(repeating: false, count: count), events: [])
        ]
        .present[index] = true
      }
    }
    for (index, diff) in diffs.enumerated() {
      for change in diff.changes {
        var symbols = [change.symbol]
        if let twin = change.twin { symbols.append(twin) }
        for symbol in symbols {
          lines[Inventory.Name(kind: change.kind, symbol: symbol)]?.events
            .append(Event(header: index + 1, change: change))
        }
      }
    }
    self.lines = lines.values.sorted { left, right in
      let (l, r) = (left.name, right.name)
      return l.kind != r.kind
        ? l.kind.order < r.kind.order : byBytes(l.symbol, r.symbol)
    }
  }
}
