import BindingPlan
import ELFSymbols
import HeaderModel
import LibraryCheck
import TestSupport

/// A made-up vendor: its profile, three releases' models, and libraries that the tests compile.
enum Toy {
  static let profile = """
    vendor: toy
    name: TOY
    module: ToyBindings
    typePrefix: Toy
    library:
      names: [libtoy.so.1]
      versionFunction: toyGetVersion
      versionCode: [{major: 100, minor: 10, patch: 1}]
    functions:
      prefixes: [toy]
      twinPrefix: p
      twins: {ptoyRecieve: toyReceive}
    flavours:
      - {name: red, summary: the red one, detect: [{exports: [toyRed], lacks: [toyBlue]}]}
      - {name: blue, summary: the blue one, detect: [{exports: [toyBlue]}, {versionCodes: [199]}]}
      - {name: bare, summary: unseen}

    """

  static func vendorProfile(_ text: String = profile) throws -> VendorProfile {
    try VendorProfile(yaml: text, file: "toy.yml", directory: "")
  }

  static func function(
    _ name: String, isInline: Bool = false, isStatic: Bool = false, _ attributes: [String] = []
  ) -> Function {
    Function(
      name: name, result: CType("int") ?? .unsupported("int"), parameters: [], isInline: isInline,
      isStatic: isStatic, attributes: attributes)
  }

  static func header(
    _ release: Release, flavour: String? = nil, _ functions: [Function], variables: [String] = [],
    macros: [Macro] = []
  ) -> Header {
    Header(
      vendor: "toy", release: release, flavour: flavour, target: target, functions: functions,
      variables: variables.map { Variable(name: $0, type: CType("int") ?? .unsupported("int")) },
      macros: macros)
  }

  /// The machine that the fixtures are compiled for.
  static var target: String {
    ELFIdentity.Machine.host?.rawValue == 183 ? "aarch64-linux-gnu" : "x86_64-linux-gnu"
  }

  private static let common = ["toyGetVersion", "toySend", "ptoySend", "toyReceive", "ptoyRecieve"]

  static let models = [
    header(Release(1, 0, 0), (common + ["toyOld"]).map { function($0) }),
    header(
      Release(1, 1, 0),
      (common + ["toyMissing", "ptoyMissing"]).map { function($0) } + [
        function("toyInline", isInline: true), function("toyStatic", isStatic: true),
        function("toyHidden", ["visibility(\"hidden\")"]),
        function("toyLabelled", ["asm(\"toyLabel\")"]),
      ], variables: ["toyLevel", "toyLost"],
      macros: [
        Macro(name: "toyReset", parameters: [], body: ""), Macro(name: "TOY_MAJOR", body: "1"),
      ]),
    header(Release(1, 2, 0), (common + ["toyNew", "toyNewer"]).map { function($0) }),
  ]

  /// Exports the common part and more, at the version code given.
  static func library(
    _ more: String = "", version: Int = 110, flags: [String] = ["-Wl,-soname,libtoy.so.1"]
  ) throws -> SharedObject {
    try SharedObject(
      contentsOf: try FixtureLibrary.compile(
        source: """
          int toyGetVersion(int *code) { *code = \(version); return 0; }
          int ptoySend(void) { return 1; }
          int toySend(void) __attribute__((weak, alias("ptoySend")));
          int ptoyRecieve(void) { return 2; }
          int toyReceive(void) __attribute__((weak, alias("ptoyRecieve")));
          \(more)
          """, flags: flags, name: "libtoy.so.1"
      ).path)
  }

  static func check(
    _ library: SharedObject, named: Header? = nil, _ answer: LibraryAnswer = .notAsked,
    models: [Header] = models
  ) throws -> LibraryCheck {
    try LibraryCheck(
      library, try vendorProfile(), models: models, named: named, answer: answer)
  }
}
