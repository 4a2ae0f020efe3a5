import BindingPlan
import HeaderModel
import Testing

/// Swift names of the things in a header, and what happens where two are the same.
@Suite struct NameTests {
  private func enumerators(
    _ values: KeyValuePairs<String, Int128>, _ more: String = ""
  ) throws -> [String] {
    let plan = try Toy.plan(
      [Toy.header(enumerations: [Toy.enumeration("toyMode_t", values)])], more)
    return plan.enumerations[0].enumerators.map(\.swiftName)
  }

  @Test("Enumerators lose the vendor's prefix, or the words that all have in common")
  func enumerators() throws {
    #expect(try enumerators(["toySum": 0, "toyMaxRedOp": 1]) == ["sum", "maxRedOp"])
    #expect(try enumerators(["TOY_LOG_NONE": 0, "TOY_LOG_WARN": 1]) == ["none", "warn"])
    #expect(try enumerators(["TOY_LOG_NONE": 0]) == ["toyLogNone"])
    #expect(try enumerators(["TOY_MODE_2D": 0, "TOY_MODE_3D": 1]) == ["mode2d", "mode3d"])
    #expect(try enumerators(["TOY_1": 0, "TOY_2": 1]) == ["toy1", "toy2"])
    #expect(
      try enumerators(["TOY_OK": 0, "TOY_ERR_A": 1, "TOY_ERR_B": 2]) == ["ok", "errA", "errB"])
    #expect(try enumerators(["toy2D": 0, "toySelf": 1]) == ["toy2D", "self_"])
    #expect(try enumerators(["Other": 0]) == ["other"])
  }

  @Test("Or the prefix that the profile names")
  func enumeratorPrefix() throws {
    let more =
      "names:\n  enumeratorPrefixes: {toyMode_t: TOY_MODE_}\n  enumerators: {TOY_MODE_X: special}\n"
    #expect(
      try enumerators(["TOY_MODE_A": 0, "TOY_MODE_2D": 1, "TOY_MODE_X": 2], more)
        == ["a", "mode2d", "special"])
  }

  @Test("Where shortening would make two the same, neither is shortened")
  func enumeratorClash() throws {
    #expect(try enumerators(["toyUp": 0, "Up": 1, "toyDown": 2]) == ["toyUp", "up", "down"])
  }

  private func problems(_ header: Header, _ more: String = "") throws -> [String] {
    try #require(throws: PlanError.self) { try Toy.plan([header], more) }.diagnostics.map(
      \.description)
  }

  @Test("What is the same even so is refused, with the place where it can be named")
  func clashes() throws {
    #expect(
      try problems(Toy.header(functions: [Toy.function("toySend"), Toy.function("toy_send")])) == [
        """
        toy.yml: error: toySend and toy_send would both be send in Swift [name-clash]
          help: give one of them a name under names: functions:
        """
      ])
    #expect(
      try problems(
        Toy.header(enumerations: [Toy.enumeration("toyMode", ["toyUp": 0, "toy_up": 1])])) == [
          """
          toy.yml: error: toyUp and toy_up would both be toyUp in Swift [name-clash]
            help: give one of them a name under names: enumerators:
          """
        ])
    #expect(
      try problems(
        Toy.header(enumerations: [
          Toy.enumeration("toyMode", ["a": 0]), Toy.enumeration("toyMode_t", ["b": 0]),
        ])) == [
          """
          toy.yml: error: toyMode and toyMode_t would both be ToyMode in Swift [name-clash]
            help: give one of them a name under names: types:, or set libraryType:
          """
        ])
  }

  @Test(
    "Names that the module has itself are taken",
    arguments: [
      ("toyLibrary", "the opened library and toyLibrary would both be library() in Swift"),
      ("toyFunctions", "the function table and toyFunctions would both be functions() in Swift"),
      ("toyAll", "the list of all functions and toyAll would both be all in Swift"),
      ("toyLastError", "the last error's text and toyLastError would both be lastError() in Swift"),
    ])
  func reserved(_ function: String, _ message: String) throws {
    let problem = try #require(try problems(Toy.header(functions: [Toy.function(function)])).first)
    #expect(problem.contains(message), "\(problem)")
  }

  @Test("A name of the profile's settles it")
  func settled() throws {
    let plan = try Toy.plan(
      [Toy.header(functions: [Toy.function("toySend"), Toy.function("toy_send")])],
      "names: {functions: {toy_send: sendOld}}\n")
    #expect(plan.functions.map(\.swiftName) == ["send", "sendOld"])
  }

  @Test(
    "Parameters",
    arguments: [
      ([("a_b", "int"), ("aB", "int"), ("aB2", "int")], ["aB", "aB2", "aB23"]),
      ([(nil, "int"), ("argument1", "int")], ["argument1", "argument12"]),
      (
        [("self", "int"), ("_", "int"), ("1", "int"), ("größe", "int")],
        ["self_", "argument2", "argument3", "argument4"]
      ),
    ] as [([(String?, String)], [String])])
  func parameters(_ parameters: [(String?, String)], _ expected: [String]) throws {
    let plan = try Toy.plan([Toy.header(functions: [Toy.function("toyF", parameters)])])
    #expect(plan.functions[0].wrappers[0].parameters.map(\.swiftName) == expected)
  }

  @Test("Types lose the prefix and the suffix, and get the module's prefix")
  func types() throws {
    let names = ["toyComm_t", "toyUniqueId", "ToyDone", "toy", "foreign_t", "toy_a_b"]
    let plan = try Toy.plan([
      Toy.header(enumerations: names.map { Toy.enumeration($0, ["\($0)X": 0]) })
    ])
    let swift = Dictionary(uniqueKeysWithValues: plan.enumerations.map { ($0.cName, $0.swiftName) })
    #expect(
      swift == [
        "toyComm_t": "ToyComm", "toyUniqueId": "ToyUniqueId", "ToyDone": "ToyDone", "toy": "ToyToy",
        "foreign_t": "ToyForeign", "toy_a_b": "ToyAB",
      ])
  }
}
