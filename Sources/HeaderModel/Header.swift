/// Everything that one release of one vendor's header declares, as libclang saw it.
///
/// The model is faithful: it holds nothing of a vendor's habits and nothing of Swift. Reading the
/// same header twice gives equal models, whatever libclang and machine did the reading.
package struct Header: Hashable, Sendable {
  /// The version of the JSON form. A reader refuses a newer one rather than losing parts of it.
  package static let schema = 1

  /// The profile that the header was read with, such as `nccl`.
  package var vendor: String
  package var release: Release
  /// Tells libraries apart that share a name and a version code, such as two builds of VCCL.
  package var flavour: String?
  /// The target triple that sizes and offsets hold for.
  package var target: String
  /// The macro definitions given on top of the compiler's own, as `NAME=VALUE`, sorted.
  package var defines: [String]
  /// The header and the files beside it that it includes.
  package var files: [HeaderFile]
  /// What is declared only because of `defines`, by name.
  package var conditions: [Condition]
  package var functions: [Function]
  package var records: [Record]
  package var enumerations: [Enumeration]
  package var typedefs: [Typedef]
  package var variables: [Variable]
  package var macros: [Macro]

  package init(
    vendor: String, release: Release, flavour: String? = nil, target: String,
    defines: [String] = [], files: [HeaderFile] = [], conditions: [Condition] = [],
    functions: [Function] = [],
    records: [Record] = [], enumerations: [Enumeration] = [], typedefs: [Typedef] = [],
    variables: [Variable] = [], macros: [Macro] = []
  ) {
    self.vendor = vendor
    self.release = release
    self.flavour = flavour
    self.target = target
    self.defines = defines
    self.files = files
    self.conditions = conditions
    self.functions = functions
    self.records = records
    self.enumerations = enumerations
    self.typedefs = typedefs
    self.variables = variables
    self.macros = macros
  }

  /// What names this model among its vendor's: `2.28.3`, or `2.29.2-relay-buffer` with a flavour.
  package var identifier: String {
    flavour.map { "\(release)-\($0)" } ?? release.description
  }
}

extension Sequence<Header> {
  /// Ascending by release, then by flavour: the order in which a vendor's models count.
  package func sortedByRelease() -> [Header] {
    sorted { ($0.release, $0.flavour ?? "") < ($1.release, $1.flavour ?? "") }
  }
}

/// One file that declarations were taken from.
package struct HeaderFile: Hashable, Sendable {
  /// The path relative to the main header's directory.
  package var name: String
  /// SHA-256 of the bytes, as `sha256sum` prints it.
  package var digest: String

  package init(name: String, digest: String) {
    self.name = name
    self.digest = digest
  }
}

/// The condition that a declaration stands under, where it names a macro that the reader was given
/// on top of the compiler's own: without that macro the declaration would be another, or none.
package struct Condition: Hashable, Sendable {
  /// Of the declaration; a field's is `Tag.field`.
  package var name: String
  /// As `#if` has it.
  package var text: String

  package init(name: String, text: String) {
    self.name = name
    self.text = text
  }
}
