import HeaderModel

/// The enumerators that are no values: how many there are, or where their range ends.
///
/// A value that is taken for one is lost to the module, so that a doubtful name counts as a value.
struct CountNames {
  private(set) var names: [String] = []

  init(_ enumeration: Enumeration) {
    let descending = enumeration.enumerators.sorted { $0.value > $1.value }
    for (index, enumerator) in descending.enumerated() {
      let below = index + 1 < descending.count ? descending[index + 1] : nil
      guard Self.isCount(enumerator, above: below, isHighest: index == 0, enumeration) else {
        break
      }
      names.append(enumerator.name)
    }
  }

  private static func isCount(
    _ enumerator: Enumerator, above below: Enumerator?, isHighest: Bool, _ enumeration: Enumeration
  ) -> Bool {
    let words = NameWords(enumerator.name).words
    if words.contains("num") || words.contains("dummy") { return true }
    guard words.count > 1, let below else { return false }
    // One more than the last value, or the largest number of its type.
    let ends: Set<Int128> = [0xFF, 0x7FFF_FFFF, 0xFFFF_FFFF]
    guard enumerator.value == below.value + 1 || ends.contains(enumerator.value) else {
      return false
    }
    switch words.last {
    // Beside sums and the like it is the greater of two numbers.
    case "max":
      let reductions: Set<String> = ["min", "sum", "prod", "avg", "mean"]
      return isHighest
        && !enumeration.enumerators.contains { reductions.contains(NameWords($0.name).last) }
    // TOY_TYPE_COUNT beside TOY_TYPE_INT, but not TOY_LIMIT_THREAD_COUNT beside TOY_LIMIT_SIZE.
    case "count", "reserved":
      let stem = words.dropLast()
      return isHighest
        && enumeration.enumerators.allSatisfy { NameWords($0.name).words.starts(with: stem) }
    default:
      // The end of a range that is reserved for values to come.
      return words.contains("max") && ends.contains(enumerator.value)
    }
  }
}
