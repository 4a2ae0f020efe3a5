import Foundation
import TestSupport
import Testing

/// `init` in folders of its own, as a new user has them.
@Suite struct InitTests {
  /// A folder with a header and nothing else.
  private struct Folder {
    let directory: TemporaryDirectory

    init(_ header: String = TestProject.header("1.2.3"), name: String = "toy.h") throws {
      directory = try TemporaryDirectory()
      try directory.write(header, to: name)
    }

    func run(_ arguments: String...) throws -> CommandResult {
      try Tool.run(arguments, in: directory.path)
    }

    func text(_ name: String) throws -> String {
      try String(contentsOfFile: directory.file(name), encoding: .utf8)
    }

    func has(_ name: String) -> Bool {
      FileManager.default.fileExists(atPath: directory.file(name))
    }

    /// All files, by their paths.
    func files() -> [String] {
      let enumerator = FileManager.default.enumerator(atPath: directory.path)
      return (enumerator?.compactMap { $0 as? String } ?? [])
        .filter { !isFolder(directory.file($0)) }.sorted()
    }

    private func isFolder(_ path: String) -> Bool {
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        && isFolder.boolValue
    }
  }

  @Test("An empty folder becomes a package; each guess is said with its reason")
  func fresh() throws {
    let folder = try Folder()
    let result = try folder.run("init", "toy", "--header", "toy.h", "--name", "Toy")
    #expect(result.status == 0, "\(result.errors)")
    #expect(
      folder.files() == [
        "Generated/CToyBindings/CToyBindings.c", "Generated/CToyBindings/include/CToyBindings.h",
        "Generated/Models/toy/1.2.3.json", "Generated/ToyBindings/CheckedCalls.swift",
        "Generated/ToyBindings/Constants.swift", "Generated/ToyBindings/Enumerations.swift",
        "Generated/ToyBindings/ToyFunction.swift", "Generated/ToyBindings/ToyLibrary.swift",
        "Generated/ToyBindings/Types.swift", "Package.swift", "Profiles/toy.yml",
        "Tests/ToyBindingsTests/ToyBindingsTests.swift", "toy.h",
      ])
    for line in [
      "  prefix: toy\n    3 of 3 functions begin with it\n",
      "  status type: toyResult_t\n    3 of 3 functions return it\n",
      "  success: toySuccess\n    it is 0\n",
      "  release: TOY_MAJOR, TOY_MINOR, TOY_PATCH\n    macros; their values are 1.2.3\n",
      "not guessed, to be written if it is there:\n",
      "  + Profiles/toy.yml\n",
    ] {
      #expect(result.text.contains(line), "\(result.text)")
    }
    let manifest = try folder.text("Package.swift")
    #expect(
      manifest.contains(#"plugins: [.plugin(name: "BindingsCheck", package: "bindgen-coll")]"#))
    #expect(manifest.contains(#".testTarget("#))
    // What was made is what generate makes.
    #expect(try folder.run("generate", "--check").status == 0)
  }

  @Test("A package's manifest is left alone, and the lines for it are printed")
  func existingPackage() throws {
    let folder = try Folder()
    try folder.directory.write("// mine\n", to: "Package.swift")
    let result = try folder.run(
      "init", "toy", "--header", "toy.h", "--name", "Toy", "--module", "Bricks")
    #expect(result.status == 0, "\(result.errors)")
    #expect(try folder.text("Package.swift") == "// mine\n")
    for line in [
      "Package.swift is yours and was left alone:",
      #"  .package(url: "https://github.com/bindgen-coll/bindgen-coll", from: "0.1.0"),"#,
      #"  .target(name: "CBricks", path: "Generated/CBricks"),"#,
      #"      dependencies: ["CBricks", .product(name: "LibraryLoader", package: "bindgen-coll")],"#
        .replacing("      dep", with: "    dep"),
      #"    name: "BricksTests","#,
    ] {
      #expect(result.text.contains(line), "\(line) in \(result.text)")
    }
    #expect(folder.has("Generated/Bricks/ToyLibrary.swift"))
  }

  @Test("Nothing is overwritten: a profile, a model, a module, a test")
  func existing() throws {
    for (path, rule) in [
      ("Profiles/toy.yml", "profile-exists"), ("Generated/Models/toy/1.0.0.json", "file-exists"),
      ("Generated/TOYBindings/a.swift", "file-exists"),
      ("Tests/TOYBindingsTests/TOYBindingsTests.swift", "file-exists"),
    ] {
      let folder = try Folder()
      let parent = URL(filePath: folder.directory.file(path)).deletingLastPathComponent()
      try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
      try folder.directory.write("mine", to: path)
      let result = try folder.run("init", "toy", "--header", "toy.h")
      #expect(result.status == 3 && result.errors.contains("[\(rule)]"), "\(result.errors)")
      #expect(result.errors.contains("  help: "))
      #expect(folder.files() == [path, "toy.h"].sorted())
      #expect(try folder.text(path) == "mine")
    }
    let folder = try Folder()
    #expect(try folder.run("init", "toy", "--header", "toy.h", "--quiet").status == 0)
    let again = try folder.run("init", "toy", "--header", "toy.h")
    #expect(again.errors.contains("bindgen-coll add-release toy --header PATH"))
  }

  @Test("A header with an error, one with no functions, one that is not there: nothing is written")
  func unusable() throws {
    for (header, status, words) in [
      ("int toySend(undeclared_t x);\nint toyRecv(int x);\n", 4, "unknown type name"),
      ("#define ANSWER 42\n", 3, "declares no functions"),
      ("int send(void);\nint tell(void);\n", 3, "declares no functions"),
    ] {
      let folder = try Folder(header)
      let result = try folder.run("init", "toy", "--header", "toy.h", "--release", "1.0")
      #expect(result.status == status && result.errors.contains(words), "\(result.errors)")
      #expect(folder.files() == ["toy.h"])
    }
    let folder = try Folder()
    let missing = try folder.run("init", "toy", "--header", "missing.h")
    #expect(missing.status == 3 && folder.files() == ["toy.h"])
  }

  @Test("Without a release in the header it must be given")
  func release() throws {
    let folder = try Folder("int toySend(int x);\nint toyRecv(int x);\n")
    let result = try folder.run("init", "toy", "--header", "toy.h")
    #expect(result.status == 3 && result.errors.contains("give it with --release"))
    #expect(folder.files() == ["toy.h"])
    #expect(try folder.run("init", "toy", "--header", "toy.h", "--release", "1.0").status == 0)
    #expect(folder.has("Generated/Models/toy/1.0.0.json"))
  }

  @Test("What the header needs is noted in the profile, and is enough to read it again")
  func reading() throws {
    let folder = try Folder(
      """
      #include "toolkit.h"
      #define TOY_MAJOR 1
      #define TOY_MINOR 0
      typedef enum { toySuccess = 0 } toyResult_t;
      #ifdef TOY_EXTRA
      toyResult_t toyExtra(int x);
      #endif
      toyResult_t toySend(toolkitStream_t stream);
      """)
    let stubs = folder.directory.file("Profiles/Stubs")
    try FileManager.default.createDirectory(atPath: stubs, withIntermediateDirectories: true)
    try folder.directory.write(
      "typedef struct toolkitStream *toolkitStream_t;\n", to: "Profiles/Stubs/toolkit.h")
    let result = try folder.run(
      "init", "toy", "--header", "toy.h", "--stub", "Profiles/Stubs", "--define", "TOY_EXTRA")
    #expect(result.status == 0, "\(result.errors)")
    let profile = try folder.text("Profiles/toy.yml")
    #expect(profile.contains("  stubs: [Stubs]\n  defines: [TOY_EXTRA]\n"))
    let again = try folder.run("add-release", "toy", "--header", "toy.h")
    #expect(again.status == 0 && again.errors.hasSuffix("nothing changed\n"), "\(again.errors)")
  }

  @Test("A guess that the planner refuses is taken back, and said")
  func takenBack() throws {
    let folder = try Folder(
      """
      #define TOY_MAJOR 1
      #define TOY_MINOR 0
      typedef enum { toySuccess = 0 } toyResult_t;
      typedef struct { unsigned long size; int version; int *list; } toyConfig_t;
      #define TOY_CONFIG_INITIALIZER { sizeof(toyConfig_t), 1, make_list(), }
      toyResult_t toyInit(toyConfig_t *config);
      """)
    let result = try folder.run("init", "toy", "--header", "toy.h")
    #expect(result.status == 0, "\(result.errors)")
    #expect(
      result.text.contains("  versioned structure toyConfig_t\n    taken back: "), "\(result.text)")
    #expect(!(try folder.text("Profiles/toy.yml")).contains("versionedStructures"))
  }

  @Test("A vendor's type that is called as the library's class would be moves that class")
  func libraryType() throws {
    let folder = try Folder(
      TestProject.header("1.0.0")
        + "typedef struct toyLibrary *toyLibrary_t;\ntoyResult_t toyOpen(toyLibrary_t library);\n")
    let result = try folder.run("init", "toy", "--header", "toy.h", "--name", "Toy")
    #expect(result.status == 0, "\(result.errors)")
    #expect(
      result.text.contains("  library's class: ToyAPI\n    the library and toyLibrary_t would"))
    #expect(folder.has("Generated/ToyBindings/ToyAPI.swift"))
    #expect(
      try folder.text("Tests/ToyBindingsTests/ToyBindingsTests.swift").contains("ToyAPI.load("))
  }

  @Test("What no guess can mend is said with its line; the profile is kept, and can be mended")
  func mended() throws {
    let folder = try Folder(
      TestProject.header("1.0.0")
        + "toyResult_t toy_send(toyComm_t comm);\ntoyResult_t toySent(toyComm_t c);\n")
    let result = try folder.run("init", "toy", "--header", "toy.h", "--name", "Toy")
    guard result.status == 3 else {
      Issue.record("\(result.status) \(result.errors)")
      return
    }
    #expect(result.errors.contains("would both be send in Swift [name-clash]"), "\(result.errors)")
    #expect(result.errors.contains("Profiles/toy.yml is kept"), "\(result.errors)")
    #expect(folder.has("Package.swift") && !folder.has("Generated/ToyBindings"))
    let profile = try folder.text("Profiles/toy.yml")
    try folder.directory.write(
      profile + "\nnames: {functions: {toy_send: sendOld}}\n", to: "Profiles/toy.yml")
    #expect(try folder.run("generate", "toy").status == 0)
    #expect(folder.has("Generated/ToyBindings/ToyLibrary.swift"))
  }

  @Test("Names in a header and on the command line stay in their places")
  func hostile() throws {
    let folder = try Folder(
      """
      #define TOY_MAJOR 1
      #define TOY_MINOR 0
      typedef enum { toySuccess = 0 } toyResult_t;
      typedef void *toy$handle_t;
      typedef struct { char data[8]; } toyÉtat_t;
      toyResult_t toyGetÉtat(toyÉtat_t *état);
      toyResult_t toySend(toy$handle_t handle);
      """, name: "it's a \"toy\": #1.h")
    let result = try folder.run(
      "init", "toy", "--header", "it's a \"toy\": #1.h", "--name", "Toy's \"best\": #1 \\(x)")
    #expect(result.status == 0, "\(result.errors)")
    let profile = try folder.text("Profiles/toy.yml")
    #expect(profile.contains("\nname: 'Toy''s \"best\": #1 \\(x)'\n"), "\(profile)")
    #expect(profile.contains("  file: 'it''s a \"toy\": #1.h'\n"), "\(profile)")
    #expect(profile.contains("handles: ['toy$handle_t']\n"), "\(profile)")
    #expect(profile.contains("byteRecords: ['toyÉtat_t']\n"), "\(profile)")
    #expect(try folder.run("generate", "--check").status == 0)
  }

  @Test(
    "Words that can be no names are refused, as usage",
    arguments: [
      ["to y"], ["../toy"], ["1toy"], ["toy", "--name", "a\nb"], ["toy", "--name", "a`b"],
      ["toy", "--name", "-"], ["toy", "--module", "a b"], ["toy", "--module", "LibraryLoader"],
      ["nccl"],
      ["toy", "--flavour", "x"],
    ])
  func usage(arguments: [String]) throws {
    let folder = try Folder()
    let result = try Tool.run(
      ["init"] + arguments + ["--header", "toy.h"], in: folder.directory.path)
    #expect(result.status == 2, "\(result.errors)")
    #expect(folder.files() == ["toy.h"])
  }

  @Test("Another package's folder can be named")
  func elsewhere() throws {
    let folder = try Folder()
    let other = try TemporaryDirectory()
    #expect(
      try folder.run("init", "toy", "--header", "toy.h", "--project", other.path).status == 0)
    #expect(folder.files() == ["toy.h"])
    #expect(FileManager.default.fileExists(atPath: other.file("Profiles/toy.yml")))
    let missing = try folder.run(
      "init", "toy", "--header", "toy.h", "--project", other.file("missing"))
    #expect(missing.status == 3 && missing.errors.contains("[no-project]"))
  }
}
