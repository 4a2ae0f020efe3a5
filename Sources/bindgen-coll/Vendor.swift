import BindingPlan
import Files
import HeaderModel
import ReleaseReview
import Rendering
import Workspace

enum Vendor {
  static func plan(
    _ profile: VendorProfile, _ headers: [Header], isComplete: Bool = true
  ) throws -> Plan {
    do throws(PlanError) {
      return try Plan(profile: profile, headers: headers, isComplete: isComplete)
    } catch {
      throw Failure(.input, error.diagnostics)
    }
  }
}

extension Plan {
  /// `NCCL: 72 functions, …`
  var summary: String {
    "\(profile.displayName): \(functions.count) functions of \(releases.count) release\(releases.count == 1 ? "" : "s"), "
      + "\(enumerations.count) enumerations, \(handles.count) handles, "
      + "\(structures.count) versioned structures"
  }
}

extension OutputSet {
  mutating func add(
    _ plan: Plan, _ templates: TemplateLibrary, to directory: String
  ) throws(Diagnostic) {
    let profile = plan.profile
    for file in try templates.render(plan) {
      // BindingsGenerator makes those in each build.
      if plan.profile.swiftFromPlugin, file.path.hasPrefix("\(plan.module)/") { continue }
      let path = Files.join(directory, file.path)
      if files.contains(where: { $0.path == path }) {
        throw Diagnostic(
          .error, file: profile.file,
          line: (profile.outputs + profile.additionalOutputs).last { $0.path == file.path }?.line,
          "\"\(file.path)\" is another vendor's output already", rule: "profile-output",
          help: "give it another path")
      }
      add(path, file.bytes)
      // Other vendors' files may lie in Generated itself.
      if file.path.contains("/") { own(Files.parent(of: path)) }
    }
  }
}

extension OutputSet {
  /// The pages that tell a vendor's releases apart.
  mutating func add(
    _ series: ReleaseSeries, _ templates: TemplateLibrary, to directory: String
  ) throws(Diagnostic) {
    for file in try templates.render(series) {
      let path = Files.join(directory, file.path)
      add(path, file.bytes)
      own(Files.parent(of: path))
    }
  }
}

extension Project {
  /// A vendor's releases, each compared with the one before.
  func series(_ profile: VendorProfile, _ headers: [Header]) throws(Diagnostic) -> ReleaseSeries {
    ReleaseSeries(profile, headers, waivers: try Waiver.load(of: profile.vendor, self))
  }

  /// The vendors that there are models of, or a header in the package.
  func vendorsWithModels() throws -> [String] {
    try vendors().filter {
      Files.isDirectory(modelDirectory(of: $0)) || (try? profile($0))?.header.source != nil
    }
  }

  /// What a vendor's module is generated from: the stored models, and the header that the profile
  /// keeps in the package, which takes the place of a stored model of the same release.
  func headers(of profile: VendorProfile, _ reading: HeaderOptions) throws -> [Header] {
    var headers = try models(of: profile.vendor)
    guard let current = try reading.readSource(of: profile) else { return headers }
    headers.removeAll { $0.identifier == current.identifier }
    headers.append(current)
    return headers.sortedByRelease()
  }
}
