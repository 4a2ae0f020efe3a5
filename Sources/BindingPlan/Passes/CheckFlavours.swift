import HeaderModel

/// Refuses flavours that no library can be told to be: without a model and without a rule, or with
/// a rule that never holds, always holds, or holds for another flavour as well.
///
/// A flavour with a rule and no model is allowed: it says whose library this is where the vendor's
/// name does not, and keeps layouts that are not known from being used. The symbols of a rule are
/// in no model of ours, so they are not looked up there.
enum CheckFlavours {
  static func check(_ profile: VendorProfile, models: [Header]) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    func refuse(_ line: Int?, _ message: String, _ rule: String, help: String) {
      problems.append(
        Diagnostic(
          .error, file: profile.file, line: line, message, rule: rule, help: help))
    }
    let modelled = profile.modelledFlavours(models)
    var seen: Set<String> = []
    var owners: [VendorProfile.FlavourRule: String] = [:]
    for flavour in profile.flavours {
      if !seen.insert(flavour.name).inserted {
        refuse(
          flavour.line, "the flavour \"\(flavour.name)\" stands twice", "profile-duplicate-flavour",
          help: "keep one of them, with the rules of both")
      } else if !modelled.contains(flavour.name), flavour.detect.isEmpty {
        problems.append(
          CheckProfile.unmatched(
            "model of flavour \(flavour.name)", line: flavour.line, profile))
      }
      for rule in flavour.detect {
        if let problem = problem(of: rule, profile) {
          refuse(
            rule.line, "this rule of flavour \"\(flavour.name)\" \(problem)",
            "profile-flavour-rule",
            help: "\"exports\" and \"lacks\" name symbols, \"versionCodes\" what the version "
              + "function says; all that a rule gives must hold")
        }
        var conditions = rule
        conditions.line = nil
        if let other = owners.updateValue(flavour.name, forKey: conditions) {
          refuse(
            rule.line, "this rule of flavour \"\(flavour.name)\" is also one of \"\(other)\"",
            "profile-flavour-rule", help: "name something that only one of them has")
        }
      }
    }
    for flavour in modelled.sorted(by: byBytes) where !seen.contains(flavour) {
      refuse(
        nil, "the flavour \"\(flavour)\" of a model is not described", "profile-missing-flavour",
        help: "add it under \"flavours\" with a summary")
    }
    return problems
  }

  private static func problem(
    of rule: VendorProfile.FlavourRule, _ profile: VendorProfile
  ) -> String? {
    if rule.exports.isEmpty, rule.lacks.isEmpty, rule.versionCodes.isEmpty {
      return "holds for every library: it has no conditions"
    }
    if let name = rule.exports.first(where: rule.lacks.contains) {
      return "never holds: a library cannot both export and lack \(name)"
    }
    let library = profile.library
    if !rule.versionCodes.isEmpty, library.versionFunction == nil || library.versionCode.isEmpty {
      return "never holds: \(profile.displayName)'s libraries give no version code"
    }
    return nil
  }
}
