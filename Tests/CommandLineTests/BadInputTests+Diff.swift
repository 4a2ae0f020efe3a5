import TestSupport

extension BadInputTests {
  private static let diff = "diff toy@1.0.0 toy@2.0.0"
  private static let waived = "\(diff) --waivers waivers.yml"

  private typealias Prepare = @Sendable (TestProject) throws -> Void

  private static let models: Prepare = { try $0.writeModels() }

  private static func waiver(_ lines: String...) -> Prepare {
    { project in
      try project.writeModels()
      try project.write("- \(lines.joined(separator: "\n  "))\n", to: "waivers.yml")
    }
  }

  /// A model of release 1.0.0 beside another one that is made from it.
  private static func model(_ change: @escaping @Sendable (String) -> String) -> Prepare {
    { project in
      try project.writeModels()
      let text = try project.text("Generated/Models/toy/1.0.0.json")
      try project.write(text, to: "good.json")
      try project.write(change(text), to: "bad.json")
    }
  }

  static let diffCases: [Case] = [
    // Usage.
    Case("diff-one-side", "diff toy@1.0.0"),
    Case("diff-format-unknown", "\(diff) --format pdf", models),
    Case("diff-threshold-unknown", "\(diff) --fail-on always", models),
    Case("diff-consumer-unknown", "\(diff) --consumer rust", models),
    Case("diff-sides-differ", "diff toy@1.0.0 toy", models),
    Case("diff-header-without-profile", "diff toy.h toy.h"),
    // Sides.
    Case("diff-side-unknown", "diff toy@1.0.0 nowhere", models),
    Case("diff-release-unknown", "diff toy@1.0.0 toy@9.9.9", models),
    Case("diff-revision-unknown", "diff HEAD~1:toy toy", models),
    Case("diff-module-without-models", "diff toy toy"),
    Case("diff-unrelated", "diff toy.h bad.h --profile toy") {
      let parts = ["MAJOR", "MINOR", "PATCH"].map { "#define TOY_\($0) 1\n" }.joined()
      try $0.write("\(parts)int toyOther(void);\n", to: "bad.h")
    },
    Case("diff-model-truncated", "diff good.json bad.json", model { String($0.prefix(300)) }),
    Case("diff-model-empty", "diff good.json bad.json", model { _ in "" }),
    Case("diff-model-of-something-else", "diff good.json bad.json", model { _ in "{\"a\": []}\n" }),
    Case(
      "diff-model-damaged", "diff good.json bad.json",
      model { $0.replacing("\"result\"", with: "\"resilt\"") }),
    Case(
      "diff-vendors-differ", "diff good.json bad.json",
      model { $0.replacing("\"vendor\": \"toy\"", with: "\"vendor\": \"tin\"") }),
    Case("diff-modules-differ", "diff toy tin") { project in
      try project.writeModels()
      let profile = TestProject.profile.replacing("vendor: toy", with: "vendor: tin")
      try project.write(profile, to: "Profiles/tin.yml")
      let model = try project.text("Generated/Models/toy/1.0.0.json")
      try project.write(
        model.replacing("\"vendor\": \"toy\"", with: "\"vendor\": \"tin\""),
        to: "Generated/Models/tin/1.0.0.json")
    },
    // Waivers.
    Case(
      "waiver-expired", waived,
      waiver(
        "rule: parameter-number-resized", "symbol: toySend", "reason: Nobody calls it.",
        "expires: 2020-02-29")),
    Case(
      "waiver-unmatched", waived,
      waiver(
        "rule: parameter-number-resized", "symbol: toySned", "reason: Nobody calls it.",
        "expires: 2099-12-31")),
    Case(
      "waiver-unmatched-release", waived,
      waiver(
        "rule: function-removed", "symbol: toySend", "release: 2.0.0",
        "reason: Nobody calls it.", "expires: 2099-12-31")),
    Case(
      "waiver-unknown-rule", waived,
      waiver(
        "rule: parameter-resized", "symbol: toySend", "reason: Nobody calls it.",
        "expires: 2099-12-31")),
    Case(
      "waiver-bad-date", waived,
      waiver(
        "rule: parameter-number-resized", "symbol: toySend", "reason: Nobody calls it.",
        "expires: 2027-02-29")),
    Case(
      "waiver-misspelt-key", waived,
      waiver(
        "rule: parameter-number-resized", "symbol: toySend", "reson: Nobody calls it.",
        "expires: 2099-12-31")),
    Case(
      "waiver-without-reason", waived,
      waiver("rule: parameter-number-resized", "symbol: toySend", "expires: 2099-12-31")),
    Case(
      "waiver-empty-reason", waived,
      waiver(
        "rule: parameter-number-resized", "symbol: toySend", "reason: '--'",
        "expires: 2099-12-31")),
    Case("waiver-file-missing", waived, models),
    Case("waiver-not-yaml", waived, waiver("rule: [")),
    // Output.
    Case("diff-output-folder-missing", "\(diff) -o nowhere/report.md", models),
    Case("diff-output-disk-full", "\(diff) -o /dev/full", models),
    Case("diff-output-is-directory", "\(diff) -o Profiles", models),
  ]
}
