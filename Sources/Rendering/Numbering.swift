/// Numbers for the things that several owners have, one owner's after the other's, so that each is
/// found by one number.
struct Numbering {
  private var owners: [Int32] = []
  /// For each owner its first number, and the number after the last.
  private var firsts: [Int] = [0]

  /// Numbers what the next owner has.
  mutating func add(_ count: Int) {
    let owner = Int32(truncatingIfNeeded: firsts.count - 1)
    for _ in 0..<count { owners.append(owner) }
    firsts.append(owners.count)
  }

  func numbers(of owner: Int) -> Range<Int> { firsts[owner]..<firsts[owner + 1] }

  func owner(of number: Int) -> Int { Int(owners[number]) }

  /// Among its owner's.
  func index(of number: Int) -> Int { number - firsts[owner(of: number)] }
}
