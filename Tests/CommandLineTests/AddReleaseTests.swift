import Foundation
import TestSupport
import Testing

@Suite struct AddReleaseTests {
  @Test("From a header: the model is stored and the module made; then what changed is said")
  func header() throws {
    let project = try TestProject()
    let first = try project.run("add-release", "toy", "--header", "toy.h")
    #expect(first.status == 0)
    #expect(first.errors.contains("Toy 1.0.0: 3 functions, 2 records"))
    #expect(first.errors.contains("  + Generated/Models/toy/1.0.0.json\n"))
    try project.write(TestProject.header("2.0.0"), to: "toy.h")
    let second = try project.run("add-release", "toy", "--header", "toy.h")
    #expect(second.errors.contains("  + Generated/Models/toy/2.0.0.json\n"))
    #expect(second.errors.contains("  ~ Generated/ToyBindings/CheckedCalls.swift\n"))
    #expect(try project.text("Generated/ToyBindings/CheckedCalls.swift").contains("toySend_2_0_0"))
    #expect(
      second.errors.contains(
        "against 1.0.0: C source: compatible with a condition · C ABI: breaking · Swift: "))
    #expect(second.errors.contains("  + Generated/Diffs/toy/1.0.0-2.0.0.md\n"))
    let again = try project.run("add-release", "toy", "--header", "toy.h")
    #expect(again.status == 0 && again.errors.contains("Toy 2.0.0 (read again)"))
    #expect(again.errors.hasSuffix("nothing changed\n"))
    #expect(try project.run("generate", "--check").status == 0)
  }

  @Test("From an unpacked package")
  func directory() throws {
    let project = try TestProject()
    try project.write(TestProject.header("1.2.3"), to: "package/toy/include/toy.h")
    let result = try project.run("add-release", "toy", "--package", "package")
    #expect(result.status == 0, "\(result.errors)")
    #expect(try project.tree("Generated/Models").keys.sorted() == ["toy/1.2.3.json"])
  }

  @Test("From a wheel, which leaves nothing behind")
  func wheel() throws {
    let project = try TestProject()
    let script = """
      import sys, zipfile
      with zipfile.ZipFile(sys.argv[1], "w") as archive:
          archive.writestr("toy/include/toy.h", open("toy.h").read())
          archive.writestr("../../escaped.h", "int escaped;")
          archive.writestr("toy/lib/libtoy.so", "not a header")
      """
    let made = try runCommand(
      try #require(findTool("python3")), ["-c", script, "toy-1.0.0-py3-none-any.whl"],
      in: project.path)
    try #require(made.status == 0, "\(made.errors)")
    try FileManager.default.createDirectory(
      atPath: project.directory.file("tmp"), withIntermediateDirectories: true)
    let result = try project.run(
      "add-release", "toy", "--package", "toy-1.0.0-py3-none-any.whl",
      environment: ["TMPDIR": project.directory.file("tmp")])
    #expect(result.status == 0, "\(result.errors)")
    #expect(try project.tree("Generated/Models").keys.sorted() == ["toy/1.0.0.json"])
    #expect(try project.tree("tmp").isEmpty)
    #expect(!FileManager.default.fileExists(atPath: project.directory.file("escaped.h")))
  }

  @Test("From the header beside a library")
  func library() throws {
    let project = try TestProject()
    try project.write("", to: "prefix/lib/x86_64/libtoy.so.1.4.0")
    try FileManager.default.createSymbolicLink(
      atPath: project.directory.file("libtoy.so"),
      withDestinationPath: "prefix/lib/x86_64/libtoy.so.1.4.0")
    try project.write(TestProject.header("1.4.0"), to: "prefix/include/toy.h")
    let result = try project.run("add-release", "toy", "--library", "libtoy.so")
    #expect(result.status == 0, "\(result.errors)")
    #expect(try project.tree("Generated/Models").keys.sorted() == ["toy/1.4.0.json"])
  }

  @Test("Only the model")
  func modelOnly() throws {
    let project = try TestProject()
    let result = try project.run("add-release", "toy", "--header", "toy.h", "--model-only")
    #expect(result.status == 0)
    #expect(try project.tree("Generated").keys.sorted() == ["Models/toy/1.0.0.json"])
  }

  @Test("A release that cannot be planned is not stored")
  func refused() throws {
    let project = try TestProject()
    try project.write(TestProject.header("1.0.0") + "toyResult_t toy_send(void);\n", to: "toy.h")
    let result = try project.run("add-release", "toy", "--header", "toy.h")
    #expect(result.status == 3 && result.errors.contains("[name-clash]"))
    #expect(try project.tree("Generated").isEmpty)
  }
}
