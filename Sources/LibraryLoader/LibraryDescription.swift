/// One slot of a generated function table: a C symbol with one signature (ABI), and the releases
/// whose header declares it so.
///
/// A symbol whose ABI differs between releases or flavours has several consecutive rows of the same
/// name, with variant 0, 1, 2 and so on; all rows of one name are its variants, and at most one of
/// them is filled.
public struct SymbolDescription: Sendable {
  /// The C name.
  public let name: StaticString
  /// The first known release whose header declares the symbol so.
  public let since: LibraryRelease
  /// The first known release that does not; nil: it still does.
  public let until: LibraryRelease?
  /// The row's number among those of its name.
  public let variant: Int
  /// The flavours that the signature is right for; empty: flavours do not matter.
  public let flavours: [StaticString]

  /// Describes one slot.
  public init(
    _ name: StaticString, since: LibraryRelease, until: LibraryRelease? = nil, variant: Int = 0,
    flavours: [StaticString] = []
  ) {
    self.name = name
    self.since = since
    self.until = until
    self.variant = variant
    self.flavours = flavours
  }

  /// Whether the header of `release` declares the symbol so.
  func covers(_ release: LibraryRelease) -> Bool {
    guard release >= since else { return false }
    guard let until else { return true }
    return release < until
  }
}

/// Everything that a generated module knows about its vendor's library and the loader needs.
public struct LibraryDescription: Sendable {
  /// The vendor's name in messages: "NCCL".
  public let vendor: String
  /// The environment variables that may name the library file, the first set one counting.
  public let environmentVariables: [String]
  /// The sonames to try where nobody names a file, in order.
  public let names: [String]
  /// What the vendor's own symbols begin with.
  public let symbolPrefixes: [String]
  /// How the library tells its release.
  public let version: VersionQuery
  /// The function that gives the text of the last error, if the vendor has one.
  public let lastErrorFunction: StaticString?
  /// Every release that a header model exists for, ascending.
  public let releases: [LibraryRelease]
  /// The builds that a user may have to tell apart.
  public let flavours: [FlavourDescription]
  /// Symbols that headers declare and the table leaves out on purpose.
  public let otherSymbols: [StaticString]
  /// The table's slots, in order.
  public let symbols: [SymbolDescription]

  /// Describes a vendor's library.
  public init(
    vendor: String, environmentVariables: [String], names: [String], symbolPrefixes: [String],
    version: VersionQuery, lastErrorFunction: StaticString?, releases: [LibraryRelease],
    flavours: [FlavourDescription], otherSymbols: [StaticString], symbols: [SymbolDescription]
  ) {
    self.vendor = vendor
    self.environmentVariables = environmentVariables
    self.names = names
    self.symbolPrefixes = symbolPrefixes
    self.version = version
    self.lastErrorFunction = lastErrorFunction
    self.releases = releases
    self.flavours = flavours
    self.otherSymbols = otherSymbols
    self.symbols = symbols
  }
}

extension LibraryDescription {
  /// Whether a table filled for one description can be read through the other.
  func hasSameTable(as other: LibraryDescription) -> Bool {
    releases == other.releases
      && flavours.elementsEqual(other.flavours) { $0.isSame(as: $1) }
      && symbols.elementsEqual(other.symbols) { left, right in
        left.name.isSameText(as: right.name) && left.since == right.since
          && left.until == right.until && left.variant == right.variant
          && left.flavours.elementsEqual(right.flavours) { $0.isSameText(as: $1) }
      }
  }

  /// Whether there are headers that say how a library of that flavour is called.
  func hasModels(ofFlavour flavour: String?) -> Bool {
    flavours.first { $0.name.text == flavour }?.hasModels ?? true
  }

  /// The row ranges of the symbols: one range for each name.
  var variantSets: [Range<Int>] {
    var sets: [Range<Int>] = []
    for index in symbols.indices {
      if let last = sets.last, symbols[last.lowerBound].name.isSameText(as: symbols[index].name) {
        sets[sets.count - 1] = last.lowerBound..<index + 1
      } else {
        sets.append(index..<index + 1)
      }
    }
    return sets
  }
}
