import Collectives
import Testing

@testable import coll_perf

@Suite struct VerificationTests {
  /// Every partial sum is an integer that the type holds, whatever the order.
  @Test(arguments: DataType.allCases, [1, 2, 6, 8, 31, 500])
  func sumsAreExact(type: DataType, nRanks: Int) {
    type.withElement { element in
      let inputs = Inputs(.sum, element, nRanks: nRanks)
      for index in 0..<40 {
        let values = (0..<nRanks).map { inputs.value(rank: $0, index: index) }
        let magnitude = values.reduce(0) { $0 + $1.magnitude }
        #expect(Int(magnitude) <= element.largestExactInteger)
        #expect(element.isSigned || values.allSatisfy { $0 >= 0 })
      }
    }
  }

  /// Every partial product is a power of two that the type holds, whatever the order.
  @Test(arguments: DataType.allCases, [1, 2, 6, 8, 31, 500])
  func productsAreExact(type: DataType, nRanks: Int) {
    type.withElement { element in
      let inputs = Inputs(.product, element, nRanks: nRanks)
      for index in 0..<40 {
        let values = (0..<nRanks).map { inputs.value(rank: $0, index: index).magnitude }
        for extreme in [values.filter { $0 > 1 }, values.filter { $0 < 1 }] {
          let product = extreme.reduce(1, *)
          let isHeld = holds(product, element)
          #expect(isHeld, "\(product)")
        }
      }
    }
  }

  private func holds<Element: CheckedElement>(_ value: Double, _ type: Element.Type) -> Bool {
    type.unitRoundoff == nil
      ? value <= Double(type.largestExactInteger) : Element(checked: value).doubleValue == value
  }

  @Test func inputsDifferBetweenRanksAndPlaces() {
    let inputs = Inputs(nil, Float.self, nRanks: 4)
    let tables = (0..<4).map { inputs.table(rank: $0, count: 100) }
    #expect(Set(tables).count == 4)
    #expect(Set(tables[0]).count > 90)
    #expect(inputs.value(rank: 1, index: 3) == inputs.value(rank: 1, index: 3 + Inputs.period))
  }

  @Test func averagesHaveABound() {
    let inputs = [[1.0, 4], [2, -4], [2, 4]]
    let floats = Reference(inputs, .average, unitRoundoff: 0x1p-24)
    #expect(floats.values == [5.0 / 3, 4.0 / 3])
    #expect(floats.bounds.allSatisfy { $0 > 0 && $0 < 1e-5 })
    let integers = Reference(inputs, .average, unitRoundoff: nil)
    #expect(integers.values == [1, 1])
    #expect(integers.bounds == [0, 0])
    // Half of a number is exact.
    #expect(Reference([[1], [2]], .average, unitRoundoff: 0x1p-24).bounds == [0])
  }

  @Test(arguments: [5, Inputs.period + 7])
  func wrongElementsAreCounted(count: Int) throws {
    let test = Case(
      operation: .allReduce, dataType: .float32, reduction: .sum, root: nil, size: 4 * count)
    let layout = try Layout(test, nRanks: 3)
    let sent = (0..<3).map { Verifier<Float>(test, layout, rank: $0, nRanks: 3).sent() }
    var received = (0..<count).map { index in sent.reduce(0) { $0 + $1[index] } }
    let verifier = Verifier<Float>(test, layout, rank: 1, nRanks: 3)
    #expect(verifier.wrong(in: received) == 0)
    received[count - 1] = received[count - 1].nextUp
    received[0] = .nan
    #expect(verifier.wrong(in: received) == 2)
  }

  @Test func blocksAtTheWrongPlaceAreWrong() throws {
    let test = Case(
      operation: .allToAll, dataType: .int32, reduction: nil, root: nil, size: 4 * 4096)
    let layout = try Layout(test, nRanks: 2)
    let sent = (0..<2).map { Verifier<Int32>(test, layout, rank: $0, nRanks: 2).sent() }
    let verifier = Verifier<Int32>(test, layout, rank: 0, nRanks: 2)
    #expect(verifier.wrong(in: Array(sent[0][..<2048] + sent[1][..<2048])) == 0)
    #expect(verifier.wrong(in: Array(sent[1][..<2048] + sent[0][..<2048])) > 4000)
    #expect(verifier.wrong(in: Array(sent[0][..<2048] + sent[1][2048...])) > 2000)
  }
}
