internal import Synchronization

/// The libraries loaded so far: this process's only state, and the reason why two loads of one file
/// give one object.
///
/// The lock is never held while a library's code runs (constructors, the version function): that
/// could take for ever, or come back here. Two threads may thus load the same file at once; the
/// first to arrive here wins and both get its object.
enum LibraryCache {
  private struct Key: Hashable {
    let object: LoadedObject
    let vendor: String
    /// The one that the caller named: what the library shows itself to be does not change.
    let flavour: String?
  }

  private static let libraries = Mutex<[Key: [LoadedLibrary]]>([:])

  /// Modules generated from different models share a library file, but not its table, so the
  /// description counts too.
  static func library(
    _ object: LoadedObject, _ description: LibraryDescription, flavour: String?
  ) -> LoadedLibrary? {
    let key = Key(object: object, vendor: description.vendor, flavour: flavour)
    return libraries.withLock { libraries in
      libraries[key]?.first { $0.libraryDescription.hasSameTable(as: description) }
    }
  }

  /// Keeps `library`, or returns the one that another thread was faster with.
  static func keep(_ library: LoadedLibrary) -> LoadedLibrary {
    let description = library.libraryDescription
    let key = Key(object: library.object, vendor: description.vendor, flavour: library.namedFlavour)
    return libraries.withLock { libraries in
      let known = libraries[key]?.first { $0.libraryDescription.hasSameTable(as: description) }
      if let known { return known }
      libraries[key, default: []].append(library)
      return library
    }
  }
}

extension LoadedLibrary {
  fileprivate var namedFlavour: String? { flavourSource == .named ? flavour : nil }
}
