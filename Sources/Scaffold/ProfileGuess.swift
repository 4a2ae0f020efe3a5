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
  /// Twins whose name does not follow from the prefix, to the function that they double.
  package var twins: [String: String] = [:]
  package var releaseParts: [String] = []
  package var releaseCode: String?
  package var versionMacro: String?
  package var versionFunction: String?
  package var versionCount = 1
  package var versionRules: [VersionCodeGuess.Rule] = []
  /// The release that the macros say, as far as the guess goes.
  package var release: Release?
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

  /// Looks at a header. `release` is what the user says about it, if anything.
  package init(_ header: Header, release: Release? = nil) {
    let table = TypeTable(header)
    guessPrefixes(header)
    guessTwins(header)
    guessStatus(header, table)
    guessRelease(header, given: release)
    guessVersionFunction(header, table)
    guessErrorFunctions(header, table)
    guessHandles(header, table)
    guessByteRecords(header, table)
    guessSentinels(header)
    guessVersionedStructures(header, table)
    guessResults(header, table)
  }

  package mutating func found(_ subject: String, _ value: String?, _ reason: String) {
    findings.append(Finding(subject: subject, value: value, reason: reason))
  }

  /// The functions that are the vendor's own and in its library.
  func own(_ header: Header) -> [Function] {
    header.functions.filter { function in
      !function.isInline && !function.isStatic
        && prefixes.contains { function.name.hasPrefix($0) && function.name != $0 }
    }
  }

  /// The macros whose names begin as the functions do come first: a header may repeat the version
  /// of what it was made for.
  func ownFirst(_ names: [String]) -> [String] {
    let stem = (prefixes.first ?? "").lowercased().filter { $0 != "_" }
    guard !stem.isEmpty else { return names }
    let isOwn = { (name: String) in name.lowercased().hasPrefix(stem) }
    return names.filter(isOwn) + names.filter { !isOwn($0) }
  }
}

extension ProfileGuess {
  /// Takes a guess back that the planner has refused; `false` if no guess is about the name.
  ///
  /// What stands for the whole module, the prefix and the status, is never taken back.
  package mutating func drop(_ name: String, because reason: String) -> Bool {
    let subject: String
    if let index = versionedStructures.firstIndex(where: {
      $0.type == name || $0.initializer == name
    }) {
      subject = "versioned structure \(versionedStructures.remove(at: index).type)"
    } else if let index = results.firstIndex(where: { $0.function == name }) {
      subject = "results of \(results.remove(at: index).function)"
    } else if let index = byteRecords.firstIndex(of: name) {
      subject = "bytes to hand around \(byteRecords.remove(at: index))"
    } else if let index = handles.firstIndex(of: name) {
      subject = "handle \(handles.remove(at: index))"
    } else if let index = sentinels.firstIndex(of: name) {
      subject = "count \(sentinels.remove(at: index))"
    } else if versionFunction == name {
      (versionFunction, subject) = (nil, "version function \(name)")
    } else {
      return false
    }
    found(subject, nil, "taken back: \(reason)")
    return true
  }
}
