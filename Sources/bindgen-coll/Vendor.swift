import BindingPlan
import Files
import HeaderModel
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
    for file in try templates.render(plan) {
      let path = Files.join(directory, file.path)
      add(path, file.bytes)
      own(Files.parent(of: path))
    }
  }
}

extension Project {
  /// The vendors that there are models of.
  func vendorsWithModels() throws -> [String] {
    try vendors().filter { Files.isDirectory(modelDirectory(of: $0)) }
  }
}
