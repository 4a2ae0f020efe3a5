import BindingPlan
import ELFSymbols
import Foundation
import HeaderModel
import LibraryCheck
import TestSupport
import Testing
import Workspace

private let corpus =
  (ProcessInfo.processInfo.environment["BINDGEN_COLL_CORPUS"]
    ?? repositoryRoot() + "/.cache/corpus") + "/nccl"
/// What CI fetches.
private let releases = ["2.13.4", "2.19.3", "2.28.3", "2.32.3"]
private let missing = releases.filter {
  !FileManager.default.fileExists(atPath: "\(corpus)/\($0)/libnccl.so.2")
}

/// The real libraries against their own headers: what is known of them by hand is found again.
@Suite(
  .enabled(
    if: missing.isEmpty || isCI,
    "no libnccl of \(missing.joined(separator: ", ")); run Scripts/fetch-corpus ci"))
struct NCCLTests {
  private func check(_ release: String, isNamed: Bool = true) throws -> LibraryCheck {
    let project = Project(root: repositoryRoot())
    return try LibraryCheck(
      try SharedObject(contentsOf: "\(corpus)/\(release)/libnccl.so.2"),
      try project.profile("nccl"), models: try project.models(of: "nccl"),
      named: isNamed ? try project.model(named: "nccl@\(release)") : nil)
  }

  /// Functions that are exported and not in nccl.h, without their twins.
  private func undeclared(_ check: LibraryCheck) -> [UndeclaredExport] {
    check.undeclared.filter { !$0.name.hasPrefix("p") }
  }

  @Test func noTwinsBefore2_16() throws {
    let check = try check("2.13.4")
    #expect(check.missing.functions.isEmpty && check.missing.variables.isEmpty)
    #expect(check.missing.twins.count == 24 && check.declaredCount == 48)
    #expect(check.missing.twins.contains("pncclGetError"))
    #expect(check.undeclared.isEmpty)
    #expect(check.twins.allSatisfy { $0.state == .withoutTwin })
    #expect(!check.isConsistent)
    #expect(check.library.requiredGLIBC?.description == "2.17")
  }

  @Test func exact() throws {
    let check = try check("2.19.3")
    #expect(check.isConsistent && check.undeclared.isEmpty && check.declaredCount == 62)
    #expect(check.twins.count == 31)
    #expect(check.twins.allSatisfy { $0.state == .weakAlias })
  }

  @Test func deviceHeader() throws {
    let check = try check("2.28.3")
    #expect(check.isConsistent)
    let found = undeclared(check)
    #expect(found.count == 11 && check.undeclared.count == 21)
    #expect(found.map(\.name).contains("ncclResetDebugInitInternal"))
    #expect(found.map(\.name).contains("ncclDevCommCreate"))
    #expect(found.allSatisfy { $0.reason == .undocumented && $0.isFunction })
    #expect(check.library.requiredGLIBC?.description == "2.18")
  }

  @Test func macroOverAFunction() throws {
    let check = try check("2.32.3")
    #expect(check.isConsistent)
    let reset = try #require(check.undeclared.first { $0.name == "ncclResetDebugInit" })
    #expect(reset.reason == .macro("#define ncclResetDebugInit()"))
    let others = undeclared(check).map(\.name).filter { !$0.hasPrefix("ncclResetDebugInit") }
    let gin = ["ncclGinInboxA2ACreateRequirement", "ncclGinOutboxCreateRequirement"]
    #expect(gin.allSatisfy(others.contains) && others.count == 21 + gin.count)
    #expect(check.twins.allSatisfy { $0.state == .weakAlias })
    #expect(check.library.requiredGLIBC?.description == "2.27")
  }

  @Test(arguments: releases)
  func allOfThem(release: String) throws {
    let check = try check(release)
    #expect(check.library.soname == "libnccl.so.2")
    #expect(check.undefined.unattributed.isEmpty, "cudart is static, the driver opened at run time")
    #expect(check.flavours.matches.isEmpty)
    #expect(
      try VendorGuess.profile(
        of: check.library,
        among: try ["nccl", "succl", "vccl"].map { try Project(root: repositoryRoot()).profile($0) }
      ).vendor == "nccl")
    // Without a word from anybody the library's own release is among those that fit best.
    guard case .exports(let fitting) = try self.check(release, isNamed: false).model.basis else {
      Issue.record("it was not inferred from the exports")
      return
    }
    #expect(fitting.contains(release))
  }
}
