import Foundation
import TestSupport
import Testing

/// The generated C on the other 64-bit architecture of the vendors' machines: compiling it checks
/// every layout that it states. Clang's own headers are all that it includes.
@Suite struct CrossCompileTests {
  /// Of a module, the name.
  static let modules: [String] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    return names.filter { $0.hasPrefix("C") && has("\(directory)/\($0)/\($0).c") }.sorted()
  }()

  private static let directory = "\(repositoryRoot())/Generated"

  private static func has(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  private static func include(_ module: String) -> String { "\(directory)/\(module)/include" }

  private static func source(_ module: String) throws -> String {
    try String(contentsOfFile: "\(directory)/\(module)/\(module).c", encoding: .utf8)
  }

  /// What clang has to say about a source file beside a module's header; empty: nothing.
  private func compile(
    _ source: String, _ module: String, target: String = "aarch64-unknown-linux-gnu"
  ) throws -> String {
    let files = try TemporaryDirectory()
    let path = try files.write(source, to: "source.c")
    let clang = try #require(findTool("clang"))
    let result = try runCommand(
      clang,
      [
        "--target=\(target)", "-fsyntax-only", "-ffreestanding", "-nostdlibinc", "-std=c11",
        "-Wall", "-Wextra", "-Werror", "-I\(Self.include(module))", path,
      ])
    #expect((result.status == 0) == result.errors.isEmpty, "\(result.errors)")
    return result.errors
  }

  @Test func allOfThem() {
    let expected = [
      "CCUDADriverBindings", "CLibclang", "CNCCLBindings", "CNVMLBindings", "CNVRTCBindings",
      "CSUCCLBindings",
      "CVCCLBindings",
    ]
    #expect(Self.modules == expected)
  }

  @Test(arguments: modules)
  func layouts(module: String) throws {
    #expect(try compile(Self.source(module), module) == "")
  }

  /// The header alone, as another C file would include it.
  @Test(arguments: modules)
  func header(module: String) throws {
    #expect(try compile("#include \"\(module).h\"\n", module) == "")
  }

  /// The assertions are looked at: each module's first, made wrong, stops the compiler.
  @Test(arguments: modules)
  func wrongSize(module: String) throws {
    let source = try Self.source(module)
    let assertion = try #require(source.range(of: "_Static_assert(sizeof"))
    let rest = assertion.upperBound..<source.endIndex
    let equals = try #require(source.range(of: " == ", range: rest))
    let wrong = source.replacingCharacters(in: equals, with: " == 1 + ")
    #expect(try compile(wrong, module).contains("static assertion failed"))
  }

  /// A target that the layouts are not for.
  @Test func wrongTarget() throws {
    let problems = try compile(
      Self.source("CCUDADriverBindings"), "CCUDADriverBindings",
      target: "armv7-unknown-linux-gnueabihf")
    #expect(problems.contains("static assertion failed"))
    #expect(problems.contains("size of CUDA_KERNEL_NODE_PARAMS_v2"))
  }
}
