import BindingPlan
import HeaderModel
import Rendering
import TestSupport
import Testing
import Workspace

/// Every model against the vendor's real header: the C compiler checks sizes, offsets, values and
/// types.
@Suite struct LayoutCheckTests {
  /// Renders the check of a model and compiles it beside the header. Returns what clang says.
  private func compile(_ model: Header, beside directory: String, _ file: String) throws -> String?
  {
    let profile = try Corpus.project.profile(model.vendor)
    let text = try Corpus.project.templateLibrary()
      .layoutCheck(model, headerFile: file)
    let source = try TemporaryDirectory().write(text, to: "check.c")
    let flags =
      ["-fsyntax-only", "-std=gnu11", "-Werror", "-I\(directory)"]
      + profile.header.stubs.map { "-I\(profile.directory)/\($0)" }
      + profile.header.defines.map { "-D\($0)" }
    do {
      try runTool("clang", flags + [source])
      return nil
    } catch let failure as ToolFailure {
      return failure.description
    }
  }

  @Test(.needsNCCLHeaders, arguments: Corpus.models(of: "nccl"))
  func nccl(model: Header) throws {
    let complaint = try compile(model, beside: Corpus.path("nccl/\(model.identifier)"), "nccl.h")
    #expect(complaint == nil)
  }

  @Test(
    .needsCorpus(["cuda/12.9/cuda.h", "cuda/13.5/cuda.h"]), arguments: Corpus.models(of: "cuda"))
  func cuda(model: Header) throws {
    let version = "\(model.release.major).\(model.release.minor)"
    #expect(try compile(model, beside: Corpus.path("cuda/\(version)"), "cuda.h") == nil)
  }

  @Test(
    .needsCorpus(["nvrtc/12.9/nvrtc.h", "nvrtc/13.5/nvrtc.h"]),
    arguments: Corpus.models(of: "nvrtc"))
  func nvrtc(model: Header) throws {
    let version = "\(model.release.major).\(model.release.minor)"
    #expect(try compile(model, beside: Corpus.path("nvrtc/\(version)"), "nvrtc.h") == nil)
  }

  @Test(
    .needsCorpus(["nvml/12.9/nvml.h", "nvml/13.5/nvml.h"]),
    arguments: Corpus.models(of: "nvml"))
  func nvml(model: Header) throws {
    let version = "\(model.release.major).\(model.release.minor)"
    #expect(try compile(model, beside: Corpus.path("nvml/\(version)"), "nvml.h") == nil)
  }

  /// Headers of ours, which are always there.
  @Test func succl() throws {
    for model in Corpus.models(of: "succl") {
      let directory = "\(repositoryRoot())/Profiles/Headers/succl/\(model.release)"
      #expect(try compile(model, beside: directory, "succl.h") == nil)
    }
  }

  @Test func vccl() throws {
    for model in Corpus.models(of: "vccl") {
      let directory = "\(repositoryRoot())/Profiles/Headers/vccl/\(model.flavour ?? "")"
      #expect(try compile(model, beside: directory, "nccl.h") == nil)
    }
  }

  @Test func modelsAreThere() throws {
    #expect(try Corpus.project.models(of: "nccl").count == 32)
    for vendor in ["cuda", "nvml", "nvrtc", "succl", "vccl"] {
      #expect(try Corpus.project.models(of: vendor).count == 2)
    }
  }

  // --- The check can fail ---

  /// A model with one thing changed must not compile, and clang must name what is wrong.
  @Test(.needsNCCLHeaders) func tripwires() throws {
    let model = try Corpus.project.model(named: "nccl@2.32.3")
    let directory = Corpus.path("nccl/2.32.3")
    func expect(
      _ message: String, _ change: (inout Header) throws -> Void,
      _ location: SourceLocation = #_sourceLocation
    ) throws {
      var wrong = model
      try change(&wrong)
      try #require(wrong != model, sourceLocation: location)
      let complaint = try compile(wrong, beside: directory, "nccl.h") ?? "it compiled"
      let isNamed = complaint.contains("static assertion failed") && complaint.contains(message)
      #expect(isNamed, "\(complaint)", sourceLocation: location)
    }
    try expect("offset of struct ncclConfig_v23100.netName") {
      try $0.changeField("ncclConfig_t", "netName") { $0.bitOffset += 32 }
    }
    try expect("size of struct ncclConfig_v23100") {
      try $0.changeLayout("ncclConfig_t") { $0.size += 8 }
    }
    try expect("alignment of ncclUniqueId") {
      try $0.changeLayout("ncclUniqueId") { $0.alignment = 8 }
    }
    try expect("type of struct ncclConfig_v23100.blocking") {
      try $0.changeField("ncclConfig_t", "blocking") { $0.type = .scalar(.unsignedInt) }
    }
    try expect("value of ncclTimeout") { header in
      let holder = header.enumerations.firstIndex { $0.name == "ncclResult_t" }
      let index = try #require(holder)
      let member = header.enumerations[index].enumerators.firstIndex { $0.name == "ncclTimeout" }
      header.enumerations[index].enumerators[try #require(member)].value = 9
    }
    try expect("value of NCCL_UNIQUE_ID_BYTES") { header in
      let index = try #require(header.macros.firstIndex { $0.name == "NCCL_UNIQUE_ID_BYTES" })
      header.macros[index].value = .integer(64, .scalar(.int))
    }
    try expect("type of ncclAllReduce") { header in
      let index = try #require(header.functions.firstIndex { $0.name == "ncclAllReduce" })
      header.functions[index].parameters[2].type = .scalar(.int)
    }
  }
}

extension Header {
  fileprivate mutating func changeLayout(
    _ name: String, _ change: (inout Record.Layout) throws -> Void
  ) throws {
    let tag = typedefs.first { $0.name == name }.flatMap { typedef in
      if case .record(_, let tag) = typedef.type { tag } else { nil }
    }
    let index = try #require(records.firstIndex { $0.name == name || $0.name == tag })
    var layout = try #require(records[index].layout)
    try change(&layout)
    records[index].layout = layout
  }

  fileprivate mutating func changeField(
    _ record: String, _ field: String, _ change: (inout Field) -> Void
  ) throws {
    try changeLayout(record) { layout in
      let index = try #require(layout.fields.firstIndex { $0.name == field })
      change(&layout.fields[index])
    }
  }
}
