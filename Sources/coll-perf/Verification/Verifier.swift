internal import Collectives

/// The inputs of one case, and what they must come to.
struct Verifier<Element: CheckedElement> {
  private let test: Case
  private let layout: Layout
  private let rank: Int
  private let nRanks: Int
  private let inputs: Inputs

  init(_ test: Case, _ layout: Layout, rank: Int, nRanks: Int) {
    self.test = test
    self.layout = layout
    self.rank = rank
    self.nRanks = nRanks
    inputs = Inputs(test.reduction, Element.self, nRanks: nRanks)
  }

  /// What this rank sends.
  func sent() -> [Element] {
    let count = layout.send[rank]
    let table = inputs.table(rank: rank, count: count).map { Element(checked: $0) }
    return Repeated(table).elements(0..<count)
  }

  /// How many of the received elements are wrong.
  func wrong(in received: [Element]) -> Int {
    let segments = test.operation.expectation(
      layout, rank: rank, nRanks: nRanks, root: test.root ?? 0)
    var reduced: Expected<Element>?
    return segments.reduce(0) { wrong, segment in
      let (expected, start): (Expected<Element>, Int)
      switch segment.source {
      case .rank(let sender, let from):
        let table = inputs.table(rank: sender, count: from + segment.range.count)
        (expected, start) = (Expected(Reference(copied: table)), from)
      case .allRanks(let from):
        let made = reduced ?? combined()
        reduced = made
        (expected, start) = (made, from)
      }
      return wrong + expected.wrong(in: received[segment.range], from: start)
    }
  }

  private func combined() -> Expected<Element> {
    let count = layout.send[rank]
    let tables = (0..<nRanks).map { inputs.table(rank: $0, count: count) }
    return Expected(
      Reference(tables, test.reduction ?? .sum, unitRoundoff: Element.unitRoundoff))
  }
}

/// A reference in the elements' type.
private struct Expected<Element: CheckedElement> {
  private let reference: Reference
  private let elements: [Element]

  init(_ reference: Reference) {
    self.reference = reference
    elements = reference.values.map { Element(checked: $0) }
  }

  /// - Parameter start: The index of the first in what repeats.
  func wrong(in received: ArraySlice<Element>, from start: Int) -> Int {
    var wrong = 0
    var place = elements.isEmpty ? 0 : start % elements.count
    for element in received {
      // Most are equal to the last bit, which is quicker to see.
      if !isEqual(element, elements[place]), !isNear(element, place) { wrong += 1 }
      place += 1
      if place == elements.count { place = 0 }
    }
    return wrong
  }

  private func isEqual(_ left: Element, _ right: Element) -> Bool {
    withUnsafeBytes(of: left) { left in
      withUnsafeBytes(of: right) { right in left.elementsEqual(right) }
    }
  }

  /// False for a NaN.
  private func isNear(_ element: Element, _ place: Int) -> Bool {
    (element.doubleValue - reference.values[place]).magnitude <= reference.bounds[place]
  }
}

/// Elements that repeat.
private struct Repeated<Element> {
  private let table: [Element]

  init(_ table: [Element]) { self.table = table }

  func elements(_ range: Range<Int>) -> [Element] {
    var elements: [Element] = []
    elements.reserveCapacity(range.count)
    while elements.count < range.count {
      elements.append(contentsOf: table.prefix(range.count - elements.count))
    }
    return elements
  }
}
