import Foundation
import HeaderModel
import TestSupport
import Testing
import Workspace

/// The fetched headers and libraries of vendors, and the models that were read from the headers.
enum Corpus {
  static let root =
    ProcessInfo.processInfo.environment["BINDGEN_COLL_CORPUS"]
    ?? repositoryRoot() + "/.cache/corpus"

  /// The NCCL releases whose library `fetch-corpus ci` fetches, and one more where it has been:
  /// like those from 2.16 to 2.22 it writes 40 of a unique ID's 128 bytes.
  static let loadable =
    ["2.13.4", "2.19.3", "2.28.3", "2.32.3"] + ["2.21.5"].filter { has("nccl/\($0)/libnccl.so.2") }

  static let project = Project(root: repositoryRoot())

  static func path(_ name: String) -> String { "\(root)/\(name)" }

  static func library(_ release: String) -> String { path("nccl/\(release)/libnccl.so.2") }

  static func has(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }

  /// The checked-in models of a vendor; none where they cannot be read, which a test says.
  static func models(of vendor: String) -> [Header] { (try? project.models(of: vendor)) ?? [] }
}

extension Trait where Self == ConditionTrait {
  /// Skips a test where the corpus lacks a file that it needs; on CI the test runs, and fails.
  static func needsCorpus(_ names: [String]) -> Self {
    let missing = names.filter { !Corpus.has($0) }
    return .enabled(
      if: missing.isEmpty || isCI,
      "not in \(Corpus.root): \(missing.joined(separator: ", ")); run make corpus")
  }

  /// The NCCL libraries that are loaded.
  static var needsNCCL: Self { needsCorpus(Corpus.loadable.map { "nccl/\($0)/libnccl.so.2" }) }

  /// The headers of every NCCL release that there is a model of.
  static var needsNCCLHeaders: Self {
    needsCorpus(Corpus.models(of: "nccl").map { "nccl/\($0.identifier)/nccl.h" })
  }

  /// Tests of what happens where there is no GPU.
  static var needsNoDriver: Self {
    .disabled(if: Driver.isPresent, "this machine has a CUDA driver")
  }
}

/// The machine's own CUDA driver.
enum Driver {
  static let isPresent = dlopen("libcuda.so.1", RTLD_LAZY | RTLD_LOCAL) != nil
}

/// The flags that nccl.h is compiled with: the profile's stubs and definitions.
func headerFlags(_ release: String) -> [String] {
  [
    "-std=gnu11", "-D__CUDA_BF16_TYPES_EXIST__", "-I\(Corpus.path("nccl/\(release)"))",
    "-I\(repositoryRoot())/Profiles/Stubs/cuda",
  ]
}

/// A test's argument is named by what it is, not by all that it holds.
extension Header: CustomTestStringConvertible {
  /// Such as "nccl 2.28.3".
  public var testDescription: String { "\(vendor) \(identifier)" }
}
