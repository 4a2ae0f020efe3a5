import HeaderModel

extension ProfileGuess {
  /// The macros that tell the release.
  mutating func guessRelease(_ header: Header) {
    func integer(_ name: String) -> Int? {
      guard let macro = header.macros.last(where: { $0.name == name }),
        case .integer(let value, _) = macro.value, value >= 0
      else { return nil }
      return Int(exactly: value)
    }
    let names = header.macros.map(\.name)
    for major in names where major.hasSuffix("MAJOR") && integer(major) != nil {
      let stem = String(major.dropLast(5))
      let parts = [major] + ["MINOR", "PATCH"].map { stem + $0 }.filter { integer($0) != nil }
      guard parts.count > 1 else { continue }
      releaseParts = parts
      found("release", parts.joined(separator: ", "), "macros with these values")
      break
    }
    let codes = names.filter {
      $0.hasSuffix("VERSION_CODE") || $0.hasSuffix("_VERSION") || $0 == "VERSION"
    }
    guard let code = codes.first(where: { integer($0) != nil }), let value = integer(code) else {
      if releaseParts.isEmpty {
        found("release", nil, "no macro says it; give it with --release each time")
      }
      return
    }
    versionMacro = code
    guard !releaseParts.isEmpty else {
      releaseCode = code
      found(
        "release", code,
        "a number; how it decodes is written under library: versionCode:, which is a guess")
      versionFactors = Self.factors(of: value)
      return
    }
    let parts = releaseParts.map { integer($0) ?? 0 }
    for factors in Self.knownFactors {
      if zip(parts, factors).map({ $0 * $1 }).reduce(0, +) == value {
        versionFactors = factors
        found("version code", code, "\(value) is made of the release with \(factors)")
        return
      }
    }
    found(
      "version code", nil,
      "how \(code), \(value), is made of the release is unknown; write library: versionCode:")
  }

  private static let knownFactors = [
    [10000, 100, 1], [1_000_000, 1000, 1], [1000, 100, 1], [1000, 10, 1], [1 << 16, 1 << 8, 1],
  ]

  private static func factors(of value: Int) -> [Int] {
    value >= 10_000_000
      ? [1_000_000, 1000, 1] : value >= 10000 ? [10000, 100, 1] : [1000, 100, 1]
  }

  /// The function that tells the loaded library's release.
  mutating func guessVersionFunction(_ header: Header, _ table: TypeTable) {
    for function in own(header) where function.name.lowercased().hasSuffix("version") {
      let isWriting = function.parameters.allSatisfy { parameter in
        guard case .pointer(let target) = table.resolve(parameter.type),
          case .scalar(let scalar) = table.resolve(target)
        else { return false }
        return !scalar.isFloating && !table.isConst(target)
      }
      guard isWriting, (1...3).contains(function.parameters.count) else { continue }
      versionFunction = function.name
      versionCount = function.parameters.count
      found(
        "version function", function.name,
        versionCount == 1 ? "it writes one integer" : "it writes \(versionCount) integers")
      return
    }
    found(
      "version function", nil,
      "none was found; the loaded library's release stays unknown (library: versionFunction:)")
  }

  /// The functions that put an error into words.
  mutating func guessErrorFunctions(_ header: Header, _ table: TypeTable) {
    for function in own(header) where isText(function.result, table) {
      let takesStatus =
        function.parameters.count == 1 && statusType != nil
        && function.parameters[0].type.unqualified == .typedef(statusType ?? "")
      if takesStatus, errorText == nil {
        errorText = function.name
        found("error text", function.name, "it makes text of a status")
      } else if function.name.lowercased().contains("lasterror"), function.parameters.count <= 1 {
        lastError = function.name
        found("last error", function.name, "by the name")
      }
    }
  }

  private func isText(_ type: CType, _ table: TypeTable) -> Bool {
    guard case .pointer(let target) = table.resolve(type) else { return false }
    return table.isConst(target) && table.resolve(target) == .scalar(.char)
  }
}
