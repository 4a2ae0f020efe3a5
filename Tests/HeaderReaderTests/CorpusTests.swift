import Files
import Foundation
import HeaderModel
import TestSupport
import Testing

@testable import HeaderReader

/// The vendors' headers, which are fetched and not part of the repository.
enum Corpus {
  static let root: String = {
    let named = ProcessInfo.processInfo.environment["BINDGEN_COLL_CORPUS"] ?? ""
    return named.isEmpty ? repositoryRoot() + "/.cache/corpus" : named
  }()
  static let stubs = repositoryRoot() + "/Profiles/Stubs/cuda"

  static func path(_ path: String) -> String { "\(root)/\(path)" }

  static func releases(of vendor: String) -> [String] {
    ((try? Files.list(path(vendor))) ?? []).filter { Release($0) != nil }
      .sorted { (Release($0) ?? Release(0, 0, 0)) < (Release($1) ?? Release(0, 0, 0)) }
  }

  static let isPresent = Files.isDirectory(path("nccl")) && Files.isDirectory(stubs)
  static let hasToolkits = isPresent && Files.isDirectory(path("cuda-toolkit/12/include"))
  static let missing: Comment =
    "the corpus is not there: run Scripts/fetch-corpus headers, or set BINDGEN_COLL_CORPUS"

  static func nccl(_ release: String) -> ReadRequest {
    ReadRequest(
      path: path("nccl/\(release)/nccl.h"), vendor: "nccl",
      release: Release(release) ?? Release(0, 0, 0), stubDirectories: [stubs],
      defines: ["__CUDA_BF16_TYPES_EXIST__"])
  }
}

@Suite(.enabled(if: Corpus.isPresent || isCI, Corpus.missing)) struct CorpusTests {
  /// Reads with every libclang and expects one model and no diagnostics.
  private func readEverywhere(_ request: ReadRequest) throws -> Header {
    let libclangs = Libclangs.all
    let first = try HeaderReader(#require(libclangs.first)).read(request)
    #expect(first.diagnostics.isEmpty, "\(first.diagnostics)")
    for libclang in libclangs.dropFirst() {
      let other = try HeaderReader(libclang).read(request)
      #expect(other.header == first.header, "\(libclang.path) differs")
      #expect(other.diagnostics == first.diagnostics)
    }
    return first.header
  }

  private func read(_ request: ReadRequest) throws -> Header {
    try HeaderReader(Libclangs.chosen.get()).read(request).header
  }

  /// Without releases the tests of each of them would pass.
  @Test(.enabled(if: isCI, "it may be a part")) func isComplete() {
    #expect(Corpus.hasToolkits, Corpus.missing)
    for vendor in ["nccl", "oneccl"] {
      #expect(!Corpus.releases(of: vendor).isEmpty, "\(vendor)")
    }
  }

  @Test(arguments: Corpus.releases(of: "nccl"))
  func readsEveryNCCL(release: String) throws {
    let header = try readEverywhere(Corpus.nccl(release))
    let counts = [
      "2.13.4": 48, "2.16.2": 52, "2.18.3": 54, "2.21.5": 62, "2.24.3": 68, "2.27.7": 74,
      "2.28.3": 80, "2.28.9": 82, "2.29.2": 94, "2.29.7": 100, "2.30.3": 98, "2.30.7": 126,
      "2.31.2": 142, "2.32.3": 144,
    ]
    if let count = counts[release] { #expect(header.functions.count == count) }
    #expect(
      try header.enumeration("ncclDataType_t").enumerators.map(\.name).contains("ncclBfloat16"))
    #expect(try Header(json: header.json()) == header)
  }

  @Test(
    .enabled(if: Corpus.hasToolkits || isCI, Corpus.missing),
    arguments: Corpus.releases(of: "nccl"), ["12", "13"])
  func readsTheSameWithTheToolkit(release: String, toolkit: String) throws {
    let request = Corpus.nccl(release)
    var real = request
    real.stubDirectories = []
    real.includeDirectories = [Corpus.path("cuda-toolkit/\(toolkit)/include")]
    #expect(try read(real) == read(request))
  }

  @Test(arguments: Corpus.releases(of: "nccl"))
  func agreesWithClangOnNCCL(release: String) throws {
    let request = Corpus.nccl(release)
    try COracle(header: read(request)).check(
      including: request.path, includeDirectories: request.stubDirectories,
      defines: request.defines)
  }

  @Test(arguments: [
    ("cuda/12.9/cuda.h", 452), ("cuda/13.5/cuda.h", 492),
    ("nvrtc/12.9/nvrtc.h", 26), ("nvrtc/13.5/nvrtc.h", 29),
  ])
  func readsCUDA(path: String, count: Int) throws {
    let request = ReadRequest(path: Corpus.path(path), vendor: "cuda")
    let header = try readEverywhere(request)
    #expect(header.functions.count == count)
    #expect(header.functions.filter { $0.doc == nil }.count <= 1)
    try COracle(header: header).check(including: request.path)
  }

  @Test(
    .enabled(if: Corpus.hasToolkits || isCI, Corpus.missing), arguments: ["12", "13"])
  func readsTheCUDARuntime(toolkit: String) throws {
    let directory = Corpus.path("cuda-toolkit/\(toolkit)/include")
    let request = ReadRequest(path: "\(directory)/cuda_runtime_api.h", vendor: "cudart")
    let header = try readEverywhere(request)
    #expect(header.functions.count > 300)
    #expect(header.files.map(\.name).contains("crt/host_defines.h"))
    try COracle(header: header).check(including: request.path, includeDirectories: [directory])
  }

  @Test func readsOneCCL() throws {
    let release = try #require(Files.list(Corpus.path("oneccl")).last)
    let shims = try TemporaryDirectory()
    try shims.write("#include <stddef.h>\n", to: "cstddef")
    try shims.write("#include <stdint.h>\n", to: "cstdint")
    let directory = Corpus.path("oneccl/\(release)/include")
    let request = ReadRequest(
      path: "\(directory)/oneapi/ccl.h", vendor: "oneccl", includeDirectories: [directory],
      stubDirectories: [shims.path])
    let header = try readEverywhere(request)
    #expect(header.functions.contains { $0.name == "onecclAllReduce" })
    #expect(header.functions.contains { !$0.attributes.isEmpty })
    try COracle(header: header).check(
      including: request.path, includeDirectories: [shims.path, directory])
  }

  @Test(arguments: Corpus.releases(of: "oneccl"))
  func refusesOneCCLWithoutItsShims(release: String) throws {
    let directory = Corpus.path("oneccl/\(release)/include")
    let error = #expect(throws: ReadError.self) {
      try read(
        ReadRequest(
          path: "\(directory)/oneapi/ccl.h", vendor: "oneccl", includeDirectories: [directory]))
    }
    #expect(error?.description.contains("this header is C++") == true)
  }
}
