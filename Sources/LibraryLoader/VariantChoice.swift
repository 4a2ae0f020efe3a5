/// Which of the signatures of one C symbol is right for a loaded library.
///
/// A symbol with a single signature is right for every library that exports it, whatever its
/// release. Otherwise the release and the flavour decide, and where they leave doubt the answer is
/// none: a call with the wrong signature corrupts memory.
enum VariantChoice: Equatable {
  case row(Int)
  /// The signatures differ by flavour, and nobody says which flavour the library is.
  case needsFlavour
  /// None of the signatures is for the flavour chosen.
  case notInFlavour
  /// No header of the flavour chosen is known, so any of the signatures may be wrong.
  case unknownInFlavour
  /// The signatures differ by release, and the library's is unknown.
  case needsRelease
  /// The symbol was removed and came back: the headers around the library's release lack it.
  case notInRelease

  /// Chooses among the rows of one name; `isModelled` says that headers of the flavour are known.
  static func choose(
    among rows: ArraySlice<SymbolDescription>, release: LibraryRelease?, flavour: String?,
    isModelled: Bool = true
  ) -> VariantChoice {
    if rows.count == 1 { return .row(rows.startIndex) }
    guard isModelled else { return .unknownInFlavour }
    let possible = rows.indices.filter { rows[$0].allows(flavour) }
    guard let first = possible.first else { return .notInFlavour }
    if possible.count == 1 { return .row(first) }

    var fitting = possible
    if let release {
      fitting = select(possible, of: rows, for: release)
      if fitting.isEmpty { return .notInRelease }
    }
    if flavour != nil {
      // A row that names the flavour is more exact than one for all.
      let named = fitting.filter { !rows[$0].flavours.isEmpty }
      fitting.removeAll { index in
        rows[index].flavours.isEmpty
          && named.contains { release != nil || rows[$0].coversReleases(of: rows[index]) }
      }
    }
    if fitting.count == 1 { return .row(fitting[0]) }
    let differByFlavour = flavour == nil && fitting.contains { !rows[$0].flavours.isEmpty }
    return differByFlavour ? .needsFlavour : .needsRelease
  }

  /// The rows that cover the release; the last ones for a release newer than all, the first ones for
  /// an older one.
  private static func select(
    _ possible: [Int], of rows: ArraySlice<SymbolDescription>, for release: LibraryRelease
  ) -> [Int] {
    let covering = possible.filter { rows[$0].covers(release) }
    if !covering.isEmpty { return covering }
    let starts = possible.map { rows[$0].since }
    guard let oldest = starts.min(), let newest = starts.max() else { return [] }
    if release < oldest { return possible.filter { rows[$0].since == oldest } }
    return release > newest ? possible.filter { rows[$0].since == newest } : []
  }
}

extension SymbolDescription {
  fileprivate func allows(_ flavour: String?) -> Bool {
    guard let flavour, !flavours.isEmpty else { return true }
    return flavours.contains { $0.text == flavour }
  }

  fileprivate func coversReleases(of other: SymbolDescription) -> Bool {
    guard since <= other.since else { return false }
    guard let until else { return true }
    return other.until.map { $0 <= until } ?? false
  }
}
