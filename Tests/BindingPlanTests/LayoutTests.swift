import HeaderModel
import Testing

@testable import BindingPlan

/// Which attributes make a C compiler lay a record out as the header's was.
@Suite struct LayoutTests {
  private func natural(
    _ fields: [(String, String, Int)], size: Int, alignment: Int, kind: Record.Kind = .structure
  ) -> NaturalLayout {
    var record = Toy.structure("r", size: size, alignment: alignment, fields)
    record.kind = kind
    return NaturalLayout(record, TypeTable(Toy.header(records: [record])))
  }

  @Test("A natural layout needs none")
  func plain() {
    let layout = natural(
      [("tag", "char", 0), ("value", "int", 4), ("p", "void *", 8)], size: 16, alignment: 8)
    #expect(layout.attributes.isEmpty && layout.alignments.isEmpty)
    let union = natural([("a", "int", 0), ("b", "double", 0)], size: 8, alignment: 8, kind: .union)
    #expect(union.attributes.isEmpty)
  }

  @Test("Packed, without and with an alignment")
  func packed() {
    let all = natural([("tag", "char", 0), ("value", "int", 1)], size: 5, alignment: 1)
    #expect(all.attributes == ["packed"] && all.alignments.isEmpty)
    let byTwo = natural(
      [("tag", "char", 0), ("value", "int", 2), ("w", "double", 6)], size: 14, alignment: 2)
    #expect(byTwo.attributes == ["packed", "aligned(2)"] && byTwo.alignments == [1: 2])
  }

  @Test("Over-aligned as a whole, or in a field")
  func aligned() {
    let whole = natural([("x", "int", 0)], size: 16, alignment: 16)
    #expect(whole.attributes == ["aligned(16)"] && whole.alignments.isEmpty)
    let field = natural([("tag", "char", 0), ("x", "int", 16)], size: 32, alignment: 16)
    #expect(field.attributes == ["packed", "aligned(16)"] && field.alignments == [1: 16])
  }

  @Test("A union of another alignment")
  func union() {
    let packed = natural(
      [("a", "char", 0), ("b", "double", 0)], size: 8, alignment: 1, kind: .union)
    #expect(packed.attributes == ["packed"] && packed.alignments.isEmpty)
  }
}
