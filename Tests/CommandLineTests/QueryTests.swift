import TestSupport
import Testing

/// The verbs that only look: list, explain, doctor, and what argument parsing offers.
@Suite struct QueryTests {
  @Test(
    "What a model holds",
    arguments: [
      ("functions", "toySend\ntoyMove\ntoyLog\n"), ("records", "toyComm\ntoyPoint_t\n"),
      ("enumerators", "toySuccess\ntoyError\n"),
      ("macros", "TOY_MAJOR\nTOY_MINOR\nTOY_PATCH\nTOY_LIMIT\n"),
      ("typedefs", "toyResult_t\ntoyComm_t\ntoyPoint_t\n"), ("variables", "toyVerbosity\n"),
    ])
  func list(_ kind: String, _ expected: String) throws {
    let project = try TestProject.shared.get()
    let byName = try project.run("list", "toy@1.0.0", kind)
    #expect(byName.status == 0 && byName.errors == "" && byName.text == expected)
    let byFile = try project.run("list", "Generated/Models/toy/1.0.0.json", kind)
    #expect(byFile.text == expected)
    let json = try project.run("list", "toy@1.0.0", kind, "--json")
    let items = expected.split(separator: "\n").map { "  \"\($0)\"" }.joined(separator: ",\n")
    #expect(json.text == "[\n\(items)\n]\n")
  }

  @Test("What the module leaves out, with the reasons")
  func skipped() throws {
    let project = try TestProject.shared.get()
    let result = try project.run("list", "--skipped", "toy")
    #expect(result.status == 0)
    #expect(
      result.text == """
        toyLog is not bound: it is variadic, which Swift cannot call
        TOY_MAJOR is not bound: its value differs between releases
        toyVerbosity is not bound: it is a variable, not a function

        """)
    #expect(result.errors == "3 declarations not bound\n")
    let json = try project.run("list", "--skipped", "toy", "--json")
    #expect(json.text.hasPrefix("[\n  \"toyLog is not bound: ") && json.errors == "")
  }

  @Test("One symbol through every stage")
  func explain() throws {
    let project = try TestProject.shared.get()
    let result = try project.run("explain", "toySend")
    #expect(result.status == 0 && result.errors == "")
    for expected in [
      "1.0.0: toyResult_t toySend(toyComm_t comm, const void *buffer, int count);",
      "2.0.0: toyResult_t toySend(toyComm_t comm, const void *buffer, long count);",
      "slot 1 toySend_1_0_0: 1.0.0 until 2.0.0", "method ToyLibrary.send(comm:buffer:count:)",
      "ToyBindings/CheckedCalls.swift:", "guard let _bcFunction = self.functions.toySend_2_0_0",
      "CToyBindings/include/CToyBindings.h:",
    ] {
      #expect(result.text.contains(expected), "\(expected)\nin\n\(result.text)")
    }
  }

  @Test(
    "A symbol of every kind",
    arguments: [
      ("toyLog", "toyLog is not bound: it is variadic"), ("toyError", "value ToyResult.error"),
      ("toyComm_t", "handle ToyComm"), ("toyPoint_t", "record ToyPoint"),
      ("TOY_LIMIT", "constant ToyConstants.limit = 16"), ("toyResult_t", "type ToyResult"),
      ("toyVerbosity", "it is a variable"), ("TOY_MAJOR", "1.0.0: #define TOY_MAJOR 1"),
    ])
  func explainKinds(_ symbol: String, _ expected: String) throws {
    let result = try TestProject.shared.get().run("explain", symbol, "--vendor", "toy")
    #expect(result.status == 0 && result.text.contains(expected), "\(result.text)")
  }

  @Test("What there is on this machine")
  func doctor() throws {
    let project = try TestProject.shared.get()
    let text = try project.run("doctor")
    #expect(text.status == 0)
    for expected in [
      "bindgen-coll: ", "libclang: ", "project: ", "vendor toy: 2 models, 1.0.0 to 2.0.0",
    ] {
      #expect(text.text.contains(expected), "\(text.text)")
    }
    let json = try project.run("doctor", "--json")
    #expect(
      json.status == 0 && json.text.hasPrefix("[\n  {\"what\": \"bindgen-coll\", \"found\": "))
    let none = try project.run("doctor", "--libclang", "/nowhere/libclang.so")
    #expect(none.status == 4 && none.text.contains("libclang: none: "))
  }

  @Test("Help has an example for every verb")
  func help() throws {
    let root = try Tool.run(["--help"])
    #expect(root.status == 0 && root.text.contains("Example: bindgen-coll ") && root.errors == "")
    for status in ["0 ok", "1 failure", "2 usage", "3 bad input", "4 libclang", "5 generated"] {
      #expect(root.text.contains(status))
    }
    for verb in ["read", "add-release", "generate", "list", "explain", "verify", "doctor"] {
      #expect(root.text.contains("  \(verb) "))
      let help = try Tool.run(["help", verb])
      #expect(help.status == 0)
      #expect(
        help.text.contains("Example") && help.text.contains("bindgen-coll \(verb)"), "\(verb)")
      #expect(try Tool.run([verb, "--help"]).output == help.output)
    }
  }

  @Test("The version, and completions for shells")
  func others() throws {
    let version = try Tool.run(["--version"])
    #expect(version.status == 0 && version.text.contains("."))
    for shell in ["bash", "zsh", "fish"] {
      let script = try Tool.run(["--generate-completion-script", shell])
      #expect(script.status == 0 && script.text.contains("add-release"))
    }
    let bash = try TemporaryDirectory().write(
      try Tool.run(["--generate-completion-script", "bash"]).output, to: "script")
    #expect(try runCommand("/bin/bash", ["-n", bash]).status == 0)
  }

  @Test(
    "A reader that goes away is no error",
    arguments: [("trap '' PIPE", [0]), (":", [0, 128 + 13])])
  func closedPipe(_ first: String, _ statuses: [Int]) throws {
    let project = try TestProject.shared.get()
    // The reader has ended before the tool begins. A signal that is not ignored may end the tool.
    let script = """
      \(first); exec {pipe}> >(:); wait $!
      "$0" read --profile toy --header toy.h >&"$pipe"
      """
    let result = try runCommand("/bin/bash", ["-c", script, Tool.path], in: project.path)
    #expect(statuses.contains(Int(result.status)) && result.errors == "", "\(result)")
  }
}
