/// One of several builds of a vendor's library that its version code does not tell apart, or another
/// vendor's library under the same name.
public struct FlavourDescription: Sendable {
  /// What `LoadOptions.flavour` calls it.
  public let name: StaticString
  /// What sets it apart, in a few words.
  public let summary: StaticString
  /// Whether headers of this flavour were read. Without them only what is the same for every build
  /// can be used: functions of one signature, and no versioned struct.
  public let hasModels: Bool
  /// How a library shows that it is this flavour: one of the rules holds. Empty: only the user can
  /// say.
  public let detect: [FlavourRule]

  /// Describes a flavour.
  public init(
    _ name: StaticString, summary: StaticString, hasModels: Bool = true, detect: [FlavourRule] = []
  ) {
    self.name = name
    self.summary = summary
    self.hasModels = hasModels
    self.detect = detect
  }

  func isSame(as other: FlavourDescription) -> Bool {
    name.isSameText(as: other.name) && hasModels == other.hasModels
      && detect.elementsEqual(other.detect) { $0.isSame(as: $1) }
  }
}

/// What is seen of a library of one flavour and of no other; all of it must hold.
public struct FlavourRule: Sendable {
  /// Symbols that the library exports.
  public let exports: [StaticString]
  /// Symbols that it does not export.
  public let lacks: [StaticString]
  /// What its version function may say; empty: anything.
  public let versionCodes: [Int]

  /// Makes a rule.
  public init(
    exports: [StaticString] = [], lacks: [StaticString] = [], versionCodes: [Int] = []
  ) {
    self.exports = exports
    self.lacks = lacks
    self.versionCodes = versionCodes
  }

  func isSame(as other: FlavourRule) -> Bool {
    exports.elementsEqual(other.exports) { $0.isSameText(as: $1) }
      && lacks.elementsEqual(other.lacks) { $0.isSameText(as: $1) }
      && versionCodes == other.versionCodes
  }
}

/// Who says which flavour a loaded library is.
public enum FlavourSource: Sendable, Hashable, CustomStringConvertible {
  /// The caller, in `LoadOptions.flavour`.
  case named
  /// The library itself: "exports ncclAlltoAllv".
  case detected(evidence: String)

  /// "named in LoadOptions.flavour", or "detected: exports ncclAlltoAllv".
  public var description: String {
    switch self {
    case .named: "named in LoadOptions.flavour"
    case .detected(let evidence): "detected: \(evidence)"
    }
  }
}
