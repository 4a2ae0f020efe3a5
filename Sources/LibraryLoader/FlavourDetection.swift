/// Which of a vendor's flavours an opened library shows itself to be.
struct FlavourDetection {
  struct Match: Equatable {
    let flavour: String
    let summary: String
    let evidence: String
  }

  /// One for each flavour of which a rule holds, in the description's order.
  let matches: [Match]

  init(_ flavours: [FlavourDescription], in object: LoadedObject, versionCode: Int?) {
    matches = flavours.compactMap { flavour in
      flavour.detect.first { $0.holds(in: object, versionCode) }.map { rule in
        Match(
          flavour: flavour.name.text, summary: flavour.summary.text,
          evidence: rule.evidence(versionCode))
      }
    }
  }
}

extension FlavourRule {
  fileprivate func holds(in object: LoadedObject, _ versionCode: Int?) -> Bool {
    guard versionCodes.isEmpty || versionCode.map(versionCodes.contains) ?? false else {
      return false
    }
    return exports.allSatisfy { object.exports($0) } && !lacks.contains { object.exports($0) }
  }

  /// "exports a and b, lacks c, version code 5".
  fileprivate func evidence(_ versionCode: Int?) -> String {
    var parts: [String] = []
    if !exports.isEmpty { parts.append("exports \(list(exports))") }
    if !lacks.isEmpty { parts.append("lacks \(list(lacks))") }
    if !versionCodes.isEmpty, let versionCode { parts.append("version code \(versionCode)") }
    return parts.joined(separator: ", ")
  }

  private func list(_ names: [StaticString]) -> String {
    names.map(\.text).joined(separator: " and ")
  }
}

extension LoadedObject {
  fileprivate func exports(_ name: StaticString) -> Bool {
    if case .own = symbol(name) { true } else { false }
  }
}
