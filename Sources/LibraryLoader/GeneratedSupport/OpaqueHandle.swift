/// A pointer that a library gives out and takes back, and that nobody else looks into.
///
/// The library decides which threads may use what it points to; the pointer itself is a value, so
/// conforming types are `@unchecked Sendable`.
public protocol OpaqueHandle: RawRepresentable, Hashable, Sendable
where RawValue == UnsafeMutableRawPointer? {
  /// A handle from elsewhere.
  init(rawValue: UnsafeMutableRawPointer?)
}

extension OpaqueHandle {
  /// No handle; for a stream, the device's default stream.
  public static var null: Self { Self(rawValue: nil) }

  /// Whether there is no handle.
  public var isNull: Bool { rawValue == nil }
}
