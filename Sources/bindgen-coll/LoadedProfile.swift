import BindingPlan
import HeaderModel
import Workspace

/// A profile given by name, which needs a project, or by path, which does not.
struct LoadedProfile {
  let value: VendorProfile

  init(_ name: String, _ project: ProjectOptions) throws {
    if name.hasSuffix(".yml") || name.hasSuffix(".yaml") {
      value = try VendorProfile(path: name, shownAs: name)
    } else {
      value = try project.open().profile(name)
    }
  }
}

extension Header {
  /// `72 functions, 9 records, …`
  var summary: String {
    "\(functions.count) functions, \(records.count) records, "
      + "\(enumerations.reduce(0) { $0 + $1.enumerators.count }) enumerators in "
      + "\(enumerations.count) enumerations, \(typedefs.count) typedefs, \(macros.count) macros"
  }
}
