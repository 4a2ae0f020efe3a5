package import BindingPlan
package import HeaderModel

extension Project {
  /// The profile of a target that a build plugin is applied to: the one whose `module` is the
  /// target's name. The target's vendor is what the plugins cannot know.
  package func profile(ofTarget target: String) throws(Diagnostic) -> VendorProfile {
    var found: [VendorProfile] = []
    var others: [String] = []
    var broken: Diagnostic?
    for vendor in try vendors() {
      do throws(Diagnostic) {
        let profile = try profile(vendor)
        if profile.module == target {
          found.append(profile)
        } else {
          others.append("\(profile.file) (module: \(profile.module))")
        }
      } catch {
        // Another vendor's mistake is no matter of this target's, unless it may be its own.
        broken = broken ?? error
      }
    }
    if found.count > 1 {
      throw Diagnostic(
        .error, file: found[1].file, line: found[1].lines[target],
        "\(found[0].file) and \(found[1].file) both say \"module: \(target)\"",
        rule: "profile-ambiguous", help: "give each profile a module and a target of its own")
    }
    if let profile = found.first { return profile }
    if let broken { throw broken }
    throw Diagnostic(
      .error, file: display(profiles), "no profile is for the target \(target)",
      rule: "profile-missing",
      help: "say \"module: \(target)\" in a Profiles/<vendor>.yml; "
        + (others.isEmpty ? "there are no profiles yet" : "there are: " + list(others)))
  }

  private func list(_ names: [String]) -> String { names.joined(separator: ", ") }
}
