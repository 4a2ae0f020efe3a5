/// A C enumeration as the library sees it: any number, of which some have names.
///
/// Vendors add values in every release and reuse the numbers of counts, so a closed Swift enum
/// would either lose values or be wrong about them.
public protocol OpenEnumeration: RawRepresentable, Hashable, Sendable, CustomStringConvertible
where RawValue: FixedWidthInteger & Sendable {
  /// Any number, whether a release names it or not.
  init(rawValue: RawValue)

  /// Every name that some release gives, several for one number where they are synonyms.
  static var enumerators: [EnumeratorDescription] { get }
}

/// A name of an enumeration's value and the releases whose header has it.
public struct EnumeratorDescription: Sendable {
  /// The C name.
  public let symbol: StaticString
  /// The Swift name.
  public let name: StaticString
  /// The number.
  public let value: Int
  /// The first release with a model that has it.
  public let since: LibraryRelease
  /// The first later one that does not; nil: it is still there.
  public let until: LibraryRelease?

  /// Describes a name.
  public init(
    _ symbol: StaticString, _ name: StaticString, value: Int, since: LibraryRelease,
    until: LibraryRelease? = nil
  ) {
    self.symbol = symbol
    self.name = name
    self.value = value
    self.since = since
    self.until = until
  }

  /// Whether a release's header has the name; a release that is not known has all of them.
  public func exists(in release: LibraryRelease?) -> Bool {
    guard let release else { return true }
    return release >= since && until.map { release < $0 } ?? true
  }
}

extension OpenEnumeration {
  /// The Swift name that a release gives the value, or `nil`. Without a release: any release.
  public func name(in release: LibraryRelease?) -> String? {
    Self.enumerators.first { $0.value == Int(rawValue) && $0.exists(in: release) }
      .map { $0.name.description }
  }

  /// The values that a release names, each once, in the header's order.
  public static func values(in release: LibraryRelease?) -> [Self] {
    var seen: Set<Int> = []
    return enumerators.compactMap {
      guard $0.exists(in: release), seen.insert($0.value).inserted else { return nil }
      return Self(rawValue: RawValue(truncatingIfNeeded: $0.value))
    }
  }

  /// The Swift name, or the number where no release names it.
  public var description: String { name(in: nil) ?? "\(Self.self)(\(rawValue))" }
}
