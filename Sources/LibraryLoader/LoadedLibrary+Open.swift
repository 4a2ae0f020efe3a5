extension LoadedLibrary {
  /// Finds, opens and examines a vendor's library.
  ///
  /// Tried are: the path in the options; the first of the vendor's environment variables that is
  /// set and not empty; the vendor's sonames. A file that a user names by one of the first two is
  /// the only one tried; for a soname, the dynamic loader first takes a library of that soname that
  /// the process has already. Opening a file again, for the same vendor and flavour, gives the same
  /// object. The calling thread waits for the library's constructors and, with `probe`, for a child
  /// process.
  public static func open(
    _ description: LibraryDescription, options: LoadOptions = LoadOptions()
  ) throws(LoadError) -> LoadedLibrary {
    if let flavour = options.flavour {
      let known = description.flavours.map { $0.name.text }
      guard known.contains(flavour) else {
        throw .unknownFlavour(
          LoadError.UnknownFlavour(vendor: description.vendor, flavour: flavour, known: known))
      }
    }
    let search = CandidateSearch(description, options)
    var attempts: [LoadError.Attempt] = []
    for candidate in search.candidates {
      switch try load(candidate, description, options) {
      case .loaded(let object):
        return try examine(object, candidate, description, flavour: options.flavour)
      case .failed(let attempt):
        attempts.append(attempt)
      }
    }
    throw .notFound(
      LoadError.NotFound(
        vendor: description.vendor, attempts: attempts, passedOver: search.passedOver,
        environmentVariables: description.environmentVariables,
        emptyVariables: search.emptyVariables))
  }

  private enum Loading {
    case loaded(LoadedObject)
    case failed(LoadError.Attempt)
  }

  private static func load(
    _ candidate: Candidate, _ description: LibraryDescription, _ options: LoadOptions
  ) throws(LoadError) -> Loading {
    if let refusal = FileDiagnosis.refusal(of: candidate.path, names: description.names) {
      return .failed(LoadError.Attempt(candidate: candidate, message: refusal, hint: nil))
    }
    // A library that is in this process already has shown that it can be.
    if options.probe && !LoadedObject.isLoaded(candidate.path) {
      let probe = Probe(description: description, timeout: options.probeTimeout)
      if case .notOpened(let message) = try probe.run(candidate) {
        return .failed(attempt(candidate, message))
      }
    }
    do throws(LoadedObject.Failure) {
      return .loaded(try LoadedObject.open(candidate.path))
    } catch {
      return .failed(attempt(candidate, error.message))
    }
  }

  private static func attempt(_ candidate: Candidate, _ message: String) -> LoadError.Attempt {
    LoadError.Attempt(
      candidate: candidate, message: message,
      hint: FileDiagnosis.hint(for: candidate.path, loaderMessage: message))
  }

  private static func examine(
    _ object: LoadedObject, _ candidate: Candidate, _ description: LibraryDescription,
    flavour: String?
  ) throws(LoadError) -> LoadedLibrary {
    if let known = LibraryCache.library(object, description, flavour: flavour) { return known }
    let resolution = SymbolResolution(description, in: object)
    try checkVendor(resolution, object, candidate, description)
    let version: LibraryVersion
    do throws(LibraryVersion.Failure) {
      version = try LibraryVersion.read(from: object, description.version)
    } catch {
      throw .versionCallFailed(
        LoadError.VersionCallFailure(
          vendor: description.vendor, candidate: candidate, function: error.function,
          status: error.status))
    }
    return LibraryCache.keep(
      LoadedLibrary(
        description, object, resolution, version, candidate: candidate,
        flavour: try decideFlavour(flavour, object, version, candidate, description)))
  }

  /// The user's word wins; else exactly one flavour must match. None is no error: the calls that
  /// depend on it are refused one by one.
  private static func decideFlavour(
    _ named: String?, _ object: LoadedObject, _ version: LibraryVersion, _ candidate: Candidate,
    _ description: LibraryDescription
  ) throws(LoadError) -> (name: String, source: FlavourSource)? {
    if let named { return (named, .named) }
    let matches = FlavourDetection(
      description.flavours, in: object, versionCode: version.code
    ).matches
    guard matches.count <= 1 else {
      throw .ambiguousFlavour(
        LoadError.AmbiguousFlavour(
          vendor: description.vendor, candidate: candidate, path: object.path,
          choices: matches.map { match in
            LoadError.AmbiguousFlavour.Choice(
              flavour: match.flavour, summary: match.summary, evidence: match.evidence)
          }))
    }
    return matches.first.map { ($0.flavour, .detected(evidence: $0.evidence)) }
  }

  /// One function of the vendor's is enough; a library with none is something else.
  private static func checkVendor(
    _ resolution: SymbolResolution, _ object: LoadedObject, _ candidate: Candidate,
    _ description: LibraryDescription
  ) throws(LoadError) {
    var dependency: String?
    for entry in resolution.entries {
      switch entry.presence {
      case .exported: return
      case .foreign(let name): dependency = dependency ?? name
      case .absent: continue
      }
    }
    guard !resolution.entries.isEmpty else { return }
    throw .wrongLibrary(
      LoadError.WrongLibrary(
        vendor: description.vendor, candidate: candidate, path: object.path,
        functionCount: resolution.entries.count,
        dependencyWithFunctions: dependency.map { resolvedPath($0) ?? $0 }))
  }
}
