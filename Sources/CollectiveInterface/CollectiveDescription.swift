public import LibraryLoader

/// What a vendor's headers say about its collectives and a communicator must know.
public struct CollectiveDescription: Sendable {
  /// The bytes of a unique ID; 0: the library has none.
  public let uniqueIDByteCount: Int
  /// The names that the headers have for the numbers of each kind.
  public let codes: [CollectiveCode: [EnumeratorDescription]]

  /// Describes a vendor's collectives.
  public init(uniqueIDByteCount: Int, codes: [CollectiveCode: [EnumeratorDescription]]) {
    self.uniqueIDByteCount = uniqueIDByteCount
    self.codes = codes
  }
}
