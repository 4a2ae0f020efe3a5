/// A file name that the loader tries, and where it comes from.
public struct Candidate: Sendable, Hashable, CustomStringConvertible {
  /// Who says that this may be the library.
  public enum Source: Sendable, Hashable, CustomStringConvertible {
    /// The caller.
    case explicitPath
    /// The environment variable of that name.
    case environmentVariable(String)
    /// The vendor's well-known name.
    case soname(String)

    /// "path given", "NCCL_LIBRARY_PATH" or "soname libnccl.so.2".
    public var description: String {
      switch self {
      case .explicitPath: "path given"
      case .environmentVariable(let name): name
      case .soname(let name): "soname \(name)"
      }
    }
  }

  /// Who names the file.
  public let source: Source
  /// What is given to the dynamic loader.
  public let path: String

  /// Makes a candidate.
  public init(source: Source, path: String) {
    self.source = source
    self.path = path
  }

  /// The path, quoted, and its source; only the source where that has the name already.
  public var description: String {
    if case .soname = source { return source.description }
    return "\"\(path)\" (\(source))"
  }
}
