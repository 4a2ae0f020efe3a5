/// Why a run did not come to its end.
struct PerfError: Error, CustomStringConvertible {
  let text: String
  /// The rank that it happened on; nil: it concerns the whole run.
  let rank: Int?

  init(_ text: String, rank: Int? = nil) {
    self.text = text
    self.rank = rank
  }

  /// An error of another kind, with the rank.
  init(_ error: any Error, rank: Int) {
    if let known = error as? PerfError {
      self.init(known.text, rank: known.rank ?? rank)
    } else {
      self.init("\(error)", rank: rank)
    }
  }

  var description: String { (rank.map { "rank \($0): " } ?? "") + text }
}
