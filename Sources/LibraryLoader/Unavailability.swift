/// Says why none of a function's slots is filled, and what would help.
struct Unavailability {
  let library: LoadedLibrary
  let name: String
  let rows: ArraySlice<SymbolDescription>
  let presence: SymbolResolution.Presence
  let choice: VariantChoice

  var sentence: String {
    switch presence {
    case .exported: undecided
    case .foreign(let other):
      "\(missing); \(other), which it depends on, exports the name, but is not this library"
    case .absent: missing
    }
  }

  private var missing: String {
    let vendor = library.vendor
    let since = rows.lazy.map(\.since).min() ?? LibraryRelease(0, 0, 0)
    guard let release = library.release else {
      return "\(name), which \(vendor) has from \(since) on, is not exported; \(library.loaded)"
    }
    if release < since { return "\(name) needs \(vendor) \(since) or later; \(library.loaded)" }
    if let last = removal, release >= last {
      return "\(name) was removed in \(vendor) \(last); \(library.loaded)"
    }
    return "\(name) is declared by the headers of \(vendor) \(since) and later, "
      + "but this library does not export it; \(library.loaded)"
  }

  /// The first release without the symbol, if it is not there in the newest.
  private var removal: LibraryRelease? {
    let ends = rows.compactMap(\.until)
    return ends.count == rows.count ? ends.max() : nil
  }

  private var undecided: String {
    switch choice {
    // The library has it, with another signature than the one that was asked for.
    case .row(let row):
      "\(name) takes other arguments in this library (\(signature(of: row))); \(library.loaded)"
    case .needsFlavour:
      "\(name) has \(rows.count) signatures, and \(library.vendor) builds that differ in it have "
        + "the same version; set LoadOptions.flavour to one of: \(flavours); \(library.loaded)"
    case .notInFlavour:
      "\(name) has no signature for the flavour \(library.flavour ?? ""), only for: \(flavours); "
        + library.loaded
    case .unknownInFlavour:
      "\(name) has \(rows.count) signatures, and which of them the flavour "
        + "\(library.flavour ?? "") has is not known: there is no header of it; \(library.loaded)"
    case .needsRelease:
      "\(name) has \(rows.count) signatures, for different releases; \(library.loaded)"
    case .notInRelease:
      "\(name) is not declared by the headers of \(library.vendor) around this release, and its "
        + "signature changed; \(library.loaded)"
    }
  }

  /// What sets the signature of a row apart.
  private func signature(of row: Int) -> String {
    let symbol = library.libraryDescription.symbols[row]
    if let flavour = library.flavour, !symbol.flavours.isEmpty { return "flavour \(flavour)" }
    return "those of \(library.vendor) \(symbol.since)"
  }

  /// "upstream (the vendor's own), fork (with relay buffers)", for the flavours of the rows.
  private var flavours: String {
    library.libraryDescription.flavours.filter { flavour in
      rows.contains { row in row.flavours.contains { $0.isSameText(as: flavour.name) } }
    }.map { "\($0.name) (\($0.summary))" }.joined(separator: ", ")
  }
}
