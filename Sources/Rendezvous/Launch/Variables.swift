#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif

/// Environment variables, with errors that name the variable, its value, and what to do.
struct Variables {
  private let lookUp: (String) -> String?

  init(_ values: [String: String]) { lookUp = { values[$0] } }

  /// Those of this process.
  static var ofProcess: Variables {
    Variables { name in getenv(name).map { String(cString: $0) } }
  }

  private init(_ lookUp: @escaping (String) -> String?) { self.lookUp = lookUp }

  subscript(_ name: String) -> String? { lookUp(name) }

  func has(_ name: String) -> Bool { lookUp(name) != nil }

  /// The first that is set.
  func first(_ names: String...) -> String? { names.first(where: has) }

  func number(_ name: String) throws(RendezvousError) -> Int? {
    guard let text = self[name] else { return nil }
    guard let number = decimal(text), number <= Int32.max else {
      throw malformed(name, "is not a number of 0 or more")
    }
    return number
  }

  /// A rank and how many there are; nil if neither is set.
  func rank(
    _ rankName: String, of countName: String, launcher: String
  ) throws(RendezvousError) -> (rank: Int, nRanks: Int)? {
    guard let rank = try number(rankName) else {
      guard has(countName) else { return nil }
      throw lone(countName, without: rankName, launcher)
    }
    guard let nRanks = try number(countName) else {
      throw lone(rankName, without: countName, launcher)
    }
    guard rank < nRanks else {
      throw RendezvousError(
        .environment,
        "\(rankName) is \(rank) and \(countName) is \(nRanks): ranks go from 0 to "
          + "one less than their number; mend what sets them (\(launcher))")
    }
    return (rank, nRanks)
  }

  /// As `rank`, for the ranks of this host; they are no more than `nRanks`.
  func localRank(
    _ rankName: String, of countName: String, nRanks: Int, launcher: String
  ) throws(RendezvousError) -> (rank: Int?, nRanks: Int?) {
    let rank = try number(rankName)
    let count = try number(countName)
    if let count, count > nRanks || count < 1 {
      throw malformed(countName, "does not fit \(nRanks) ranks in all (\(launcher))")
    }
    if let rank, rank >= count ?? nRanks {
      throw malformed(
        rankName,
        "does not fit \(count.map { "\(countName), which is \($0)" } ?? "\(nRanks) ranks")"
          + " (\(launcher))")
    }
    return (rank, count)
  }

  func malformed(_ name: String, _ reason: String) -> RendezvousError {
    RendezvousError(
      .environment, "\(name) is \"\(self[name] ?? "")\", which \(reason); mend or unset it")
  }

  private func lone(_ name: String, without other: String, _ launcher: String) -> RendezvousError {
    RendezvousError(
      .environment,
      "\(name) is \"\(self[name] ?? "")\", but \(other) is not set (\(launcher)); "
        + "set both or neither")
  }
}
