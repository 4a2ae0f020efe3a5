/// What a user may say about the library to load.
public struct LoadOptions: Sendable {
  /// The library file. A name without "/" goes to the loader's own search. nil: the environment
  /// variables, then the sonames.
  public var path: String?
  /// Which of the vendor's builds the library is, where its version code does not tell. nil: what it
  /// shows itself to be.
  public var flavour: String?
  /// Whether the library is first opened, and asked for its version, in a child process, so that
  /// one that crashes or hangs cannot take this process with it.
  public var probe: Bool
  /// How long the child process may take. The calling thread waits for it.
  public var probeTimeout: Duration
  /// Environment variables in the place of the process's own.
  public var environment: [String: String]?

  /// Makes options; those left out leave every choice to the loader.
  public init(
    path: String? = nil, flavour: String? = nil, probe: Bool = false,
    probeTimeout: Duration = .seconds(10), environment: [String: String]? = nil
  ) {
    self.path = path
    self.flavour = flavour
    self.probe = probe
    self.probeTimeout = probeTimeout
    self.environment = environment
  }
}
