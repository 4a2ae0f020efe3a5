import Testing

@testable import LibraryLoader

/// The choice alone, row by row.
@Suite struct VariantChoiceTests {
  private func release(_ minor: Int) -> LibraryRelease { LibraryRelease(2, minor, 0) }

  private func row(
    _ since: Int, _ until: Int? = nil, _ flavours: [StaticString] = []
  ) -> SymbolDescription {
    SymbolDescription("f", since: release(since), until: until.map(release), flavours: flavours)
  }

  private func choose(
    _ rows: [SymbolDescription], _ minor: Int?, _ flavour: String? = nil
  ) -> VariantChoice {
    VariantChoice.choose(among: rows[...], release: minor.map(release), flavour: flavour)
  }

  @Test func singleRow() {
    let rows = [row(10, 20, ["a"])]
    for minor in [nil, 5, 15, 25] as [Int?] {
      for flavour in [nil, "a", "b"] as [String?] {
        #expect(choose(rows, minor, flavour) == .row(0))
      }
    }
  }

  @Test func byRelease() {
    let rows = [row(10, 20), row(20, 30), row(30, 40)]
    #expect(choose(rows, 10) == .row(0))
    #expect(choose(rows, 19) == .row(0))
    #expect(choose(rows, 20) == .row(1))
    #expect(choose(rows, 39) == .row(2))
    #expect(choose(rows, 99) == .row(2))
    #expect(choose(rows, 1) == .row(0))
    #expect(choose(rows, nil) == .needsRelease)
    #expect(choose(rows, 15, "a") == .row(0))
  }

  @Test func gap() {
    let rows = [row(10, 20), row(30)]
    #expect(choose(rows, 25) == .notInRelease)
    #expect(choose(rows, 30) == .row(1))
  }

  @Test func byFlavour() {
    let rows = [row(10, nil, ["a", "b"]), row(10, nil, ["c"])]
    #expect(choose(rows, 15, "b") == .row(0))
    #expect(choose(rows, nil, "c") == .row(1))
    #expect(choose(rows, 15) == .needsFlavour)
    #expect(choose(rows, nil) == .needsFlavour)
    #expect(choose(rows, 15, "d") == .notInFlavour)
  }

  /// All builds agreed once, then two of them went apart.
  @Test func byBoth() {
    let rows = [row(10, 20), row(20, nil, ["a"]), row(20, nil, ["b"])]
    #expect(choose(rows, 15) == .row(0))
    #expect(choose(rows, 15, "a") == .row(0))
    #expect(choose(rows, 25) == .needsFlavour)
    #expect(choose(rows, 25, "b") == .row(2))
    #expect(choose(rows, 1) == .row(0))
    #expect(choose(rows, nil, "a") == .needsRelease)
    #expect(choose(rows, nil) == .needsFlavour)
  }

  @Test func aNamedFlavourBeatsOneForAll() {
    let rows = [row(10), row(10, nil, ["a"])]
    #expect(choose(rows, 15, "a") == .row(1))
    #expect(choose(rows, 15, "b") == .row(0))
    #expect(choose(rows, 15) == .needsFlavour)
    #expect(choose(rows, nil, "a") == .row(1))
    #expect(choose([row(10), row(20, nil, ["a"])], nil, "a") == .needsRelease)
    #expect(choose([row(10), row(10, 20, ["a"])], nil, "a") == .needsRelease)
    #expect(choose([row(10, 20), row(10, 30, ["a"])], nil, "a") == .row(1))
  }

  @Test func slicesKeepTheirIndices() {
    let rows = [row(1), row(10, 20), row(20)]
    #expect(
      VariantChoice.choose(among: rows[1...], release: release(25), flavour: nil) == .row(2))
  }
}
