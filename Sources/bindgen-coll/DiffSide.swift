import BindingPlan
import Files
import HeaderModel
import HeaderReader
import Workspace

/// What stands on one side of a diff.
enum DiffSide {
  case header(Header)
  /// A vendor's whole module: its models, as the working tree or a commit has them.
  case module(VendorProfile, [Header])

  /// `vendor@release`, a model's file, a header, a vendor, or `revision:vendor`.
  init(
    _ text: String, profile: VendorProfile?, _ reading: HeaderOptions, _ project: ProjectOptions
  ) throws {
    if text.hasSuffix(".json") || text.contains("@") && !Files.exists(text) {
      let project = text.hasSuffix(".json") ? Project(root: ".") : try project.open()
      self = .header(try project.model(named: text))
    } else if Files.exists(text), !Files.isDirectory(text) {
      guard let profile else {
        throw Failure(
          .usage,
          [
            Diagnostic(
              .error, file: text, "a header is read by a profile, and none is given",
              rule: "profile-needed", help: "add --profile NAME")
          ])
      }
      let result = try reading.read(text, profile)
      Terminal.error(result.diagnostics)
      self = .header(result.header)
    } else if let colon = text.lastIndex(of: ":") {
      let revision = String(text[..<colon])
      let vendor = String(text[text.index(after: colon)...])
      let checkout = try Revision(revision, of: try project.open(), vendor: vendor)
      defer { checkout.cleanUp() }
      let profile = try checkout.project.profile(vendor)
      self = .module(profile, try Self.models(profile, checkout.project, text))
    } else {
      let project = try project.open()
      guard try project.vendors().contains(text) else {
        throw Diagnostic(
          .error, file: text, "there is no such file, and no such vendor", rule: "file",
          help: "give a header, a model, VENDOR@RELEASE, VENDOR, or REVISION:VENDOR")
      }
      let profile = try project.profile(text)
      self = .module(profile, try Self.models(profile, project, text))
    }
  }

  private static func models(
    _ profile: VendorProfile, _ project: Project, _ text: String
  ) throws -> [Header] {
    let headers = try project.models(of: profile.vendor)
    guard !headers.isEmpty else {
      throw Diagnostic(.error, file: text, "there are no models", rule: "model-missing")
    }
    return headers
  }
}
