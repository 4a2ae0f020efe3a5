import HeaderModel

/// Refuses text of a profile that would leave its place in the output: templates print it as it is.
///
/// Names of declarations need no check here, for what is printed of them comes from the models.
enum CheckProfileText {
  static func check(_ profile: VendorProfile) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    func refuse(_ text: String, _ what: String) {
      problems.append(
        Diagnostic(
          .error, file: profile.file, line: profile.lines[text], "\(what), not \"\(text)\"",
          rule: "profile-text"))
    }
    let library = profile.library
    for text in [profile.displayName] + library.environment + library.names where !isLine(text) {
      refuse(text, "a name must be one line without control characters")
    }
    let names =
      [library.versionFunction].compactMap(\.self) + profile.flags.map(\.prefix)
      + profile.flavours.flatMap(\.detect).flatMap { $0.exports + $0.lacks }
    for name in names where !isIdentifier(name) { refuse(name, "a C name is expected") }
    if let prefix = profile.cPrefix, !prefix.isEmpty, !isIdentifier(prefix) {
      refuse(prefix, "\"cPrefix\" must be the beginning of a C name")
    }
    for (name, value) in profile.defaults.sorted(by: { byBytes($0.key, $1.key) })
    where !["nil", "true", "false"].contains(value) && Int64(value) == nil {
      problems.append(
        Diagnostic(
          .error, file: profile.file, line: profile.lines[name],
          "the default of \(name) must be nil, true, false or an integer, not \"\(value)\"",
          rule: "profile-wrong-type"))
    }
    return problems
  }

  private static func isLine(_ text: String) -> Bool {
    Documentation.line(text[...]) == text && !text.contains("`")
  }
}
