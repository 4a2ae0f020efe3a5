import Foundation
import TestSupport
import Testing

/// What `diff` ends with, and what its sides can be.
@Suite struct DiffTests {
  private static let sides = ["diff", "toy@1.0.0", "toy@2.0.0"]

  private static func run(_ arguments: [String]) throws -> CommandResult {
    try Tool.run(sides + arguments, in: TestProject.shared.get().path)
  }

  @Test(
    "The exit status is the worst verdict that counts",
    arguments: [
      ([], 7), (["--fail-on", "conditional"], 7), (["--fail-on", "breaking"], 7),
      (["--fail-on", "never"], 0), (["--consumer", "c-source"], 6), (["--consumer", "c-abi"], 7),
      (["--consumer", "swift"], 6), (["--consumer", "c-source", "--fail-on", "breaking"], 0),
      (["--consumer", "c-source", "--consumer", "c-abi"], 7),
    ] as [([String], Int32)])
  func status(_ arguments: [String], _ status: Int32) throws {
    let result = try Self.run(arguments)
    #expect(result.status == status && result.errors.isEmpty, "\(result.errors)")
    #expect(result.text.contains("parameter-number-resized"))
  }

  @Test("A release against itself has no changes", arguments: ["text", "markdown", "html"])
  func sameTwice(_ format: String) throws {
    let result = try TestProject.shared.get().run(
      "diff", "toy@1.0.0", "toy@1.0.0", "--format", format)
    #expect(result.status == 0 && result.errors.isEmpty)
    #expect(result.text.contains("0 symbols changed"))
  }

  @Test("Every format is written, to standard output and to a file alike")
  func formats() throws {
    let project = try TestProject.generated()
    for format in ["text", "markdown", "json", "sarif", "html"] {
      let shown = try project.run("diff", "toy@1.0.0", "toy@2.0.0", "--format", format)
      let written = try project.run(
        "diff", "toy@1.0.0", "toy@2.0.0", "--format", format, "-o", "report")
      #expect(shown.status == 7 && written.status == 7 && written.output.isEmpty)
      #expect(try project.bytes("report") == shown.output)
    }
  }

  @Test("A waived change does not count, and is told with its reason")
  func waived() throws {
    let project = try TestProject.generated()
    let waiver = """
      - rule: parameter-number-resized
        symbol: toySend
        release: 2.0.0
        reason: Nobody calls it yet.
        expires: 2099-12-31

      """
    // Beside the profile it is found by itself.
    for (file, arguments) in [
      ("own.yml", ["--waivers", "own.yml"]), ("Profiles/toy.waivers.yml", []),
    ] {
      try project.write(waiver, to: file)
      let result = try Tool.run(Self.sides + arguments, in: project.path)
      #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
      #expect(result.text.contains("waived until 2099-12-31: Nobody calls it yet."))
    }
    // It is for another release.
    try project.write(waiver.replacing("2.0.0", with: "3.0.0"), to: "Profiles/toy.waivers.yml")
    let result = try Tool.run(Self.sides, in: project.path)
    #expect(result.status == 7 && result.errors.isEmpty)
  }

  @Test("Headers are compared as their models are")
  func headers() throws {
    let project = try TestProject.generated()
    try project.write(TestProject.header("1.0.0"), to: "old.h")
    let result = try project.run("diff", "old.h", "toy.h", "--profile", "toy")
    #expect(result.status == 7 && result.errors.isEmpty)
    #expect(result.text == (try project.run("diff", "toy@1.0.0", "toy@2.0.0").text))
  }

  @Test("Models of two vendors are compared where a profile says whose conventions hold")
  func vendors() throws {
    let project = try TestProject.generated()
    let model = try project.text("Generated/Models/toy/1.0.0.json")
    try project.write(
      model.replacing("\"vendor\": \"toy\"", with: "\"vendor\": \"tin\""), to: "tin.json")
    let result = try project.run("diff", "tin.json", "toy@2.0.0", "--profile", "toy")
    #expect(result.status == 7 && result.errors.isEmpty, "\(result.errors)")
    // A vendor without a profile has a model all the same.
    let alone = try project.run("diff", "tin.json", "tin.json")
    #expect(alone.status == 0 && alone.text.contains("no profile was given"))
  }

  @Test("A commit's module is compared with the working tree's")
  func revisions() throws {
    let project = try TestProject.generated()
    let git = { (arguments: String...) in
      try runTool(
        "git",
        ["-C", project.path, "-c", "user.name=t", "-c", "user.email=t@example.org"] + arguments)
    }
    _ = try git("init", "--quiet")
    _ = try git("add", "Profiles", "Generated")
    _ = try git("commit", "--quiet", "--message", "first")
    let same = try project.run("diff", "HEAD:toy", "toy")
    #expect(same.status == 0 && same.errors.isEmpty, "\(same.errors)")

    let profile = TestProject.profile.replacing(
      "  prefixes: [toy]", with: "  prefixes: [toy]\n  skip:\n    toyMove: not for users")
    try project.write(profile, to: "Profiles/toy.yml")
    let before = try project.tree("")
    let skipped = try project.run("diff", "HEAD:toy", "toy")
    #expect(skipped.status == 7 && skipped.errors.isEmpty, "\(skipped.errors)")
    #expect(skipped.text.contains("swift-declaration-removed"))
    #expect(try project.tree("") == before)
    // Back again it only adds.
    let added = try project.run("diff", "toy", "HEAD:toy")
    #expect(added.status == 0 && added.text.contains("swift-declaration-added"))
    // A revision is never an option.
    let option = try project.run("diff", "--", "--help:toy", "toy")
    #expect(option.status != 0 && option.errors.contains("revision-unknown"))
  }

  @Test("--rules lists every rule and its verdicts")
  func rules() throws {
    let result = try Tool.run(["diff", "--rules"], in: "/")
    #expect(result.status == 0)
    #expect(result.text.contains("field-appended\n  C source compatible, C ABI breaking"))
  }
}
