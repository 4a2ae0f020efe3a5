package import HeaderModel

/// What is different between two headers of a vendor, and for whom it matters.
package struct HeaderDiff: Sendable {
  /// Which header one side is.
  package struct Side: Hashable, Sendable {
    package var vendor: String
    package var identifier: String
    /// The main header and what it includes.
    package var files: [HeaderFile]

    init(_ header: Header) {
      vendor = header.vendor
      identifier = header.identifier
      files = header.files
    }
  }

  package var old: Side
  package var new: Side
  /// By kind, then by symbol.
  package private(set) var changes: [Change]

  package init(_ old: Header, _ new: Header, conventions: VendorConventions = .init()) {
    self.old = Side(old)
    self.new = Side(new)
    var comparison = Comparison(TypeTable(old), TypeTable(new), conventions)
    comparison.compareContext()
    comparison.compareFunctions()
    comparison.compareEnumerations()
    comparison.compareRecords()
    comparison.compareTypedefs()
    comparison.compareMacros()
    comparison.compareVariables()
    comparison.compareConditions()
    changes = []
    add(FoldTwins.fold(comparison.changes, conventions))
  }

  /// Each header compared with the one before it.
  package static func neighbours(
    _ headers: [Header], conventions: VendorConventions
  ) -> [HeaderDiff] {
    zip(headers, headers.dropFirst()).map { HeaderDiff($0, $1, conventions: conventions) }
  }

  /// Puts more changes in their places.
  package mutating func add(_ more: [Change]) {
    changes = (changes + more).enumerated().sorted { left, right in
      let (l, r) = (left.element, right.element)
      if l.kind != r.kind { return l.kind.order < r.kind.order }
      if l.symbol != r.symbol {
        return byBytes(l.symbol, r.symbol)
      }
      return left.offset < right.offset
    }.map(\.element)
  }

  /// The worst verdict for each kind of user.
  package var verdicts: Verdicts {
    changes.reduce(.compatible) { $0.joined($1.rule.verdicts) }
  }
}

extension Change.Kind {
  /// Where the kind stands in a report.
  var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
