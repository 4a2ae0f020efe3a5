import TestSupport
import Testing

/// The same input gives the same bytes, wherever and in whatever locale.
@Suite struct DeterminismTests {
  private static let locales = ["C", "tr_TR.UTF-8", "de_DE.UTF-8", "C.UTF-8"]

  /// Turkish, in which `i` and `I` are not two cases of one letter, compiled where it can be; else
  /// the environment only names it.
  private static let compiled = Result {
    let folder = try TemporaryDirectory()
    _ = try? runTool("localedef", ["-i", "tr_TR", "-f", "UTF-8", folder.file("tr_TR.UTF-8")])
    return folder
  }

  private static func environment() throws -> [String: String] {
    ["LOCPATH": try compiled.get().path]
  }

  @Test("In other folders and locales", arguments: locales)
  func locale(_ locale: String) throws {
    let expected = try TestProject.shared.get().tree("Generated")
    let project = try TestProject()
    for release in ["1.0.0", "2.0.0"] {
      try project.write(TestProject.header(release), to: "toy.h")
      let result = try project.run(
        "add-release", "toy", "--header", "toy.h", locale: locale,
        environment: try Self.environment())
      #expect(result.status == 0)
    }
    #expect(try project.tree("Generated") == expected)
  }

  @Test("In whatever order releases are added")
  func order() throws {
    let expected = try TestProject.shared.get().tree("Generated")
    let project = try TestProject()
    for release in ["2.0.0", "1.0.0"] {
      try project.write(TestProject.header(release), to: "toy.h")
      #expect(try project.run("add-release", "toy", "--header", "toy.h").status == 0)
    }
    #expect(try project.tree("Generated") == expected)
  }

  @Test("A second read gives the same model, by every path to the header")
  func read() throws {
    let project = try TestProject()
    let paths = ["toy.h", "./toy.h", "\(project.path)/toy.h", "Profiles/../toy.h"]
    let models = try paths.map { path in
      try project.run("read", "--profile", "toy", "--header", path).output
    }
    #expect(Set(models).count == 1 && models[0].count > 1000)
  }

  @Test("The real vendors' modules are what is checked in, in a Turkish locale as well")
  func checkedIn() throws {
    let result = try Tool.run(
      ["generate", "--check", "--project", repositoryRoot()], locale: "tr_TR.UTF-8",
      environment: try Self.environment())
    #expect(result.status == 0, "\(result.errors)")
  }
}
