import BindingPlan
import HeaderModel
import Testing

/// Which of a vendor's functions are a communicator's operations, and what a host shim makes of them.
@Suite struct CollectiveTests {
  private static let profile = """
    results: {toyCommInit: [comm], toyCommCount: [count], toyGetVersion: [version]}
    byteRecords: [toyId]
    handles: [toyComm_t]
    status: {type: toyResult_t, success: toySuccess}
    library:
      versionFunction: toyGetVersion
      versionCode: [{major: 100, minor: 10, patch: 1}]
      errorText: toyGetErrorString
    names:
      functions: {toyCommInit: commInitRank}
      parameters: {type: dataType, buffer: sendBuffer, nranks: nRanks, id: uniqueID}
    collectives: {hostShim: true}

    """

  private static func header(_ functions: [Function]) -> Header {
    let result = Toy.enumeration(
      "toyResult_t", ["toySuccess": 0, "toyInvalidArgument": 3])
    let type = Toy.enumeration("toyType_t", ["toyInt8": 4, "toyChar": 4, "toyInt32": 5])
    return Toy.header(
      "1.2.3", functions: functions,
      records: [
        Toy.structure("toyId", size: 256, alignment: 1, [("bytes", "char [256]", 0)])
      ], enumerations: [result, type],
      typedefs: [Typedef(name: "toyComm_t", type: Toy.type("void *"))])
  }

  private static func plan(_ functions: [Function], _ more: String = "") throws -> Plan {
    try Plan(
      profile: try Toy.profile(profile + more), headers: [header(functions)], isComplete: false)
  }

  private static let allGather = Toy.function(
    "toyAllGather",
    [
      ("buffer", "void const *"), ("recvBuffer", "void *"), ("count", "int"),
      ("type", "enum toyType_t"), ("comm", "toyComm_t"), ("stream", "void *"),
    ], result: "enum toyResult_t")

  private static let initialise = Toy.function(
    "toyCommInit",
    [
      ("comm", "toyComm_t *"), ("nranks", "int"), ("id", "struct toyId const *"), ("rank", "int"),
    ], result: "enum toyResult_t")

  private func form(_ plan: Plan, _ symbol: String) throws -> HostFormPlan {
    let function = try #require(plan.hostShim?.functions.first { $0.symbol == symbol })
    try #require(function.forms.count == 1)
    return function.forms[0]
  }

  @Test("An unique ID by address and counts of another width")
  func forms() throws {
    let plan = try Self.plan([Self.allGather, Self.initialise])
    let collectives = try #require(plan.collectives)
    #expect(collectives.operations.map(\.name) == ["allGather", "commInitRank"])
    #expect(collectives.uniqueID?.size == 256)
    let gather = collectives.operations[0].methods[0]
    #expect(
      gather.arguments.map { "\($0.label) \($0.role.name)" } == [
        "sendBuffer sendBuffer", "recvBuffer recvBuffer", "count count", "dataType dataType",
        "comm comm", "stream stream",
      ])
    #expect(gather.arguments[2].form == .integer)
    #expect(gather.arguments[3].form == .wrappedInteger("ToyType"))
    let join = collectives.operations[1].methods[0]
    #expect(join.arguments.map(\.label) == ["nRanks", "uniqueID", "rank"])
    #expect(join.arguments[1].form == .bytes("ToyId", byAddress: true))
    #expect(join.result == .handle)
    #expect(collectives.codes.map(\.kind) == ["dataType", "status"])
  }

  @Test("A function with an argument of no meaning is left out, with the reason")
  func misfit() throws {
    var function = Self.allGather
    function.parameters.append(Parameter(name: "mood", type: Toy.type("int")))
    let plan = try Self.plan([function])
    #expect(plan.collectives?.operations.isEmpty == true)
    #expect(plan.hostShim?.functions.isEmpty == true)
    let skipped = try #require(plan.skipped.first { $0.rule == "skip-collective" })
    #expect(
      skipped.message
        == "toyAllGather is not an operation of communicators: its argument mood has no part in one"
    )
  }

  @Test("An argument that cannot be made of a communicator's is a reason too")
  func wrongType() throws {
    var function = Self.allGather
    function.parameters[2].type = Toy.type("double")
    let plan = try Self.plan([function])
    let skipped = try #require(plan.skipped.first { $0.rule == "skip-collective" })
    #expect(
      skipped.message.hasSuffix(
        "its argument count is Double, which cannot be made of what communicators have"))
  }

  @Test("Arguments with a default are left to it; a host shim looks that a reserve is null")
  func defaults() throws {
    var function = Self.allGather
    function.parameters.append(Parameter(name: "reserved", type: Toy.type("void *")))
    function.parameters.append(Parameter(name: "effort", type: Toy.type("int")))
    let plan = try Self.plan([function], "defaults: {reserved: nil, effort: 7}\n")
    let method = try #require(plan.collectives?.operations.first?.methods.first)
    #expect(method.arguments.map(\.label).last == "stream")
    let form = try form(plan, "toyAllGather")
    #expect(form.fields.last?.name == "reserved")
    #expect(form.unused == ["effort"])
  }

  @Test("A host shim has the newest release's parameters and numbers")
  func hostShim() throws {
    let count = Toy.function(
      "toyCommCount", [("comm", "toyComm_t"), ("count", "int *")], result: "enum toyResult_t")
    let version = Toy.function(
      "toyGetVersion", [("version", "int *")], result: "enum toyResult_t")
    let words = Toy.function(
      "toyGetErrorString", [("code", "enum toyResult_t")], result: "char const *")
    let plan = try Self.plan([Self.allGather, Self.initialise, count, version, words])
    let shim = try #require(plan.hostShim)
    #expect(shim.release == Release(1, 2, 3) && shim.versionCode == 123)
    #expect(
      shim.functions.map { "\($0.symbol) \($0.forms[0].call)" } == [
        "toyAllGather allGather", "toyCommCount commCount", "toyCommInit commInitRank",
        "toyGetErrorString getErrorText", "toyGetVersion getVersion",
      ])
    let join = try form(plan, "toyCommInit")
    #expect(
      join.fields.map { "\($0.name) = \($0.expression)" } == [
        "result = {comm, sizeof *comm}", "nRanks = nranks", "uniqueID = id", "rank = rank",
      ])
    #expect(join.parameters.first?.type == "void *_Nullable *_Nullable")
    let types = try #require(shim.codes.first { $0.kind == "dataType" })
    #expect(
      types.members.map { "\($0.value) \($0.symbol) \($0.name)" } == [
        "4 toyInt8 int8", "5 toyInt32 int32",
      ])
  }

  @Test("Without the profile's word there is none")
  func notAsked() throws {
    let header = Self.header([Self.allGather])
    let quiet = Self.profile.replacing("{hostShim: true}", with: "{}")
    let plan = try Plan(profile: try Toy.profile(quiet), headers: [header], isComplete: false)
    #expect(plan.collectives != nil && plan.hostShim == nil)
  }

  @Test("Version codes are made by the rule that reads them")
  func versionCodes() throws {
    let rules = try Toy.profile(
      """
      library:
        versionCode:
          - {below: 10000, major: 1000, minor: 100, patch: 1}
          - {major: 10000, minor: 100, patch: 1}

      """
    ).library.versionCode
    func code(_ release: Release) -> Int? { rules.lazy.compactMap { $0.encode(release) }.first }
    #expect(code(Release(2, 7, 8)) == 2708)
    #expect(code(Release(2, 9, 0)) == 2900)
    #expect(code(Release(2, 32, 3)) == 23203)
    #expect(rules.allSatisfy { $0.encode(Release(2, 100, 100)) == nil })
  }
}
