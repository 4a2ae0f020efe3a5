/// Which elements of a buffer belong to each rank.
public struct Blocks: Sendable, Hashable {
  /// In elements, by rank.
  public let counts: [Int]
  /// Where each begins, in elements, by rank.
  public let displacements: [Int]

  /// One after the other.
  public init(counts: [Int]) {
    self.counts = counts
    var start = 0
    displacements = counts.map { count in
      // Whether they fit into anything is checked where they are used.
      defer { start &+= count }
      return start
    }
  }

  /// Anywhere; of blocks that are received no two may overlap.
  public init(counts: [Int], displacements: [Int]) {
    self.counts = counts
    self.displacements = displacements
  }

  init(equal count: Int, nRanks: Int) {
    self.init(counts: Array(repeating: count, count: nRanks))
  }

  /// One rank's, and nothing of the others.
  init(only rank: Int, _ count: Int, nRanks: Int) {
    var counts = [Int](repeating: 0, count: nRanks)
    counts[rank] = count
    self.init(counts: counts, displacements: Array(repeating: 0, count: nRanks))
  }

  /// What is wrong with them for a buffer of so many elements; nil: nothing.
  func problem(nRanks: Int, in total: Int) -> String? {
    guard counts.count == nRanks, displacements.count == nRanks else {
      return
        "there are \(counts.count) counts and \(displacements.count) displacements for \(nRanks) "
        + "ranks"
    }
    for (rank, (count, displacement)) in zip(counts, displacements).enumerated() {
      let (end, overflows) = displacement.addingReportingOverflow(count)
      guard count >= 0, displacement >= 0, !overflows, end <= total || count == 0 else {
        return
          "rank \(rank)'s \(count) elements at \(displacement) are not within a buffer of \(total)"
      }
    }
    return nil
  }
}
