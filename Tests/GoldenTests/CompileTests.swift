import BindingPlan
import Files
import Foundation
import TestSupport
import Testing

/// Compiles what the cases generate, whether they keep it or not.
@Suite struct CompileTests {
  /// A case with its output under names that no other case has.
  private static func runs() throws -> [(golden: GoldenCase, run: GoldenRun)] {
    try GoldenCase.all.filter { !$0.name.hasPrefix("composite-") }.enumerated()
      .map { index, golden in
        let run = try GoldenRun(
          golden, Shared.libclang.get(), Shared.templates.get(), typePrefix: "Case\(index)")
        return (golden, run)
      }
  }

  private static func write(
    _ run: GoldenRun, to directory: TemporaryDirectory
  ) throws -> [String] {
    var paths: [String] = []
    for file in run.generated {
      // In one module no two files may have the same name.
      let path = directory.file("\(file.path.split(separator: "/").first ?? "")/\(flat(file.path))")
      try Files.makeDirectory(Files.parent(of: path))
      try Files.write(file.bytes, to: path)
      paths.append(path)
    }
    return paths
  }

  /// `Case1Bindings-Types.swift`; headers keep their name, by which others include them.
  private static func flat(_ path: String) -> String {
    let parts = path.split(separator: "/")
    return path.hasSuffix(".h") ? String(parts[parts.count - 1]) : parts.joined(separator: "-")
  }

  @Test("The generated C compiles, and its records are laid out as the headers'")
  func compilesAsC() throws {
    let directory = try TemporaryDirectory()
    let runs = try Self.runs().map(\.run)
    let sources = try runs.flatMap { try Self.write($0, to: directory) }
      .filter { $0.hasSuffix(".c") }
    try #require(!sources.isEmpty)
    let modules = runs.compactMap { $0.plan?.cModule }
    let includes =
      modules.map(directory.file)
      + ["HostExports", "CHostCollectives"].map { "\(repositoryRoot())/Sources/\($0)/include" }
    try runTool(
      "clang",
      ["-fsyntax-only", "-std=c11", "-Wall", "-Wextra", "-Werror"] + includes.map { "-I\($0)" }
        + sources)
  }

  /// All in one module, because starting the compiler for each takes a minute.
  @Test("The generated Swift compiles without a warning")
  func compilesAsSwift() throws {
    let products = productsDirectory()
    let directory = try TemporaryDirectory()
    var sources: [String] = []
    var maps: [String] = []
    for (_, run) in try Self.runs() {
      guard let plan = run.plan else { continue }
      sources += try Self.write(run, to: directory).filter { $0.hasSuffix(".swift") }
      maps.append(
        try directory.write(
          "module \(plan.cModule) { header \"\(plan.cModule)/\(plan.cModule).h\" export * }\n",
          to: "\(plan.cModule).modulemap"))
    }
    maps.append("\(products)/CLibraryLoader.build/module.modulemap")
    // The bodies of `@inlinable` methods are checked with the rest.
    let flags =
      [
        "-typecheck", "-swift-version", "6", "-warnings-as-errors", "-module-name", "Cases",
        "-package-name", "cases", "-I", "\(products)/Modules",
      ]
      + ["ExistentialAny", "InternalImportsByDefault", "MemberImportVisibility"].flatMap {
        ["-enable-upcoming-feature", $0]
      } + maps.flatMap { ["-Xcc", "-fmodule-map-file=\($0)"] }
    let arguments = (flags + sources).map { "\"\($0)\"\n" }.joined()
    try runTool("swiftc", ["@\(try directory.write(arguments, to: "arguments"))"])
  }
}
