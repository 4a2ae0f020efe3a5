/// Takes a profiling twin's change into that of the function that it doubles, where both are alike.
enum FoldTwins {
  static func fold(_ changes: [Change], _ conventions: VendorConventions) -> [Change] {
    var places: [Key: Int] = [:]
    for (index, change) in changes.enumerated() where change.kind == .function {
      places[Key(change.symbol, change)] = index
    }
    var folded = changes
    var dropped: Set<Int> = []
    for (index, change) in changes.enumerated() where change.kind == .function {
      guard let original = conventions.original(of: change.symbol),
        let place = places[Key(original, change)], place != index
      else { continue }
      folded[place].twin = change.symbol
      dropped.insert(index)
    }
    return folded.indices.filter { !dropped.contains($0) }.map { folded[$0] }
  }

  private struct Key: Hashable {
    let symbol: String
    let rule: Rule
    let detail: String?

    init(_ symbol: String, _ change: Change) {
      self.symbol = symbol
      rule = change.rule
      detail = change.detail
    }
  }
}
