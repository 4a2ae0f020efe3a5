import BindingPlan
import Files
import HeaderModel
import HeaderReader
import TestSupport
import Testing
import Workspace

/// The checked-in models are what reading the vendors' headers gives now, to the byte.
@Suite struct ModelTests {
  private func read(_ model: Header, _ path: String) throws -> [UInt8] {
    let profile = try Corpus.project.profile(model.vendor)
    let request = ReadRequest(
      path: path, vendor: model.vendor, release: model.release, flavour: model.flavour,
      stubDirectories: profile.header.stubs.map { Files.join(profile.directory, $0) },
      defines: profile.header.defines, keepsDocumentation: profile.header.keepsDocumentation)
    let result = try HeaderReader(try Libclang()).read(request)
    #expect(result.diagnostics.isEmpty)
    if let release = profile.release(of: result.header) { #expect(release == model.release) }
    return result.header.json()
  }

  private func stored(_ model: Header) throws -> [UInt8] {
    try Files.read(Corpus.project.path(of: model))
  }

  @Test(.needsNCCLHeaders, arguments: Corpus.models(of: "nccl"))
  func nccl(model: Header) throws {
    let bytes = try read(model, Corpus.path("nccl/\(model.identifier)/nccl.h"))
    #expect(bytes == (try stored(model)))
    let dataTypes = try #require(model.enumerations.first { $0.name == "ncclDataType_t" })
    #expect(dataTypes.enumerators.contains { $0.name == "ncclBfloat16" && $0.value == 9 })
  }

  @Test(
    .needsCorpus(["cuda/12.9/cuda.h", "cuda/13.5/cuda.h"]),
    arguments: Corpus.models(of: "cuda"))
  func cuda(model: Header) throws {
    let version = "\(model.release.major).\(model.release.minor)"
    #expect(try read(model, Corpus.path("cuda/\(version)/cuda.h")) == stored(model))
  }

  @Test(
    .needsCorpus(["nvrtc/12.9/nvrtc.h", "nvrtc/13.5/nvrtc.h"]),
    arguments: Corpus.models(of: "nvrtc"))
  func nvrtc(model: Header) throws {
    let version = "\(model.release.major).\(model.release.minor)"
    #expect(try read(model, Corpus.path("nvrtc/\(version)/nvrtc.h")) == stored(model))
  }

  @Test(
    .needsCorpus(["nvml/12.9/nvml.h", "nvml/13.5/nvml.h"]),
    arguments: Corpus.models(of: "nvml"))
  func nvml(model: Header) throws {
    let version = "\(model.release.major).\(model.release.minor)"
    #expect(try read(model, Corpus.path("nvml/\(version)/nvml.h")) == stored(model))
  }

  /// Headers of ours, which are always there.
  @Test(arguments: Corpus.models(of: "succl") + Corpus.models(of: "vccl"))
  func fixtures(model: Header) throws {
    let folder = "\(repositoryRoot())/Profiles/Headers/\(model.vendor)"
    let path =
      model.flavour.map { "\(folder)/\($0)/nccl.h" } ?? "\(folder)/\(model.release)/succl.h"
    #expect(try read(model, path) == stored(model))
  }
}
