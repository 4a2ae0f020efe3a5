public import CollectiveInterface
internal import LibraryLoader

/// What names a communicator that is to be: one rank makes it, and all ranks get its bytes.
///
/// It serves for one communicator.
public struct UniqueID: Sendable, Hashable {
  /// As many as the library's unique ID has: 128 of NCCL's.
  public let bytes: [UInt8]

  /// Takes the bytes that another rank's `bytes` gave.
  ///
  /// - Throws: `CommunicatorError` of kind `invalidArgument` if the library's IDs have another length.
  public init(
    bytes: some Collection<UInt8>, for library: any CollectiveLibrary
  ) throws(CommunicatorError) {
    self.bytes = Array(bytes)
    try check(for: library)
  }

  /// Whether it can be one of a library's.
  func check(for library: any CollectiveLibrary) throws(CommunicatorError) {
    let expected = type(of: library).collectives.uniqueIDByteCount
    guard bytes.count == expected else {
      throw CommunicatorError(
        .invalidArgument, in: "UniqueID",
        "a unique ID of \(library.library.vendor) has \(expected) bytes, not \(bytes.count)")
    }
  }

  /// Makes a new one. Does not wait for other ranks.
  ///
  /// - C: `ncclGetUniqueId`
  public init(madeBy library: any CollectiveLibrary) throws(CommunicatorError) {
    let value = try library.value(.getUniqueID, CommunicatorArguments())
    guard case .bytes(let bytes) = value else {
      throw CommunicatorError(.internalError, in: "getUniqueID", "the library returned no bytes")
    }
    self.bytes = bytes
  }

  init(unchecked bytes: [UInt8]) { self.bytes = bytes }
}

extension UniqueID: Codable {
  /// As an array of numbers. Whether it is one of a library's is checked where it is used.
  public init(from decoder: any Decoder) throws {
    bytes = try decoder.singleValueContainer().decode([UInt8].self)
  }

  /// As an array of numbers.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(bytes)
  }
}
