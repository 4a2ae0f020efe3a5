/// Bytes of the wrong number for a record, such as half a unique ID.
public struct ByteCountError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The number that the record has.
  public let expected: Int
  /// The number that was given.
  public let found: Int

  /// What is wrong, in words.
  public var description: String { "expected \(expected) bytes, found \(found)" }
}

/// Records that are nothing but bytes to hand from rank to rank.
///
/// Works on raw memory rather than on `BitwiseCopyable` records: optimised clients of a generated
/// module cannot find that conformance of an imported C struct, and the Swift 6.3.1 compiler crashes.
public enum ByteRecord {
  /// Replaces a record's bytes; there must be as many as it has.
  public static func fill(
    _ record: UnsafeMutableRawBufferPointer, with bytes: some Collection<UInt8>
  ) throws(ByteCountError) {
    guard bytes.count == record.count else {
      throw ByteCountError(expected: record.count, found: bytes.count)
    }
    record.copyBytes(from: bytes)
  }
}
