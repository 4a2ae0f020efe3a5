/// What a round was for one rank.
struct Outcome: Codable {
  let rank: Int
  let refusals: [String]
  /// The call of the driver that failed.
  let failed: String?
  let steps: [Step]
  /// Descriptors of memory that are still open in this process.
  let openDescriptors: Int
}

/// A step and its error; nil: it went well.
struct Step: Codable {
  let name: String
  let error: String?
}

/// A rank goes on after an error as long as the others do.
struct Steps {
  private(set) var all: [Step] = []

  mutating func run(_ name: String, _ body: () throws -> Void) {
    do {
      try body()
      all.append(Step(name: name, error: nil))
    } catch {
      all.append(Step(name: name, error: "\(error)"))
    }
  }

  mutating func append(_ others: Steps) { all += others.all }
}
