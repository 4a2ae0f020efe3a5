import Foundation
import TestSupport
import Testing

/// Runs the built `bindgen-coll`.
enum Tool {
  static let path = URL(filePath: productsDirectory()).appending(path: "bindgen-coll")
    .path(percentEncoded: false)

  static func run(
    _ arguments: [String], in directory: String? = nil, locale: String = "C",
    environment more: [String: String] = [:]
  ) throws -> CommandResult {
    try runCommand(
      path, arguments, environment: environment(locale).merging(more) { $1 }, in: directory)
  }

  /// Runs it under a shell, after some of the shell's own commands.
  static func run(shell commands: String, _ arguments: [String], in directory: String) throws
    -> CommandResult
  {
    try runCommand(
      "/bin/sh", ["-c", "\(commands); exec \"$0\" \"$@\"", path] + arguments,
      environment: environment("C"), in: directory)
  }

  /// What it needs of the machine, and nothing that changes what it says.
  private static func environment(_ locale: String) -> [String: String] {
    var environment = ["LC_ALL": locale, "LANG": locale]
    for name in ["PATH", "HOME", "LD_LIBRARY_PATH", "TMPDIR", "BINDGEN_COLL_LIBCLANG"] {
      environment[name] = ProcessInfo.processInfo.environment[name]
    }
    return environment
  }
}

/// A package in a temporary folder: a profile, the repository's templates, and headers.
struct TestProject {
  let directory: TemporaryDirectory

  var path: String { directory.path }

  init(profile: String = TestProject.profile) throws {
    directory = try TemporaryDirectory()
    try write(profile, to: "Profiles/toy.yml")
    try FileManager.default.createSymbolicLink(
      atPath: directory.file("Templates"), withDestinationPath: "\(repositoryRoot())/Templates")
    try write(Self.header("1.0.0"), to: "toy.h")
  }

  func run(
    _ arguments: String..., locale: String = "C", environment: [String: String] = [:]
  ) throws -> CommandResult {
    try Tool.run(arguments, in: path, locale: locale, environment: environment)
  }

  @discardableResult
  func write(_ text: String, to name: String) throws -> String {
    try write(Array(text.utf8), to: name)
  }

  @discardableResult
  func write(_ bytes: [UInt8], to name: String) throws -> String {
    let folder = URL(filePath: directory.file(name)).deletingLastPathComponent()
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return try directory.write(bytes, to: name)
  }

  /// Compiles C source to a shared library.
  func compile(_ source: String, to name: String, flags: [String] = []) throws {
    try FixtureLibrary.compile(source: source, flags: flags, name: name, in: directory)
  }

  func text(_ name: String) throws -> String {
    try String(contentsOfFile: directory.file(name), encoding: .utf8)
  }

  func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: directory.file(name))))
  }

  /// Every file below a folder, by its path in it.
  func tree(_ folder: String) throws -> [String: [UInt8]] {
    var found: [String: [UInt8]] = [:]
    let root = directory.file(folder)
    for case let name as String in FileManager.default.enumerator(atPath: root) ?? .init() {
      let url = URL(filePath: "\(root)/\(name)")
      if try url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true {
        found[name] = Array(try Data(contentsOf: url))
      }
    }
    return found
  }

  /// Adds two releases' models, and no module.
  func writeModels() throws {
    for release in ["1.0.0", "2.0.0"] {
      try write(Self.header(release), to: "\(release).h")
      let result = try run("read", "--profile", "toy", "--header", "\(release).h")
      try #require(result.status == 0, "\(result.errors)")
      try write(result.output, to: "Generated/Models/toy/\(release).json")
    }
  }

  /// With two releases' models and the module made of them.
  static func generated() throws -> TestProject {
    let project = try TestProject()
    for release in ["1.0.0", "2.0.0"] {
      try project.write(header(release), to: "toy.h")
      let result = try project.run("add-release", "toy", "--header", "toy.h", "--quiet")
      try #require(result.status == 0, "\(result.errors)")
    }
    return project
  }

  /// One for all tests that only look.
  static let shared = Result { try generated() }

  static let profile = """
    vendor: toy
    name: Toy
    module: ToyBindings
    typePrefix: Toy
    header:
      file: toy.h
      paths: [toy/include/toy.h]
      release: [TOY_MAJOR, TOY_MINOR, TOY_PATCH]
    status:
      type: toyResult_t
      success: toySuccess
    functions:
      prefixes: [toy]

    """

  static func header(_ release: String) -> String {
    let parts = release.split(separator: ".")
    return """
      #define TOY_MAJOR \(parts[0])
      #define TOY_MINOR \(parts[1])
      #define TOY_PATCH \(parts[2])
      #define TOY_LIMIT 16
      typedef enum { toySuccess = 0, toyError = 1 } toyResult_t;
      typedef struct toyComm *toyComm_t;
      typedef struct {
        int x, y;
      } toyPoint_t;
      /// Sends.
      toyResult_t toySend(toyComm_t comm, const void *buffer, \(parts[0] == "1" ? "int" : "long") count);
      toyResult_t toyMove(toyPoint_t *point);
      toyResult_t toyLog(const char *format, ...);
      extern int toyVerbosity;

      """
  }
}
