import TestSupport
import Testing

@Suite struct ReadTests {
  @Test("To standard output and to a file: the same bytes, and a summary for a person")
  func outputs() throws {
    let project = try TestProject()
    let printed = try project.run("read", "--profile", "toy", "--header", "toy.h")
    #expect(printed.status == 0 && printed.errors == "")
    #expect(
      printed.text.hasPrefix(
        "{\n  \"schema\": 1,\n  \"vendor\": \"toy\",\n  \"release\": \"1.0.0\","))
    let written = try project.run(
      "read", "--profile", "toy", "--header", "toy.h", "-o", "model.json")
    #expect(written.status == 0 && written.output.isEmpty)
    #expect(
      written.errors
        == "toy.h: toy 1.0.0, 3 functions, 2 records, 2 enumerators in 1 enumerations, 3 typedefs, "
        + "4 macros\n")
    #expect(try project.bytes("model.json") == printed.output)
    let quiet = try project.run(
      "read", "--profile", "toy", "--header", "toy.h", "-o", "model.json", "--quiet")
    #expect(quiet.errors == "")
  }

  @Test("With a profile by its path no project is needed")
  func profilePath() throws {
    let project = try TestProject()
    let elsewhere = try TemporaryDirectory()
    let result = try Tool.run(
      [
        "read", "--profile", "\(project.path)/Profiles/toy.yml", "--header",
        "\(project.path)/toy.h",
      ], in: elsewhere.path)
    #expect(result.status == 0, "\(result.errors)")
  }

  @Test("The options that say how a header is parsed")
  func options() throws {
    let project = try TestProject()
    try project.write(
      """
      #include <missing.h>
      #include "other.h"
      #ifndef WANTED
      #error "not wanted"
      #endif
      number_t toyUse(other_t other);

      """, to: "bare.h")
    try project.write("typedef int number_t;\n", to: "stubs/missing.h")
    try project.write("typedef long other_t;\n", to: "include/other.h")
    let result = try project.run(
      "read", "--profile", "toy", "--header", "bare.h", "--stub", "stubs", "--include", "include",
      "--define", "WANTED=1", "--release", "3.1", "--flavour", "relay-2")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.text.contains("\"release\": \"3.1.0\",\n  \"flavour\": \"relay-2\","))
    #expect(result.text.contains("\"defines\": [\"WANTED=1\"]"))
    #expect(result.text.contains("\"result\": \"number_t\""))
  }

  @Test("A limit for the header's size")
  func sizeLimit() throws {
    let project = try TestProject()
    let arguments = ["read", "--profile", "toy", "--header", "toy.h", "--size-limit"]
    #expect(try Tool.run(arguments + ["100"], in: project.path).status == 3)
    #expect(try Tool.run(arguments + ["100000"], in: project.path).status == 0)
  }

  /// A message that names an option that is not there sends its reader into the void.
  @Test("Every option that a message of the reader advises exists")
  func advisedOptions() throws {
    let sources = try runTool(
      "grep",
      [
        "-rhoE", "--", "--[a-z-]+ [A-Z]+|--[a-z]+-[a-z]+",
        "\(repositoryRoot())/Sources/HeaderReader",
      ])
    let help = try Tool.run(["help", "read"]).text
    let options = Set(sources.split(separator: "\n").compactMap { $0.split(separator: " ").first })
    #expect(options.contains("--include") && options.contains("--define"))
    for option in options { #expect(help.contains("\(option) "), "\(option)") }
  }
}
