import BindingPlan
import HeaderModel

/// Which of the vendor's flavours a library shows itself to be, by the same rules as at run time.
package struct FlavourFindings: Sendable, Equatable {
  package struct Match: Sendable, Equatable {
    package let flavour: String
    package let summary: String
    package let evidence: String
    /// Whether there are headers to check it against.
    package let hasModels: Bool
  }

  package let matches: [Match]
  /// Those that a version code might show, which was not asked for.
  package let undecided: [String]
  /// Those that have rules, none of which holds.
  package let others: [String]
  /// Those that nothing but the user can tell.
  package let unseen: [String]

  /// The flavour, where there is no doubt.
  var only: String? { matches.count == 1 ? matches[0].flavour : nil }

  init(
    _ profile: VendorProfile, _ models: [Header], _ exports: Exports, versionCode: Int?
  ) {
    let modelled = profile.modelledFlavours(models)
    var matches: [Match] = []
    var undecided: [String] = []
    var others: [String] = []
    for flavour in profile.flavours where !flavour.detect.isEmpty {
      let fitting = flavour.detect.filter { $0.fits(exports) }
      let rule = fitting.first { rule in
        rule.versionCodes.isEmpty || versionCode.map(rule.versionCodes.contains) ?? false
      }
      if let rule {
        matches.append(
          Match(
            flavour: flavour.name, summary: flavour.summary, evidence: rule.evidence(versionCode),
            hasModels: modelled.contains(flavour.name)))
      } else if versionCode == nil, !fitting.isEmpty {
        undecided.append(flavour.name)
      } else {
        others.append(flavour.name)
      }
    }
    self.matches = matches
    self.undecided = undecided
    self.others = others
    unseen = profile.flavours.filter { $0.detect.isEmpty && !$0.isOwn }.map(\.name)
  }
}

extension VendorProfile.FlavourRule {
  /// Whether the symbols are as the rule wants them; the version code is another matter.
  fileprivate func fits(_ exports: Exports) -> Bool {
    self.exports.allSatisfy(exports.has) && !lacks.contains(where: exports.has)
  }

  fileprivate func evidence(_ versionCode: Int?) -> String {
    var parts: [String] = []
    if !exports.isEmpty { parts.append("exports \(exports.joined(separator: " and "))") }
    if !lacks.isEmpty { parts.append("lacks \(lacks.joined(separator: " and "))") }
    if !versionCodes.isEmpty, let versionCode { parts.append("version code \(versionCode)") }
    return parts.joined(separator: ", ")
  }
}
