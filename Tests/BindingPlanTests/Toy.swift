import BindingPlan
import HeaderModel

/// Models and profiles made by hand, with no libclang in between.
enum Toy {
  static let target = "x86_64-unknown-linux-gnu"

  static func header(
    _ release: String = "1.0.0", flavour: String? = nil, functions: [Function] = [],
    records: [Record] = [], enumerations: [Enumeration] = [], typedefs: [Typedef] = [],
    variables: [Variable] = [], macros: [Macro] = []
  ) -> Header {
    Header(
      vendor: "toy", release: Release(release) ?? Release(0, 0, 0), flavour: flavour,
      target: target, functions: functions, records: records, enumerations: enumerations,
      typedefs: typedefs, variables: variables, macros: macros)
  }

  /// `int name(types...)`, its parameters named `a`, `b`, ….
  static func function(
    _ name: String, _ types: [String] = [], result: String = "int", attributes: [String] = []
  ) -> Function {
    let names = ["a", "b", "c", "d", "e", "f"]
    return function(
      name, zip(names, types).map { ($0, $1) }, result: result, attributes: attributes)
  }

  static func function(
    _ name: String, _ parameters: [(String?, String)], result: String = "int",
    attributes: [String] = []
  ) -> Function {
    Function(
      name: name, result: type(result),
      parameters: parameters.map { Parameter(name: $0.0, type: type($0.1)) },
      attributes: attributes)
  }

  /// A type from the text form of models.
  static func type(_ text: String) -> CType {
    CType(text) ?? .unsupported("\(text), which is no type")
  }

  static func enumeration(
    _ name: String, _ enumerators: KeyValuePairs<String, Int128>,
    underlying: String = "unsigned int"
  ) -> Enumeration {
    Enumeration(
      name: name, underlying: type(underlying),
      enumerators: enumerators.map { Enumerator(name: $0.key, value: $0.value) })
  }

  static func structure(
    _ name: String, size: Int, alignment: Int, _ fields: [(String, String, Int)],
    attributes: [String] = []
  ) -> Record {
    Record(
      kind: .structure, name: name,
      layout: Record.Layout(
        size: size, alignment: alignment,
        fields: fields.map { Field(name: $0.0, type: type($0.1), bitOffset: $0.2 * 8) }),
      attributes: attributes)
  }

  static func macro(_ name: String, _ value: Int128, type: String = "int") -> Macro {
    Macro(name: name, body: String(value), value: .integer(value, self.type(type)))
  }

  static let base = """
    vendor: toy
    module: ToyBindings
    typePrefix: Toy
    functions:
      prefixes: [toy]

    """

  static func profile(_ more: String = "", base: String = Self.base) throws(Diagnostic)
    -> VendorProfile
  {
    try VendorProfile(yaml: base + more, file: "toy.yml", directory: "")
  }

  static func plan(_ headers: [Header], _ more: String = "") throws -> Plan {
    try Plan(profile: try profile(more), headers: headers)
  }
}
