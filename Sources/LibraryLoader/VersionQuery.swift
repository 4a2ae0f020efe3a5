/// One way in which a version code decodes.
///
/// NCCL has two: codes below 10000 are major * 1000 + minor * 100 + patch, later ones
/// major * 10000 + minor * 100 + patch. CUDA's is major * 1000 + minor * 10.
public struct VersionCodeRule: Sendable, Hashable {
  let limit: Int?
  let majorUnit, minorUnit, patchUnit: Int

  /// Makes a rule for the codes below `limit`, or for all.
  ///
  /// - Parameters:
  ///   - limit: The first code that the rule does not hold for; nil: it holds for all.
  ///   - major: What one major release adds to the code.
  ///   - minor: What one minor release adds.
  ///   - patch: What one patch release adds; 0: the code has no patch part.
  public init(below limit: Int?, major: Int, minor: Int, patch: Int) {
    self.limit = limit
    majorUnit = major
    minorUnit = minor
    patchUnit = patch
  }

  /// The release that `code` stands for; nil where the rule does not hold for it.
  public func decode(_ code: Int) -> LibraryRelease? {
    guard code > 0, majorUnit > 0 else { return nil }
    if let limit, code >= limit { return nil }
    let afterMajor = code % majorUnit
    guard minorUnit > 0 else { return LibraryRelease(code / majorUnit, 0, 0) }
    let patch = patchUnit > 0 ? afterMajor % minorUnit / patchUnit : 0
    return LibraryRelease(code / majorUnit, afterMajor / minorUnit, patch)
  }
}

/// How a library is asked for its release.
public enum VersionQuery: Sendable {
  /// It cannot say.
  case none
  /// `int function(int *code)`; the first rule that holds for the code decodes it.
  case code(function: StaticString, rules: [VersionCodeRule])
  /// `int function(int *major, int *minor)`, or with a third `int *patch` where `count` is 3.
  case parts(function: StaticString, count: Int)

  /// The C function, and how many ints it fills.
  var call: (function: StaticString, valueCount: Int)? {
    switch self {
    case .none: nil
    case .code(let function, _): (function, 1)
    case .parts(let function, let count): (function, min(max(count, 1), 3))
    }
  }
}
