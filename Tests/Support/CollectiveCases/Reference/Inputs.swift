internal import Collectives

/// What each rank puts into calls, known to all of them, and what must come out.
final class Inputs<Element: CheckedElement> {
  private let nRanks: Int
  private var blocks: [Int: Pattern<Element>] = [:]
  private var results: [Key: Pattern<Element>] = [:]
  private var values: [ValueKey: Pattern<Element>] = [:]

  private struct Key: Hashable {
    let op: CheckedOp
    let isExact: Bool
  }

  private struct ValueKey: Hashable {
    let key: Key
    let rank: Int
  }

  init(nRanks: Int) { self.nRanks = nRanks }

  /// What a rank's pre-multiplied sum multiplies with.
  func scalar(of rank: Int, isExact: Bool) -> Element {
    Element.scalar(rank, isExact: isExact)
  }

  /// Elements of any value, others for every number.
  func block(_ number: Int) -> Pattern<Element> {
    if let known = blocks[number] { return known }
    let made = Pattern { Element.anything(mixed(1, number, $0)) }
    blocks[number] = made
    return made
  }

  /// What a rank gives to a reduction.
  func value(_ rank: Int, _ op: CheckedOp, isExact: Bool) -> Pattern<Element> {
    let key = ValueKey(key: Key(op: op, isExact: isExact), rank: rank)
    if let known = values[key] { return known }
    let made = Pattern { self.element(rank, $0, op, isExact) }
    values[key] = made
    return made
  }

  /// What the reduction comes to.
  func result(_ op: CheckedOp, isExact: Bool) -> Pattern<Element> {
    let key = Key(op: op, isExact: isExact)
    if let known = results[key] { return known }
    let scalars = (0..<nRanks).map { scalar(of: $0, isExact: isExact) }
    let made = Pattern(
      foretold: (0..<Pattern<Element>.period).map { index in
        Element.reduce(
          (0..<nRanks).map { element($0, index, op, isExact) }, op, scalars: scalars,
          isExact: isExact)
      })
    results[key] = made
    return made
  }

  private func element(_ rank: Int, _ index: Int, _ op: CheckedOp, _ isExact: Bool) -> Element {
    let bits = mixed(2, rank, index)
    let exact = Element.exact(bits, for: op, rank: rank, nRanks: nRanks)
    return isExact ? exact : Element.rounded(bits, for: op) ?? exact
  }
}
