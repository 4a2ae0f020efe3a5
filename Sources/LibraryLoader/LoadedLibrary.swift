/// A vendor's library, loaded, with the addresses of its functions: what a generated module fills
/// its table from, and makes its errors with.
///
/// All addresses come from one loaded file. A library stays loaded to the end of the process.
public final class LoadedLibrary: Sendable {
  /// The vendor's name in messages.
  public let vendor: String
  /// The file that is loaded, as the dynamic loader reports it, with links resolved.
  public let path: String
  /// The name under which it was first asked for.
  public let requestedPath: String
  /// Where that name came from.
  public let foundBy: Candidate.Source
  /// The release that the library says it is; nil where it cannot say, or says so in a way that
  /// this module does not know.
  public let release: LibraryRelease?
  /// The version code that the library gives, where its vendor has such a code.
  public let versionCode: Int?
  /// Which of the vendor's builds this is: the one that the caller named, else the one that it shows
  /// itself to be; nil where neither says.
  public let flavour: String?
  /// Who says so.
  public let flavourSource: FlavourSource?
  /// The newest release with a model that is not newer than the loaded library: the one that
  /// versioned structs are laid out for.
  ///
  /// nil if the library is older than every model, or of unknown release while there are several
  /// models, or of a flavour whose headers are not known.
  public let layoutRelease: LibraryRelease?

  /// Whether there are headers that say how a library of this flavour is called.
  let isModelled: Bool
  let libraryDescription: LibraryDescription
  let object: LoadedObject
  let resolution: SymbolResolution

  init(
    _ description: LibraryDescription, _ object: LoadedObject, _ resolution: SymbolResolution,
    _ version: LibraryVersion, candidate: Candidate,
    flavour: (name: String, source: FlavourSource)?
  ) {
    libraryDescription = description
    self.object = object
    vendor = description.vendor
    path = object.path
    requestedPath = candidate.path
    foundBy = candidate.source
    release = version.release
    versionCode = version.code
    self.flavour = flavour?.name
    flavourSource = flavour?.source
    isModelled = description.hasModels(ofFlavour: flavour?.name)
    if !isModelled {
      layoutRelease = nil
    } else if let release = version.release {
      layoutRelease = description.releases.filter { $0 <= release }.max()
    } else {
      layoutRelease = description.releases.count == 1 ? description.releases.first : nil
    }
    var resolution = resolution
    resolution.fill(
      description.symbols, release: version.release, flavour: flavour?.name, isModelled: isModelled)
    self.resolution = resolution
  }

  /// Stores the address of slot i, or null, at byte 8 * i.
  ///
  /// Of a symbol's variants only the one that is right for the loaded library is not null.
  ///
  /// - Parameter table: Room for exactly as many pointers as the description has slots.
  public func fill(_ table: UnsafeMutableRawBufferPointer) {
    resolution.slots.withUnsafeBytes { slots in
      precondition(
        table.count == slots.count,
        "a table for \(vendor) has \(table.count) bytes, its description \(slots.count)")
      table.copyMemory(from: slots)
    }
  }

  /// Whether slot `slot` is filled.
  public func isAvailable(_ slot: Int) -> Bool {
    resolution.slots.indices.contains(slot) && resolution.slots[slot] != 0
  }

  /// Whether one of several slots is filled.
  public func hasAny(_ slots: Range<Int>) -> Bool { slots.contains { isAvailable($0) } }

  /// The address of any symbol that the library itself exports, whether in the table or not.
  public func address(ofSymbol name: String) -> UnsafeMutableRawPointer? {
    guard !name.utf8.contains(0), case .own(let address) = object.symbol(name) else { return nil }
    return address
  }
}
