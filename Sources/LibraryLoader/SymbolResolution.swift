/// The addresses of a table's slots in one library, and why the empty ones are empty.
struct SymbolResolution: Sendable {
  enum Presence: Sendable {
    case exported
    /// Only another object, of that name, has it.
    case foreign(String)
    case absent
  }

  /// The C symbol of one or several rows.
  struct Entry: Sendable {
    let rows: Range<Int>
    let address: UInt
    let presence: Presence
  }

  /// One for each C symbol, in the order of the rows.
  let entries: [Entry]
  /// One for each row; 0 where the slot stays empty.
  private(set) var slots: [UInt] = []
  private(set) var choices: [VariantChoice] = []

  /// Looks the symbols up.
  init(_ description: LibraryDescription, in object: LoadedObject) {
    entries = description.variantSets.map { rows in
      switch object.symbol(description.symbols[rows.lowerBound].name) {
      case .own(let address):
        Entry(rows: rows, address: UInt(bitPattern: address), presence: .exported)
      case .foreign(let name): Entry(rows: rows, address: 0, presence: .foreign(name))
      case .absent: Entry(rows: rows, address: 0, presence: .absent)
      }
    }
  }

  /// Decides which variant of each symbol is filled.
  mutating func fill(
    _ symbols: [SymbolDescription], release: LibraryRelease?, flavour: String?,
    isModelled: Bool
  ) {
    slots = Array(repeating: 0, count: symbols.count)
    choices = entries.map { entry in
      VariantChoice.choose(
        among: symbols[entry.rows], release: release, flavour: flavour, isModelled: isModelled)
    }
    for (entry, choice) in zip(entries, choices) {
      if case .row(let row) = choice { slots[row] = entry.address }
    }
  }

  /// The entry that a row belongs to, and the choice made for it.
  func entry(ofRow row: Int) -> (entry: Entry, choice: VariantChoice)? {
    guard let index = entries.firstIndex(where: { $0.rows.contains(row) }) else { return nil }
    return (entries[index], choices[index])
  }
}
