import TestSupport
import Testing

/// The disk fills while files are written: what was there before is there afterwards.
@Suite struct DiskFullTests {
  /// A limit on the size of files, in blocks of 512 bytes, stands for a full disk: both make the
  /// same call fail at the same place. Permissions would not stop root, who may run the tests.
  private static let limit = "ulimit -f 3"

  @Test("A model")
  func model() throws {
    let project = try TestProject()
    try project.write("old", to: "model.json")
    let result = try Tool.run(
      shell: Self.limit, ["read", "--profile", "toy", "--header", "toy.h", "-o", "model.json"],
      in: project.path)
    #expect(result.status == 1)
    #expect(result.errors == "model.json: error: cannot write: File too large [output]\n")
    #expect(try project.text("model.json") == "old")
    #expect(try project.tree("").keys.allSatisfy { !$0.hasSuffix(".tmp") })
  }

  @Test("A module, of which only the last files do not fit")
  func module() throws {
    let project = try TestProject.generated()
    // All files would change; the small ones fit under the limit, and still none is replaced.
    let profile = TestProject.profile.replacing("name: Toy", with: "name: Other Toy")
    try project.write(profile, to: "Profiles/toy.yml")
    let before = try project.tree("Generated")
    let result = try Tool.run(shell: "ulimit -f 4", ["generate"], in: project.path)
    #expect(result.status == 1 && result.errors.contains("cannot write: File too large"))
    #expect(try project.tree("Generated") == before)
    #expect(try project.run("generate").status == 0)
    let after = try project.tree("Generated")
    #expect(after.keys == before.keys && after != before)
  }

  @Test("A model and a module together: a release that does not fit is not half added")
  func release() throws {
    let project = try TestProject.generated()
    try project.write(TestProject.header("3.0.0"), to: "toy.h")
    let before = try project.tree("Generated")
    let result = try Tool.run(
      shell: "ulimit -f 4", ["add-release", "toy", "--header", "toy.h"], in: project.path)
    #expect(result.status == 1)
    #expect(try project.tree("Generated") == before)
  }
}
