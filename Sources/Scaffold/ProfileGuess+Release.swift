import HeaderModel

extension ProfileGuess {
  /// The macros that tell the release.
  mutating func guessRelease(_ header: Header, given: Release?) {
    let values = Self.integers(header)
    let names = ownFirst(header.macros.map(\.name).filter { values[$0] != nil })
    if let parts = Self.parts(names) {
      releaseParts = parts
      let numbers = parts.map { values[$0] ?? 0 }
      release = Release(
        numbers[0], numbers.count > 1 ? numbers[1] : 0, numbers.count > 2 ? numbers[2] : 0)
      found(
        "release", parts.joined(separator: ", "),
        "macros; their values are \(numbers.map(String.init).joined(separator: "."))")
    }
    let codes = names.filter {
      let words = NameWords($0).words
      return !releaseParts.contains($0)
        && (words.last == "version" || words.suffix(2) == ["version", "code"]
          || words.suffix(2) == ["version", "number"] || words.suffix(2) == ["version", "num"])
    }
    guard let code = codes.first(where: { (values[$0] ?? 0) >= 100 }), let value = values[code]
    else {
      if releaseParts.isEmpty {
        found("release", nil, "no macro says it; give it with --release each time")
      }
      return
    }
    guard let release = release ?? given else {
      return guessRelease(code: code, value)
    }
    let rules = VersionCodeGuess.rules(header, code: value, is: release)
    if releaseParts.isEmpty, rules.isEmpty {
      found(
        "release", nil, "\(code) is \(value), which is not \(release); give --release each time")
      return
    }
    if releaseParts.isEmpty { take(code: code, value, rules) }
    versionMacro = code
    versionRules = rules
    found(
      "version code", rules.isEmpty ? nil : code,
      rules.isEmpty
        ? "how \(code), \(value), is made of \(release) is unknown; write library: versionCode:"
        : "\(value) is \(release) with \(Self.text(rules))")
  }

  /// Where nothing but the code says the release.
  private mutating func guessRelease(code: String, _ value: Int) {
    take(code: code, value, VersionCodeGuess.likely(value))
  }

  private mutating func take(code: String, _ value: Int, _ rules: [VersionCodeGuess.Rule]) {
    releaseCode = code
    versionMacro = code
    versionRules = rules
    release = VersionCodeGuess.decode(value, rules)
    found(
      "release", code,
      "a number; that \(value) is \(release.map(\.description) ?? "?") is a guess: check library: "
        + "versionCode:")
  }

  private static func text(_ rules: [VersionCodeGuess.Rule]) -> String {
    rules.map { rule in
      "\(rule.factors.map(String.init).joined(separator: ", "))"
        + (rule.below.map { " below \($0)" } ?? "")
    }.joined(separator: "; ")
  }

  private static func integers(_ header: Header) -> [String: Int] {
    var values: [String: Int] = [:]
    for macro in header.macros where macro.parameters == nil {
      if case .integer(let value, _)? = macro.value, value >= 0 {
        values[macro.name] = Int(exactly: value)
      }
    }
    return values
  }

  /// `X_MAJOR` and the `X_MINOR`, `X_PATCH` that go with it, or `X_MAJOR_VERSION` and so on.
  private static func parts(_ names: [String]) -> [String]? {
    let known = Set(names)
    for major in names where NameWords(major).words.contains("major") {
      let upper = major.contains("MAJOR")
      func sibling(_ word: String) -> String? {
        let name =
          upper
          ? major.replacing("MAJOR", with: word.uppercased(), maxReplacements: 1)
          : major.replacing("major", with: word, maxReplacements: 1)
        return name != major && known.contains(name) ? name : nil
      }
      guard let minor = sibling("minor") else { continue }
      let patch = ["patch", "micro", "revision", "release", "patchlevel"].lazy.compactMap(sibling)
        .first
      return [major, minor] + (patch.map { [$0] } ?? [])
    }
    return nil
  }

  /// The function that tells the loaded library's release.
  mutating func guessVersionFunction(_ header: Header, _ table: TypeTable) {
    let functions = own(header).filter { NameWords($0.name).last == "version" }
    let asking = functions.filter { function in
      (1...3).contains(function.parameters.count)
        && function.parameters.allSatisfy { isInteger($0.type, table) }
    }
    // The shortest name is that of the library itself, not of one of its parts.
    guard let function = asking.min(by: { $0.name.utf8.count < $1.name.utf8.count }) else {
      let other = functions.first.map { "\($0.name) does not write an int; " } ?? ""
      found(
        "version function", nil,
        other + "the loaded library's release stays unknown (library: versionFunction:)")
      return
    }
    versionFunction = function.name
    versionCount = function.parameters.count
    let others = asking.filter { $0.name != function.name }.map(\.name)
    found(
      "version function", function.name,
      (versionCount == 1 ? "it writes one integer" : "it writes \(versionCount) integers")
        + (others.isEmpty ? "" : "; so does \(others.joined(separator: ", "))"))
    if versionCount == 1, versionRules.isEmpty {
      found(
        "version code", nil,
        "how the number that \(function.name) writes is made of the release is unknown; write "
          + "library: versionCode:")
    }
  }

  /// A pointer to an `int` or an `unsigned`, which is what the loader passes.
  private func isInteger(_ type: CType, _ table: TypeTable) -> Bool {
    guard case .pointer(let target) = table.resolve(type), !table.isConst(target) else {
      return false
    }
    return [.scalar(.int), .scalar(.unsignedInt)].contains(table.resolve(target))
  }
}
