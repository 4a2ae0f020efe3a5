/// What the rules know of a vendor and no header says; a profile has it.
package struct VendorConventions: Sendable {
  /// A structure that carries its own size, a magic number and a version, by the name people use.
  package struct VersionedStructure: Sendable {
    /// The macro that initialises it.
    package var initializer: String

    package init(initializer: String) { self.initializer = initializer }
  }

  package var versionedStructures: [String: VersionedStructure]
  /// Enumerators that are counts or range ends.
  package var sentinels: Set<String>
  /// The macros that tell the release.
  package var releaseMacros: Set<String>
  /// Profiling twins, each with the function that it doubles.
  package var twins: [String: String]
  /// What a twin's name starts with, in front of the doubled function's name.
  package var twinPrefix: String?

  package init(
    versionedStructures: [String: VersionedStructure] = [:], sentinels: Set<String> = [],
    releaseMacros: Set<String> = [], twins: [String: String] = [:], twinPrefix: String? = nil
  ) {
    self.versionedStructures = versionedStructures
    self.sentinels = sentinels
    self.releaseMacros = releaseMacros
    self.twins = twins
    self.twinPrefix = twinPrefix
  }

  /// The function that a twin doubles; `nil` for other functions.
  func original(of name: String) -> String? {
    if let given = twins[name] { return given }
    guard let twinPrefix, !twinPrefix.isEmpty, name.hasPrefix(twinPrefix) else { return nil }
    return String(name.dropFirst(twinPrefix.count))
  }

  func isInitializer(_ macro: String) -> Bool {
    versionedStructures.values.contains { $0.initializer == macro }
  }
}
