import Foundation
import TestSupport
import Testing
import Workspace

/// Tests/Independent/header_changes.py, which shares nothing with us but the question.
enum IndependentScript {
  /// What it imports.
  static let package = "python/clang/cindex.py"

  /// What changed between neighbours of a list of headers.
  static func changes(
    _ headers: [String], include folders: [String] = [], defines: [String] = []
  ) throws -> [SymbolChanges] {
    let script = "\(Corpus.project.root)/Tests/Independent/header_changes.py"
    var environment = ProcessInfo.processInfo.environment
    environment["PYTHONPATH"] = Corpus.path("python")
    let options = folders.flatMap { ["-I", $0] } + defines.flatMap { ["-D", $0] }
    let result = try runCommand(
      "/usr/bin/env", ["python3", "-B", script] + options + headers, environment: environment)
    try #require(result.status == 0, "\(result.errors)")
    return try JSONDecoder().decode([SymbolChanges].self, from: Data(result.output))
  }

  /// With what the profile gives nccl.h.
  static func changes(ofNCCL releases: [String]) throws -> [SymbolChanges] {
    try changes(
      releases.map { Corpus.path("nccl/\($0)/nccl.h") },
      include: ["\(Corpus.project.root)/Profiles/Stubs/cuda"],
      defines: ["__CUDA_BF16_TYPES_EXIST__"])
  }
}
