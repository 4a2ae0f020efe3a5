import BindingPlan
import HeaderModel

/// Refuses outputs of which one would take another's place.
enum OutputPaths {
  /// `paths` are all of a vendor's, those that the profile names last.
  static func check(_ paths: [String], _ profile: VendorProfile) throws(Diagnostic) {
    let own = profile.outputs + profile.additionalOutputs
    // Some file systems do not tell capitals from small letters.
    var taken: Set<String> = []
    for path in paths {
      let key = path.lowercased()
      guard
        let other = taken.first(where: {
          $0 == key || $0.hasPrefix("\(key)/") || key.hasPrefix("\($0)/")
        })
      else {
        taken.insert(key)
        continue
      }
      throw Diagnostic(
        .error, file: profile.file, line: own.last { $0.path == path }?.line,
        other == key
          ? "\"\(path)\" is another output's path already"
          : "\"\(path)\" and another output cannot be a file and a folder at once",
        rule: "profile-output", help: "give it another path")
    }
  }
}
