import HeaderModel
import Testing

@testable import BindingPlan

/// What the calling convention sees. Equal keys share a slot, so a wrong "equal" is a wrong call.
@Suite struct ABITests {
  private static let header = Toy.header(
    records: [
      Toy.structure(
        "pair", size: 16, alignment: 8, [("value", "double", 0), ("index", "long", 8)]),
      Toy.structure(
        "couple", size: 16, alignment: 8, [("first", "double", 0), ("second", "long long", 8)]),
      Toy.structure(
        "reals", size: 16, alignment: 8, [("value", "double", 0), ("other", "double", 8)]),
      Toy.structure(
        "packed", size: 16, alignment: 1, [("value", "double", 0), ("index", "long", 8)]),
      Toy.structure("id", size: 128, alignment: 1, [("bytes", "char [128]", 0)]),
      Toy.structure("longId", size: 129, alignment: 1, [("bytes", "char [129]", 0)]),
      Record(kind: .structure, name: "opaque", layout: nil),
    ],
    enumerations: [
      Toy.enumeration("mode", ["on": 1]), Toy.enumeration("wide", ["far": 1], underlying: "long"),
    ],
    typedefs: [
      Typedef(name: "size_t", type: Toy.type("unsigned long"), isExternal: true),
      Typedef(name: "mode_t", type: Toy.type("enum mode")),
      Typedef(name: "handle", type: Toy.type("struct opaque *")),
      Typedef(name: "pair_t", type: Toy.type("struct pair")),
      // No header can say this, but a model made by hand can.
      Typedef(name: "cycle", type: Toy.type("cycle")),
    ])

  private static let table = TypeTable(header)

  @Test(
    "Types that can be called through each other",
    arguments: [
      ("int", "unsigned int"), ("int", "mode_t"), ("int", "enum mode"), ("long", "size_t"),
      ("long", "unsigned long long"), ("enum wide", "long"), ("void *", "handle"),
      ("char const *", "int (int) *"), ("int [4]", "int *"), ("int const", "int volatile"),
      ("pair_t", "struct pair"), ("struct pair", "struct couple"), ("unsigned char", "_Bool"),
    ])
  func equal(_ left: String, _ right: String) throws {
    let key = try #require(Self.table.abiKey(Toy.type(left)))
    #expect(key == Self.table.abiKey(Toy.type(right)))
  }

  @Test(
    "Types that cannot",
    arguments: [
      ("int", "long"), ("int", "float"), ("float", "double"), ("short", "unsigned short"),
      ("signed char", "unsigned char"), ("char", "int"), ("void *", "long"), ("int", "void"),
      ("struct pair", "struct reals"), ("struct pair", "struct packed"),
      ("struct id", "struct longId"),
      ("struct pair", "struct pair *"), ("enum mode", "enum wide"),
    ])
  func different(_ left: String, _ right: String) throws {
    let keys = [left, right].map { Self.table.abiKey(Toy.type($0)) }
    #expect(keys[0] != nil && keys[1] != nil && keys[0] != keys[1])
  }

  @Test(
    "Types without a calling convention that is known",
    arguments: [
      "struct opaque", "struct unknown", "enum unknown", "unknown_t", "cycle", "{long double}",
    ])
  func none(_ type: String) {
    #expect(Self.table.abiKey(Toy.type(type)) == nil)
    #expect(Self.table.obstacle(Toy.type(type)) != nil)
  }

  @Test("A function's key is its result and all its parameters")
  func functions() {
    let key = Self.table.abiKey(Toy.function("f", ["int", "void *"]))
    #expect(
      key == Self.table.abiKey(Toy.function("g", ["unsigned int", "handle"], result: "mode_t")))
    #expect(key != Self.table.abiKey(Toy.function("f", ["int"])))
    #expect(key != Self.table.abiKey(Toy.function("f", ["int", "void *", "int"])))
    #expect(key != Self.table.abiKey(Toy.function("f", ["int", "void *"], result: "void")))
    #expect(Self.table.abiKey(Toy.function("f", ["struct opaque"])) == nil)
  }

  @Test(
    "Constants are seen through typedefs and arrays",
    arguments: [
      ("char const", true), ("char", false), ("char const [4]", true), ("char const [4] [2]", true),
      ("char const *", false), ("char * const", true),
    ])
  func constants(_ type: String, _ expected: Bool) {
    #expect(Self.table.isConst(Toy.type(type)) == expected)
  }
}
