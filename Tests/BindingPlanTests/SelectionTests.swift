import BindingPlan
import HeaderModel
import Testing

/// Which functions are bound, under which name and which symbol.
@Suite struct SelectionTests {
  @Test("Labels and macros rename symbols, hidden functions have none")
  func symbols() throws {
    let plan = try Toy.plan([
      Toy.header(
        functions: [
          Toy.function("toyPlain"),
          Toy.function("toyLabelled", attributes: ["asm(\"toyLabelled_v7\")"]),
          Toy.function("toyMacro_v2"), Toy.function("toyWrapped_v3"),
          Toy.function("toyHidden", attributes: ["visibility(\"hidden\")"]),
          Toy.function("toyVersioned", attributes: ["asm(\"toyVersioned@V1\")"]),
        ],
        macros: [
          Macro(name: "toyMacro", body: "toyMacro_v2"),
          Macro(name: "API", parameters: ["x"], body: "x"),
          Macro(name: "toyWrapped", body: "API ( toyWrapped_v3 )"),
        ])
    ])
    #expect(plan.functions.map(\.cName) == ["toyLabelled", "toyMacro", "toyPlain", "toyWrapped"])
    #expect(
      plan.slots.map(\.symbol) == ["toyLabelled_v7", "toyMacro_v2", "toyPlain", "toyWrapped_v3"])
    #expect(
      plan.skipped.map(\.message) == [
        "toyHidden is not bound: its visibility is hidden, so the library does not export it",
        "toyVersioned is not bound: its name is not a plain identifier",
      ])
  }

  @Test("Twins are symbols of the library, not functions of the module")
  func twins() throws {
    let names = ["toySend", "ptoySend", "ptoyLost", "ptoySnd", "other", "ptoyist"]
    let plan = try Toy.plan(
      [Toy.header(functions: names.map { Toy.function($0) })],
      "library: {}\n".replacing("library: {}\n", with: ""))
    #expect(plan.functions.map(\.cName) == ["toySend"], "only what has the prefix")
    let profile = try Toy.profile(
      "",
      base: """
        vendor: toy
        module: M
        typePrefix: Toy
        functions:
          prefixes: [toy]
          twinPrefix: p
          twins: {ptoySnd: toySend}

        """)
    let twins = try Plan(
      profile: profile, headers: [Toy.header(functions: names.map { Toy.function($0) })])
    #expect(twins.functions.map(\.cName) == ["toySend"])
    #expect(twins.otherSymbols == ["ptoyLost", "ptoySend", "ptoySnd", "ptoyist"])
  }

  @Test(
    "What cannot be bound is left out with a reason",
    arguments: [
      (
        Toy.function("toyF", [("x", "{long double}")]),
        "parameter x: the type long double has no counterpart"
      ),
      (
        Toy.function("toyF", [(nil, "struct lost")]),
        "parameter 1: lost is passed by value but not defined"
      ),
      (Toy.function("toyF", [("x", "enum lost")]), "parameter x: enum lost is not defined"),
      (Toy.function("toyF", result: "lost_t"), "it returns a value: lost_t is not defined"),
      (
        Toy.function("toyF", [("x", "struct wide")]),
        "parameter x: wide is passed by value and aligned to 32 bytes, over Swift's limit"
      ),
      (Toy.function("toyF", [("x", "va_list")]), "parameter x: a va_list cannot be made in Swift"),
    ])
  func obstacles(_ function: Function, _ reason: String) throws {
    let plan = try Toy.plan([
      Toy.header(
        functions: [function],
        records: [Toy.structure("wide", size: 32, alignment: 32, [("x", "int", 0)])],
        typedefs: [Typedef(name: "va_list", type: Toy.type("void *"), isExternal: true)])
    ])
    #expect(plan.functions.isEmpty && plan.slots.isEmpty)
    #expect(plan.skipped.map(\.message) == ["toyF is not bound: \(reason)"])
    #expect(plan.otherSymbols == ["toyF"])
  }

  @Test("Variadic, inline and static functions are left out; the latter have no symbol")
  func bodies() throws {
    var functions = ["toyVariadic", "toyInline", "toyStatic"].map { Toy.function($0) }
    functions[0].isVariadic = true
    functions[1].isInline = true
    functions[2].isStatic = true
    let plan = try Toy.plan([Toy.header(functions: functions)])
    #expect(plan.functions.isEmpty && plan.otherSymbols == ["toyVariadic"])
    #expect(plan.skipped.count == 3)
  }

  @Test("The profile's own reasons are given as they are")
  func skip() throws {
    let profile = try Toy.profile(
      "",
      base:
        "vendor: toy\nmodule: M\ntypePrefix: Toy\nfunctions: {prefixes: [toy], skip: {toyF: it blinks}}\n"
    )
    let plan = try Plan(profile: profile, headers: [Toy.header(functions: [Toy.function("toyF")])])
    #expect(
      plan.skipped.map(\.description) == [
        "toy: warning: toyF is not bound: it blinks [skip-function]"
      ])
  }

  @Test("Typedefs that go in a circle, which only a model made by hand has, end")
  func cycle() throws {
    let plan = try Toy.plan([
      Toy.header(
        functions: [Toy.function("toyF", ["round", "round *"])],
        typedefs: [
          Typedef(name: "round", type: Toy.type("round_t")),
          Typedef(name: "round_t", type: Toy.type("round")),
        ])
    ])
    #expect(plan.functions.isEmpty && plan.skipped.count == 1)
  }
}
