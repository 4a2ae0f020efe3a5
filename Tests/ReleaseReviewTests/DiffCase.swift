import BindingPlan
import Files
import Foundation
import HeaderModel
import HeaderReader
import ReleaseReview
import TestSupport
import Testing
import Workspace

/// A folder under `Tests/DiffGolden`: two small headers, and how what is between them is judged.
struct DiffCase: Sendable, CustomTestStringConvertible {
  static let root = "\(repositoryRoot())/Tests/DiffGolden"

  /// Every case, or the one that `BINDGEN_COLL_CASE` names.
  static let all: [DiffCase] = {
    let names = (try? Files.list(root)) ?? []
    let only = ProcessInfo.processInfo.environment["BINDGEN_COLL_CASE"]
    return names.filter { Files.isDirectory("\(root)/\($0)") && only ?? $0 == $0 }
      .map { DiffCase(directory: "\(root)/\($0)") }
  }()

  static func named(_ name: String) -> DiffCase { DiffCase(directory: "\(root)/\(name)") }

  let directory: String

  var name: String { Files.name(of: directory) }
  var testDescription: String { name }

  /// The rule that the case is for: what stands behind a dot tells its cases apart.
  var rule: String { String(name.prefix { $0 != "." }) }

  /// Only a case with a profile for each side compares modules.
  private var comparesModules: Bool { Files.exists("\(directory)/old.yml") }

  func report(_ libclang: Libclang, waivers: [Waiver] = []) throws -> Report {
    let (old, new) = (
      try header("old", Release(1, 0, 0), libclang), try header("new", Release(2, 0, 0), libclang)
    )
    guard comparesModules else {
      return Report(old, new, profile: try profile("new"), waivers: waivers)
    }
    return Report(
      try Plan(profile: try profile("old"), headers: [old], isComplete: false), [old],
      try Plan(profile: try profile("new"), headers: [old, new], isComplete: false), [old, new],
      waivers: waivers)
  }

  /// The side's own profile, or the case's, or the one that all toys share.
  private func profile(_ side: String) throws -> VendorProfile {
    for path in ["\(directory)/\(side).yml", "\(directory)/profile.yml"] where Files.exists(path) {
      return try VendorProfile(path: path, shownAs: Files.name(of: path))
    }
    return try VendorProfile(path: "\(Self.root)/toy.yml", shownAs: "toy.yml")
  }

  /// Headers need not say of which release they are.
  private func header(
    _ side: String, _ release: Release, _ libclang: Libclang
  ) throws -> Header {
    let model = "\(directory)/\(side).json"
    if Files.exists(model) { return try Header(json: try Files.read(model)) }
    let profile = try profile(side)
    var header = try HeaderReader(libclang).read(
      ReadRequest(
        path: "\(directory)/\(side).h", vendor: profile.vendor, defines: profile.header.defines,
        keepsDocumentation: profile.header.keepsDocumentation)
    ).header
    header.release = profile.release(of: header) ?? release
    return header
  }
}
