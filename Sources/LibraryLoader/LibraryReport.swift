/// What is known about a loaded library: what to print when something does not work.
public struct LibraryReport: Sendable {
  /// A symbol of the table that the library lacks.
  public struct MissingSymbol: Sendable, Hashable {
    /// The C name.
    public let name: String
    /// The first known release that has it.
    public let since: LibraryRelease
    /// Whether the headers of the loaded release declare it, so that it should be there.
    public let isExpected: Bool
  }

  /// Another loaded object that is, or contains, a library of the same vendor.
  public struct OtherCopy: Sendable, Hashable {
    /// The file; empty for the program itself.
    public let path: String
    /// Whether the process's other libraries find the vendor's functions in this one. They do when
    /// it was loaded with RTLD_GLOBAL or linked to the program; then even the loaded library's
    /// calls to its own functions may end there.
    public let isGlobal: Bool
  }

  /// The vendor's name.
  public let vendor: String
  /// The file that is loaded.
  public let path: String
  /// The name under which it was asked for.
  public let requestedPath: String
  /// Where that name came from.
  public let foundBy: Candidate.Source
  /// The release that the library says it is.
  public let release: LibraryRelease?
  /// The version code that it gives.
  public let versionCode: Int?
  /// The newest release that the module was generated for.
  public let newestKnownRelease: LibraryRelease?
  /// The release that versioned structs are laid out for.
  public let layoutRelease: LibraryRelease?
  /// Which of the vendor's builds it is, where that is known.
  public let flavour: String?
  /// Who says so.
  public let flavourSource: FlavourSource?
  /// The symbols of the table that the library has, in the table's order.
  public let present: [String]
  /// The symbols of the table that it lacks, in the table's order.
  public let missing: [MissingSymbol]
  /// The symbols that it has, but that are not called: which signature is right is not known.
  public let undecided: [String]
  /// What it exports under the vendor's prefixes and no known header declares, sorted.
  public let unexpected: [String]
  /// Why `unexpected` could not be found out.
  public let exportsProblem: String?
  /// Other copies of the vendor's library in this process.
  public let otherLoadedCopies: [OtherCopy]
}

extension LibraryReport: CustomStringConvertible {
  /// The report as text, one fact a line.
  public var description: String {
    var lines = ["\(vendor) \(release.map(\.description) ?? "of unknown release")"]
    func add(_ label: String, _ value: String?) {
      if let value { lines.append("  \(label): \(value)") }
    }
    func add(_ label: String, _ names: [String]) {
      guard !names.isEmpty else { return }
      lines.append("  \(label): \(names.count)")
      lines += names.map { "    \($0)" }
    }
    add("file", path)
    add("found by", foundBy.description)
    add("asked for as", requestedPath == path ? nil : requestedPath)
    add("version code", versionCode.map(String.init))
    add("flavour", flavour.map { "\($0) (\(flavourSource?.description ?? "unknown source"))" })
    add("newest known release", newestKnownRelease?.description)
    add("structs laid out for", layoutRelease?.description ?? "no release")
    add("symbols present", "\(present.count) of \(present.count + missing.count)")
    add(
      "missing",
      missing.map { symbol in
        "\(symbol.name) (since \(symbol.since))"
          + (symbol.isExpected ? ", though this release declares it" : "")
      })
    add("present, but of unknown signature", undecided)
    add("exported, but not declared by any known header", unexpected)
    add("exports not read", exportsProblem)
    add(
      "other copies in this process",
      otherLoadedCopies.map { copy in
        (copy.path.isEmpty ? "the program itself" : copy.path)
          + (copy.isGlobal ? " (visible to all libraries)" : "")
      })
    return lines.joined(separator: "\n")
  }
}
