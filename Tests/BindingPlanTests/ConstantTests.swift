import BindingPlan
import HeaderModel
import Testing

/// Macros and nameless enumerations that become constants and flags.
@Suite struct ConstantTests {
  private func plan(_ macros: [Macro], _ more: String = "", enumerations: [Enumeration] = []) throws
    -> Plan
  {
    try Toy.plan(
      [
        Toy.header(
          functions: [Toy.function("toyUse", ["toyHandle_t", "unsigned int"])],
          records: [Record(kind: .structure, name: "toyHandle", layout: nil)],
          enumerations: enumerations,
          typedefs: [
            Typedef(name: "toyHandle_t", type: Toy.type("struct toyHandle *")),
            Typedef(name: "toyNumber", type: Toy.type("unsigned short")),
          ], macros: macros)
      ], more)
  }

  private func value(_ value: MacroValue) throws -> String? {
    let plan = try plan([Macro(name: "TOY_X", body: "body", value: value)])
    return plan.constants.first.map { "\($0.swiftName): \($0.swiftType) = \($0.value)" }
  }

  @Test(
    "Values as Swift has them",
    arguments: [
      (.integer(-5, .scalar(.int)), "x: Int32 = -5"),
      (.integer(Int128(UInt64.max), .scalar(.unsignedLong)), "x: UInt = 18446744073709551615"),
      (.integer(1, .scalar(.bool)), "x: Bool = true"),
      (.integer(0, .scalar(.bool)), "x: Bool = false"),
      (.integer(7, .typedef("toyNumber")), "x: UInt16 = 7"),
      (
        .integer(2, .typedef("toyHandle_t")),
        "x: ToyHandle = ToyHandle(rawValue: UnsafeMutableRawPointer(bitPattern: 2 as UInt))"
      ),
      (.floating(0.5, .scalar(.float)), "x: Float = 0.5"),
      (.floating(1e300, .scalar(.double)), "x: Double = 1e+300"),
      (.string("a\"\\(b)"), #"x: String = "a\"\\(b)""#),
      // These have no form in Swift that means the same.
      (.floating(.infinity, .scalar(.double)), nil), (.floating(.nan, .scalar(.float)), nil),
      (.integer(3, .pointer(.void)), nil), (.integer(3, .typedef("unknown_t")), nil),
    ] as [(MacroValue, String?)])
  func values(_ macro: MacroValue, _ expected: String?) throws {
    #expect(try value(macro) == expected)
  }

  @Test("What has no counterpart is counted, a null pointer is not missed")
  func skipped() throws {
    let plan = try plan([
      Macro(name: "TOY_FAR", body: "x", value: .integer(3, .pointer(.void))),
      Macro(name: "TOY_NULL", body: "x", value: .integer(0, .pointer(.void))),
      Macro(name: "TOY_EXPRESSION", body: "f ( x )"), Macro(name: "TOY_EMPTY", body: ""),
      Macro(name: "TOY_CALL", parameters: ["x"], body: "x"),
      Macro(name: "toyUseIt", body: "toyUse"),
      Macro(name: "toySame", body: "toySame", value: .integer(1, .scalar(.int))),
      Macro(name: "OTHER_1", body: "1", value: .integer(1, .scalar(.int))),
    ])
    #expect(plan.constants.isEmpty)
    #expect(
      plan.skipped.map(\.message) == [
        "TOY_EXPRESSION is not bound: it is not a constant expression",
        "TOY_FAR is not bound: its value has no counterpart in Swift",
      ])
  }

  @Test("A nameless enumeration holds constants")
  func nameless() throws {
    var nameless = Toy.enumeration(
      "enum@TOY_LANES", ["TOY_LANES": 4, "TOY_MASK": 0xF000_0000, "OTHER": 1])
    nameless.hasTag = false
    let plan = try plan([Toy.macro("TOY_A", 1)], enumerations: [nameless])
    #expect(plan.enumerations.isEmpty)
    #expect(
      plan.constants.map { "\($0.declaration): \($0.swiftName) \($0.swiftType)" } == [
        "#define TOY_A 1: a Int32", "enum { TOY_LANES = 4 }: lanes Int32",
        "enum { TOY_MASK = 4026531840 }: mask UInt32",
      ])
  }

  @Test("A value that differs between releases is no constant")
  func changes() throws {
    let plan = try Toy.plan(
      ["1.0.0", "2.0.0"].map { release in
        Toy.header(
          release,
          macros: [Toy.macro("TOY_VERSION", release == "1.0.0" ? 1 : 2), Toy.macro("TOY_A", 3)])
      })
    #expect(plan.constants.map(\.cName) == ["TOY_A"])
    #expect(
      plan.skipped.map(\.message) == [
        "TOY_VERSION is not bound: its value differs between releases"
      ])
  }

  @Test("Names that would be the same are not shortened, and at the last left out")
  func clashes() throws {
    let plan = try plan(["TOY_LIMIT", "toy_limit", "toyOther"].map { Toy.macro($0, 1) })
    #expect(plan.constants.map(\.swiftName) == ["toyLimit", "other"])
    #expect(plan.skipped.map(\.message) == ["toy_limit is not bound: another is toyLimit in Swift"])
  }

  private static let flags = """
    flags:
      - {name: ToyFlags, prefix: TOY_WIN_, except: [TOY_WIN_SIZE], parameters: [b]}

    """

  @Test("Flags have the integer of the parameter that takes them")
  func flags() throws {
    let plan = try plan(
      [
        Toy.macro("TOY_WIN_B", 2), Toy.macro("TOY_WIN_A", 1), Toy.macro("TOY_WIN_NONE", 0),
        Toy.macro("TOY_WIN_SIZE", 4096), Toy.macro("TOY_WIN_2D", 4),
      ], Self.flags)
    let group = try #require(plan.flags.first)
    #expect(group.rawType == "UInt32", "not Int32, which the macros have")
    #expect(group.members.map(\.swiftName) == ["none", "a", "b", "toyWin2d"])
    #expect(plan.constants.map(\.cName) == ["TOY_WIN_SIZE"])
    #expect(Array(plan.functions[0].wrappers[0].parameters)[1].type.swift == "ToyFlags")
  }

  @Test("A flag whose bit changes between releases is left out")
  func changedFlag() throws {
    let headers = ["1.0.0", "2.0.0"].map { release in
      Toy.header(
        release, functions: [Toy.function("toyUse", ["int", "int"])],
        macros: [Toy.macro("TOY_WIN_SIZE", 1), Toy.macro("TOY_WIN_A", release == "1.0.0" ? 1 : 2)])
    }
    let plan = try Toy.plan(headers, Self.flags)
    #expect(plan.flags[0].members.isEmpty)
    #expect(plan.skipped.map(\.rule) == ["skip-renumbered"])
  }
}
