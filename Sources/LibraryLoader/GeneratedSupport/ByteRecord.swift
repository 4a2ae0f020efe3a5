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
public enum ByteRecord {
  /// The record's bytes.
  public static func bytes<Record: BitwiseCopyable>(of record: Record) -> [UInt8] {
    withUnsafeBytes(of: record) { Array($0) }
  }

  /// Replaces the record's bytes; there must be as many as it has.
  public static func fill<Record: BitwiseCopyable>(
    _ record: inout Record, with bytes: some Collection<UInt8>
  ) throws(ByteCountError) {
    let size = MemoryLayout<Record>.size
    guard bytes.count == size else { throw ByteCountError(expected: size, found: bytes.count) }
    withUnsafeMutableBytes(of: &record) { $0.copyBytes(from: bytes) }
  }
}
