import Foundation
import TestSupport
import Testing

/// What the user sees of each kind of bad input, word for word, and the exit status.
@Suite struct BadInputTests {
  /// Something that is wrong: what is there, and what is run.
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var arguments: [String]
    var prepare: @Sendable (TestProject) throws -> Void

    init(
      _ name: String, _ arguments: String,
      _ prepare: @escaping @Sendable (TestProject) throws -> Void = { _ in }
    ) {
      self.name = name
      self.arguments = arguments.split(separator: " ").map(String.init)
      self.prepare = prepare
    }

    var testDescription: String { name }
  }

  private static let read = "read --profile toy --header bad.h"
  private static let generate = "generate toy"

  private static let verify = "verify bad.so"

  /// A library and a model to hold it against.
  private static func library(
    _ source: String, machine: UInt8? = nil
  ) -> @Sendable (TestProject) throws -> Void {
    { project in
      try model { $0 }(project)
      try project.compile(source, to: "bad.so")
      guard let machine else { return }
      var bytes = try project.bytes("bad.so")
      (bytes[18], bytes[19]) = (machine, 0)
      try project.write(bytes, to: "bad.so")
    }
  }

  /// The header of an ELF file that ends with it; the sections, of which there are 3, are elsewhere.
  @Sendable private static func elf(
    wordSize: UInt8 = 2, byteOrder: UInt8 = 1, type: UInt8 = 3, machine: UInt8 = 62,
    sections: UInt64 = 0, count: Int = 64
  ) -> [UInt8] {
    var bytes: [UInt8] = [0x7F, 0x45, 0x4C, 0x46, wordSize, byteOrder, 1]
    bytes += Array(repeating: 0, count: 64 - bytes.count)
    let first = byteOrder == 1 ? 0 : 1
    (bytes[16 + first], bytes[18 + first], bytes[58], bytes[60]) = (type, machine, 64, 3)
    for index in 0..<8 { bytes[40 + index] = UInt8(truncatingIfNeeded: sections >> (8 * index)) }
    return Array(bytes.prefix(count))
  }

  private static func header(_ text: String) -> @Sendable (TestProject) throws -> Void {
    { try $0.write(text, to: "bad.h") }
  }

  private static func profile(
    _ old: String, _ new: String
  ) -> @Sendable (TestProject) throws -> Void {
    { project in
      let text = TestProject.profile
      try project.write(text.replacing(old, with: new), to: "Profiles/toy.yml")
    }
  }

  private static func model(
    _ change: @escaping @Sendable (String) -> String
  ) -> @Sendable (TestProject) throws -> Void {
    { project in
      let result = try project.run("read", "--profile", "toy", "--header", "toy.h")
      try project.write(change(result.text), to: "Generated/Models/toy/1.0.0.json")
    }
  }

  static let cases: [Case] = ownCases + diffCases

  private static let ownCases: [Case] = [
    // Headers.
    Case("header-missing", read),
    Case("header-is-directory", read) {
      try FileManager.default.createDirectory(
        atPath: $0.directory.file("bad.h"), withIntermediateDirectories: false)
    },
    Case("header-empty", read, header("")),
    Case("header-declares-nothing", read, header("// nothing\n")),
    Case("header-binary", read) {
      try $0.write([0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0, 0, 0], to: "bad.h")
    },
    Case("header-not-utf8", read) {
      try $0.write(Array("int a;\n// na".utf8) + [0xEF, 0x76, 0x65, 10], to: "bad.h")
    },
    Case("header-huge", read) { project in
      let path = try project.write("", to: "bad.h")
      // Sparse: it takes no room on the disk.
      try runTool("truncate", ["-s", "100M", path])
    },
    Case(
      "header-syntax-error", read,
      header("typedef enum { toySuccess } toyResult_t\nint toyUse(void);\n")),
    Case(
      "header-missing-include", read,
      header("#include <nowhere/to/be/found.h>\nint toyUse(void);\n")),
    Case("header-include-loop", read, header("#include \"bad.h\"\nint toyUse(void);\n")),
    Case("header-is-cplusplus", read, header("namespace toy { int use(); }\n")),
    Case("header-without-release", read, header("int toyUse(void);\n")),
    Case("include-directory-missing", "read --profile toy --header toy.h --include nowhere"),
    // Packages.
    Case("package-missing", "add-release toy --package nowhere.whl"),
    Case("package-without-header", "add-release toy --package empty") {
      try $0.write("", to: "empty/readme")
    },
    Case("package-damaged", "add-release toy --package bad.whl") {
      try $0.write("no zip", to: "bad.whl")
    },
    Case("library-missing", "add-release toy --library libnowhere.so"),
    // Profiles.
    Case("profile-unknown", "read --profile toi --header toy.h"),
    Case("profile-file-missing", "read --profile nowhere.yml --header toy.h"),
    Case("profile-misspelt-key", read, profile("status:", "statsu:")),
    Case("profile-wrong-type", read, profile("[toy]", "toy")),
    Case("profile-not-yaml", read, profile("[toy]", "[toy")),
    Case("profile-not-utf8", read) { try $0.write([0x76, 0xFF, 10], to: "Profiles/toy.yml") },
    Case("profile-unmatched", "add-release toy --header toy.h", profile("toySuccess", "toyFine")),
    // Models.
    Case("models-missing", generate),
    Case("model-truncated", generate, model { String($0.prefix($0.count / 2)) }),
    Case("model-empty", generate, model { _ in "" }),
    Case("model-newer", generate, model { $0.replacing("\"schema\": 1", with: "\"schema\": 99") }),
    Case("model-misplaced", generate, model { $0.replacing("\"1.0.0\"", with: "\"1.0.1\"") }),
    Case("model-unknown", "list toy@9.9.9 functions", model { $0 }),
    Case("symbol-unknown", "explain toyNowhere", model { $0 }),
    // Templates.
    Case("template-misspelt-name", "generate toy --header toy.h -o Out") { project in
      try FileManager.default.removeItem(atPath: project.directory.file("Templates"))
      try FileManager.default.copyItem(
        atPath: "\(repositoryRoot())/Templates", toPath: project.directory.file("Templates"))
      let name = "Templates/Swift/Constants.swift.mustache"
      try project.write(
        try project.text(name).replacing("{{constantsType}}", with: "{{constantType}}"), to: name)
    },
    // Libraries.
    Case("verify-missing", "verify libnowhere.so"),
    Case("verify-directory", "verify Profiles"),
    Case("verify-empty", verify) { try $0.write("", to: "bad.so") },
    Case("verify-text", verify) { try $0.write("GROUP ( libtoy.so.1 )\n", to: "bad.so") },
    Case("verify-truncated", verify) { try $0.write(elf(count: 30), to: "bad.so") },
    Case("verify-damaged", verify) { try $0.write(elf(sections: 1 << 40), to: "bad.so") },
    Case("verify-hostile-counts", verify) { try $0.write(elf(sections: .max), to: "bad.so") },
    Case("verify-32-bit", verify) { try $0.write(elf(wordSize: 1, machine: 3), to: "bad.so") },
    Case("verify-big-endian", verify) { try $0.write(elf(byteOrder: 2), to: "bad.so") },
    Case("verify-executable", verify) { try $0.write(elf(type: 2), to: "bad.so") },
    Case(
      "verify-other-machine", "verify bad.so --vendor toy", library("int toySend;", machine: 243)),
    Case("verify-other-vendor", "verify bad.so --vendor toy", library("int other;")),
    Case("verify-unknown-vendor", verify, library("int other;")),
    Case("verify-without-models", "verify bad.so --vendor toy") {
      try $0.compile("int toySend;", to: "bad.so")
    },
    Case("verify-model-unknown", "verify bad.so --model toy@9.9.9", library("int toySend;")),
    // Output.
    Case("output-folder-missing", "read --profile toy --header toy.h -o nowhere/model.json"),
    Case("output-is-directory", "read --profile toy --header toy.h -o Profiles"),
    Case("output-below-a-file", "generate toy --header toy.h -o toy.h"),
    Case("output-disk-full", "read --profile toy --header toy.h -o /dev/full"),
    // Usage.
    Case("usage-unknown-verb", "raed"),
    Case("usage-unknown-option", "generate --chekc"),
    Case("usage-nothing-to-list", "list toy@1.0.0"),
    Case("usage-two-sources", "add-release toy --header a --library b"),
    Case("usage-header-without-output", "generate toy --header toy.h"),
    Case("usage-two-references", "verify a.so --model toy@1.0.0 --vendor toy"),
    Case("usage-timeout", "verify a.so --load --timeout 0"),
    Case("usage-release", "read --profile toy --header toy.h --release 2.x"),
    Case("usage-flavour", "read --profile toy --header toy.h --flavour ../../up"),
    Case("no-project", "generate --project Profiles"),
    // libclang.
    Case("libclang-missing", "read --profile toy --header toy.h --libclang /nowhere/libclang.so"),
  ]

  @Test("Bad input", arguments: cases)
  func message(_ bad: Case) throws {
    let project = try TestProject()
    try bad.prepare(project)
    let before = try project.tree("")
    let result = try Tool.run(bad.arguments, in: project.path)
    #expect(result.status != 0)
    let temporary = try project.tree("").keys.filter { $0.hasSuffix(".tmp") }
    #expect(temporary.isEmpty)
    #expect(try project.tree("") == before, "nothing is written, nothing is lost")

    var text = "$ bindgen-coll \(bad.arguments.joined(separator: " "))\nstatus \(result.status)\n"
    text += Self.stable(result.errors).replacing(project.path, with: "PROJECT")
    if !result.text.isEmpty { text += "and on standard output:\n\(result.text)" }
    let problem = try Self.problem(bad.name, text)
    if let problem { Issue.record("\(problem)") }
  }

  /// Of clang's errors only the first: what follows differs between its releases.
  private static func stable(_ errors: String) -> String {
    var hasClangError = false
    return errors.split(separator: "\n", omittingEmptySubsequences: false).filter { line in
      guard line.hasSuffix("[clang-error]") else { return true }
      defer { hasClangError = true }
      return !hasClangError
    }.joined(separator: "\n")
  }

  private static let directory = "\(repositoryRoot())/Tests/CommandLineTests/Expected"

  private static func problem(_ name: String, _ text: String) throws -> String? {
    // Each message is a folder of its own to the harness, or all others would be left over.
    try Expectations(name, in: "\(directory)/\(name)", filter: "CommandLineTests.BadInputTests")
      .problem([GoldenStage("message", [("message.txt", Array(text.utf8))])], mode: .current())
  }

  @Test("A header's own words cannot move the terminal's cursor or turn a line around")
  func terminalCodes() throws {
    let project = try TestProject()
    try project.write("#error \"\u{1B}[31mred\u{7} \u{202E}dne\"\n", to: "bad.h")
    let result = try project.run("read", "--profile", "toy", "--header", "bad.h")
    #expect(result.status == 4 && result.errors.contains("dne"))
    #expect(
      result.errors.unicodeScalars.allSatisfy {
        $0 == "\n" || $0.properties.generalCategory != .control
      })
    #expect(!result.errors.unicodeScalars.contains("\u{202E}"))
  }

  @Test("Every recorded message belongs to a case")
  func noLeftovers() throws {
    let recorded = try FileManager.default.contentsOfDirectory(atPath: Self.directory).sorted()
    #expect(recorded == Self.cases.map(\.name).sorted())
  }
}
