/// A call to a vendor's library that failed, or that could not be made.
///
/// It is one pointer wide, so that a throwing call costs next to nothing while it succeeds.
public struct CollectiveError: Error, Sendable {
  /// What kind of failure it is.
  public enum Kind: Sendable, Hashable {
    /// The call returned a status that is neither success nor pending. Codes without a name in the
    /// vendor's headers are kept as they are.
    case status(code: Int)
    /// The loaded library lacks the symbol, or which of its signatures is right is not known.
    case symbolUnavailable
    /// A field that the loaded release does not know has been set.
    case fieldUnsupported
    /// An argument that the loaded library's function does not take has been given.
    case argumentUnsupported
    /// An argument is wrong whatever the library.
    case invalidArgument
  }

  final class Storage: Sendable {
    let vendor: String
    let call: String
    let kind: Kind
    let codeName, text, lastError: String?
    let libraryPath: String
    let release: LibraryRelease?
    let rank: Int?

    init(
      vendor: String, call: String, kind: Kind, codeName: String? = nil, text: String?,
      lastError: String? = nil, libraryPath: String, release: LibraryRelease?, rank: Int? = nil
    ) {
      self.vendor = vendor
      self.call = call
      self.kind = kind
      self.codeName = codeName
      self.text = text
      self.lastError = lastError
      self.libraryPath = libraryPath
      self.release = release
      self.rank = rank
    }
  }

  private let storage: Storage

  init(_ storage: Storage) {
    self.storage = storage
  }

  /// The vendor's name.
  public var vendor: String { storage.vendor }
  /// The C symbol of the call; of a field, the C structure's name.
  public var call: String { storage.call }
  /// What kind of failure it is.
  public var kind: Kind { storage.kind }
  /// The status code's name in the loaded release; nil for a code that it does not have.
  public var codeName: String? { storage.codeName }
  /// What the library says about the status code; for the other kinds, what is wrong.
  public var text: String? { storage.text }
  /// What the library says about its last error.
  public var lastError: String? { storage.lastError }
  /// The file of the loaded library.
  public var libraryPath: String { storage.libraryPath }
  /// The loaded library's release, where known.
  public var release: LibraryRelease? { storage.release }
  /// The rank of the communicator that the call was made for, where known.
  public var rank: Int? { storage.rank }

  /// The same error with the rank that it happened on.
  public func withRank(_ rank: Int) -> CollectiveError {
    CollectiveError(
      Storage(
        vendor: vendor, call: call, kind: kind, codeName: codeName, text: text,
        lastError: lastError, libraryPath: libraryPath, release: release, rank: rank))
  }
}

extension CollectiveError: CustomStringConvertible {
  /// One line with everything that is known.
  public var description: String {
    let place = rank.map { " on rank \($0)" } ?? ""
    let library = "\(vendor) \(release.map(\.description) ?? "of unknown release"), \(libraryPath)"
    switch kind {
    case .status(let code):
      var parts = [
        "\(vendor) \(call) failed\(place): "
          + (codeName.map { "\($0) (\(code))" } ?? "unknown code \(code)")
      ]
      if let text, !text.isEmpty { parts[0] += ": \(text)" }
      if let lastError, !lastError.isEmpty { parts.append("last error: \(lastError)") }
      return (parts + [library]).joined(separator: "; ")
    case .invalidArgument:
      return "\(vendor) \(call) not called\(place): \(text ?? "invalid argument"); \(library)"
    case .symbolUnavailable, .fieldUnsupported, .argumentUnsupported:
      // The text names the release and the file, where those matter.
      return "\(vendor)\(place): \(text ?? "\(call) is not available")"
    }
  }
}
