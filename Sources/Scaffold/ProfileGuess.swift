package import HeaderModel

/// What a header seems to say about its vendor, for a person to check: the beginning of a profile.
///
/// Every guess comes with its reason; what could not be guessed is left out and said.
package struct ProfileGuess: Sendable {
  /// One line of what `init` tells the user.
  package struct Finding: Hashable, Sendable {
    package var subject: String
    /// `nil`: nothing was found, and `reason` says what to do.
    package var value: String?
    package var reason: String
  }

  package var prefixes: [String] = []
  package var twinPrefix: String?
  package var releaseParts: [String] = []
  package var releaseCode: String?
  package var versionMacro: String?
  package var versionFunction: String?
  package var versionCount = 1
  /// The factors of the version code, such as 10000, 100, 1.
  package var versionFactors: [Int] = []
  package var statusType: String?
  package var success: String?
  package var pending: [String] = []
  package var errorText: String?
  package var lastError: String?
  package var handles: [String] = []
  package var byteRecords: [String] = []
  package var sentinels: [String] = []
  package var versionedStructures: [VersionedStructure] = []
  package var results: [(function: String, parameters: [String])] = []
  package var findings: [Finding] = []

  package struct VersionedStructure: Hashable, Sendable {
    package var type: String
    package var initializer: String
    package var size: String?
    package var magic: String?
    package var version: String?
  }

  package init(_ header: Header) {
    let table = TypeTable(header)
    guessPrefixes(header)
    guessStatus(header, table)
    guessRelease(header)
    guessVersionFunction(header, table)
    guessErrorFunctions(header, table)
    guessHandles(header, table)
    guessByteRecords(header, table)
    guessSentinels(header)
    guessVersionedStructures(header, table)
    guessResults(header, table)
  }

  mutating func found(_ subject: String, _ value: String?, _ reason: String) {
    findings.append(Finding(subject: subject, value: value, reason: reason))
  }

  /// The functions that are the vendor's own.
  func own(_ header: Header) -> [Function] {
    header.functions.filter { function in
      !function.isInline && !function.isStatic
        && prefixes.contains { function.name.hasPrefix($0) && function.name != $0 }
    }
  }
}
