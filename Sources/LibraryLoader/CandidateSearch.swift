internal import Glibc

/// Decides which files are tried, in which order, and which are not.
///
/// The order is: the path given, the environment variables, the sonames. A file that the user names
/// is the only one tried: falling back to another in silence would run a program on a library that
/// its user believes to have replaced.
struct CandidateSearch {
  /// Tried in order.
  let candidates: [Candidate]
  /// Left out because the user names a file.
  let passedOver: [Candidate]
  /// The variables that may name the library and are set, but empty.
  let emptyVariables: [String]

  init(_ description: LibraryDescription, _ options: LoadOptions) {
    var named: [Candidate] = []
    if let path = options.path {
      named.append(Candidate(source: .explicitPath, path: path))
    }
    var empty: [String] = []
    for name in description.environmentVariables {
      guard let value = Self.value(of: name, in: options.environment) else { continue }
      if value.isEmpty {
        empty.append(name)
      } else {
        named.append(Candidate(source: .environmentVariable(name), path: value))
      }
    }
    let wellKnown = description.names.map { Candidate(source: .soname($0), path: $0) }
    candidates = named.isEmpty ? wellKnown : [named[0]]
    passedOver = named.isEmpty ? [] : named.dropFirst() + wellKnown
    emptyVariables = empty
  }

  private static func value(of name: String, in environment: [String: String]?) -> String? {
    if let environment { return environment[name] }
    return getenv(name).map { String(cString: $0) }
  }
}
