import BindingPlan
import HeaderModel
import Testing

/// Several releases side by side: what shares a slot, what shares a method.
@Suite struct VariantTests {
  private func headers(_ functions: KeyValuePairs<String, Function>) -> [Header] {
    functions.map { Toy.header($0.key, functions: [$0.value]) }
  }

  private func slots(_ plan: Plan) -> [String] {
    plan.slots.map { "\($0.field) \($0.availability.text)" }
  }

  private func methods(_ plan: Plan) -> [String] {
    plan.functions.flatMap(\.wrappers).map { wrapper in
      let labels = wrapper.parameters.map { "\($0.swiftName):" }.joined()
      return
        "\(wrapper.swiftName)(\(labels)) -> \(wrapper.calls.map(\.field).joined(separator: ", "))"
    }
  }

  @Test("One calling convention is one slot, spelled as the newest release does")
  func same() throws {
    let plan = try Toy.plan(
      headers([
        "1.0.0": Toy.function("toySend", [("n", "int")]),
        "2.0.0": Toy.function("toySend", [("count", "unsigned int")]),
      ]))
    #expect(slots(plan) == ["toySend since 1.0.0"])
    #expect(methods(plan) == ["send(count:) -> toySend"])
    #expect(plan.slots[0].declaration == "int (*_Nullable toySend)(unsigned int)")
  }

  @Test("Another convention is another slot and another method")
  func different() throws {
    let plan = try Toy.plan(
      headers([
        "1.0.0": Toy.function("toySend", ["int"]), "2.0.0": Toy.function("toySend", ["long"]),
        "3.0.0": Toy.function("toySend", ["int"]),
      ]))
    #expect(
      slots(plan) == [
        "toySend_1_0_0 1.0.0 until 2.0.0, since 3.0.0", "toySend_2_0_0 2.0.0 until 3.0.0",
      ])
    #expect(
      plan.slots.map(\.variant) == [0, 1] && plan.slots.map(\.symbol) == ["toySend", "toySend"])
    #expect(methods(plan) == ["send(a:) -> toySend_2_0_0", "send(a:) -> toySend_1_0_0"])
  }

  @Test("Defaulted parameters at the end fold into one method, the longest call first")
  func folding() throws {
    let plan = try Toy.plan(
      headers([
        "1.0.0": Toy.function("toySend", ["int"]),
        "2.0.0": Toy.function("toySend", ["int", "int"]),
        "3.0.0": Toy.function("toySend", ["int", "int", "void *"]),
      ]), "defaults: {b: 0, c: nil}\n")
    #expect(methods(plan) == ["send(a:b:c:) -> toySend_3_0_0, toySend_2_0_0, toySend_1_0_0"])
    let calls = plan.functions[0].wrappers[0].calls
    #expect(calls.map(\.count) == [3, 2, 1])
    #expect(calls.map { $0.dropped.map(\.cName) } == [[], ["c"], ["b", "c"]])
    #expect(plan.functions[0].wrappers[0].slots == 0..<3)
  }

  @Test(
    "What has no default, another type or another name is not folded",
    arguments: [
      (["int", "int"], "defaults: {a: 0}\n"), (["long", "int"], "defaults: {b: 0}\n"),
    ])
  func notFolded(_ types: [String], _ defaults: String) throws {
    let plan = try Toy.plan(
      headers([
        "1.0.0": Toy.function("toySend", ["int"]), "2.0.0": Toy.function("toySend", types),
      ]), defaults)
    #expect(methods(plan).count == 2)
  }

  @Test("Nor a parameter in the middle, or under another name")
  func middle() throws {
    let plan = try Toy.plan(
      headers([
        "1.0.0": Toy.function("toySend", [("count", "int")]),
        "2.0.0": Toy.function("toySend", [("hints", "int"), ("count", "int")]),
      ]), "defaults: {hints: 0, count: 0}\n")
    #expect(methods(plan).count == 2)
  }

  private static let flavours = """
    flavours:
      - {name: a, summary: s}
      - {name: b, summary: s}

    """

  @Test("Flavours of one release that differ have a slot each, told apart by flavour")
  func flavours() throws {
    let plan = try Toy.plan(
      [
        Toy.header(
          flavour: "b", functions: [Toy.function("toySend", ["long"]), Toy.function("toyOne")]),
        Toy.header(
          flavour: "a", functions: [Toy.function("toySend", ["int"]), Toy.function("toyOne")]),
      ], Self.flavours)
    #expect(plan.releases.count == 1)
    #expect(
      slots(plan) == [
        "toyOne since 1.0.0", "toySend_1_0_0_a since 1.0.0", "toySend_1_0_0_b since 1.0.0",
      ])
    #expect(plan.slots.map(\.flavours) == [[], ["a"], ["b"]])
  }

  @Test("A release without a flavour beside those with one")
  func mixed() throws {
    let plan = try Toy.plan(
      [
        Toy.header("1.0.0", functions: [Toy.function("toySend", ["int"])]),
        Toy.header("2.0.0", flavour: "a", functions: [Toy.function("toySend", ["int"])]),
        Toy.header("2.0.0", flavour: "b", functions: [Toy.function("toySend", ["long"])]),
      ], Self.flavours)
    #expect(slots(plan) == ["toySend_1_0_0 since 1.0.0", "toySend_2_0_0_b since 2.0.0"])
    #expect(plan.slots.map(\.flavours) == [["a"], ["b"]])
  }

  @Test("Enumerators: the newest order leads, older ones follow, changed numbers are left out")
  func enumerators() throws {
    let plan = try Toy.plan([
      Toy.header(
        "1.0.0", functions: [Toy.function("toySend", ["enum toyMode"])],
        enumerations: [Toy.enumeration("toyMode", ["toyOld": 0, "toyA": 1, "toyMoved": 2])]),
      Toy.header(
        "2.0.0", functions: [Toy.function("toySend", ["enum toyMode"])],
        enumerations: [Toy.enumeration("toyMode", ["toyB": 5, "toyA": 1, "toyMoved": 3])]),
    ])
    let enumeration = try #require(plan.enumerations.first)
    #expect(enumeration.enumerators.map(\.cName) == ["toyB", "toyA", "toyOld"])
    #expect(
      enumeration.enumerators.map(\.availability.text) == [
        "since 2.0.0", "since 1.0.0", "1.0.0 until 2.0.0",
      ])
    #expect(plan.skipped.map(\.rule) == ["skip-renumbered"])
  }

  @Test("A record that changes has a struct for each layout and no alias")
  func records() throws {
    func header(_ release: String, _ size: Int, _ fields: [(String, String, Int)]) -> Header {
      Toy.header(
        release, functions: [Toy.function("toyMove", ["struct toyPlace"])],
        records: [Toy.structure("toyPlace", size: size, alignment: 4, fields)])
    }
    let plan = try Toy.plan([
      header("1.0.0", 4, [("x", "int", 0)]), header("1.1.0", 4, [("renamed", "int", 0)]),
      header("2.0.0", 8, [("x", "int", 0), ("y", "int", 4)]),
    ])
    #expect(plan.records.map(\.emittedName) == ["CToy_toyPlace_1_0_0", "CToy_toyPlace_2_0_0"])
    #expect(plan.records.allSatisfy { $0.swiftName == nil })
    #expect(plan.records.map(\.releases) == ["1.0.0 until 2.0.0", "since 2.0.0"])
    #expect(
      plan.records[0].members == ["  int renamed;"], "spelled as the newest release that has it")
    #expect(plan.slots.count == 2)
  }
}
