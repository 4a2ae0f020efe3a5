import BindingPlan
import HeaderModel
import Testing

/// Versioned structures: what their initialiser macro may hold.
@Suite struct StructureTests {
  private static let profile = """
    library: {versionMacro: TOY_VERSION}
    versionedStructures:
      - {type: toyConfig_t, initializer: TOY_INIT, size: size, magic: magic, version: version}

    """

  private func plan(_ body: String?, release: String = "1.0.0") throws -> Plan {
    let record = Toy.structure(
      "toyConfig_t", size: 40, alignment: 8,
      [
        ("size", "unsigned long", 0), ("magic", "unsigned int", 8), ("version", "unsigned int", 12),
        ("blocking", "int", 16), ("ratio", "float", 20), ("name", "char const *", 24),
        ("last", "short", 32),
      ])
    var macros = [Toy.macro("TOY_VERSION", 100), Toy.macro("TOY_UNDEF", -1)]
    macros.append(Macro(name: "TOY_RATIO", body: "x", value: .floating(0.5, .scalar(.float))))
    macros += body.map { [Macro(name: "TOY_INIT", body: $0)] } ?? []
    return try Toy.plan(
      [
        Toy.header(
          release, functions: [Toy.function("toyInit", [("config", "toyConfig_t const *")])],
          records: [record], enumerations: [Toy.enumeration("toyMode", ["toyMagic": 0xBEEF])],
          typedefs: [Typedef(name: "toyConfig_t", type: Toy.type("struct toyConfig_t"))],
          macros: macros)
      ], Self.profile)
  }

  @Test("Literals, macros, enumerators, NULL; what is left out is zero")
  func values() throws {
    let structure = try #require(
      try plan("{ sizeof ( toyConfig_t ) , toyMagic , TOY_VERSION , TOY_UNDEF , - 1.5f , NULL , }")
        .structures.first)
    let initial = structure.layouts[0].entries.map(\.initial)
    #expect(initial == [0, 0xBEEF, 0, 0xFFFF_FFFF, 0xBFC0_0000, 0, 0])
    #expect(structure.stamps.map(\.version) == [100])
    #expect(structure.fields.map(\.cName) == ["blocking", "ratio", "name", "last"])
    #expect(structure.fields.map(\.form) == [.number, .number, .text, .number])
  }

  @Test(
    "Numbers in every base, as floats and as integers",
    arguments: [
      ("0x10", "TOY_RATIO", [16, 0x3F00_0000] as [UInt64]), ("010", "1", [8, 0x3F80_0000]),
      ("5ul", ".5", [5, 0x3F00_0000]), ("- 1", "2.0", [0xFFFF_FFFF, 0x4000_0000]),
    ])
  func numbers(_ integer: String, _ floating: String, _ expected: [UInt64]) throws {
    let plan = try plan("{ 1 , 2 , 3 , \(integer) , \(floating) }")
    #expect(plan.structures[0].layouts[0].entries[3...4].map(\.initial) == expected)
  }

  @Test(
    "What is not understood is refused, never taken for zero",
    arguments: [
      ("{ 1 , 2 , 3 , f ( x ) }", "the value of blocking, f ( x ), is not known"),
      ("{ 1 , 2 , 3 , 4 , nan }", "the value of ratio, nan, is not known"),
      ("{ 1 , 2 , 3 , TOY_LOST }", "the value of blocking, TOY_LOST, is not known"),
      ("{ 1 , 2 , 3 , 4 , 5 , 6 , 7 , 8 }", "it has 8 values for 7 fields"),
      ("toyMakeConfig ( )", "it is not a brace list"),
    ])
  func refused(_ body: String, _ reason: String) throws {
    let error = try #require(throws: PlanError.self) { try plan(body) }
    #expect(
      error.diagnostics.map(\.description) == [
        """
        toy 1.0.0: error: TOY_INIT does not initialise toyConfig_t: \(reason) [initializer]
          help: see "versionedStructures" in toy.yml
        """
      ])
  }

  @Test("A pointer to it is the structure, optional, in the calls")
  func parameter() throws {
    let parameters = try plan("{ 1 }").functions[0].wrappers[0].parameters
    let parameter = try #require(parameters.first { _ in true })
    #expect(
      parameter.isStructure && parameter.type.swift == "ToyConfig?"
        && parameter.defaultValue == "nil")
  }
}
