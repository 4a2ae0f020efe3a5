/// How a struct that carries its own size and version is laid out in every release.
public struct StructureDescription: Sendable {
  /// The C type.
  public let name: StaticString
  /// The fields of all releases.
  public let fields: [StructureField]
  /// The layouts that releases have had.
  public let layouts: [StructureLayout]
  /// Which release has which layout, ascending.
  public let stamps: [StructureStamp]

  /// Describes a struct.
  public init(
    _ name: StaticString, fields: [StructureField], layouts: [StructureLayout],
    stamps: [StructureStamp]
  ) {
    self.name = name
    self.fields = fields
    self.layouts = layouts
    self.stamps = stamps
  }
}

/// A field that a caller can set.
public struct StructureField: Sendable {
  /// The C name.
  public let name: StaticString
  /// The first release with a model that has it.
  public let since: LibraryRelease

  /// Describes a field.
  public init(_ name: StaticString, since: LibraryRelease) {
    self.name = name
    self.since = since
  }
}

/// One way in which a struct lies in memory.
public struct StructureLayout: Sendable {
  /// In bytes.
  public let size: Int
  /// In bytes.
  public let alignment: Int
  /// What is where.
  public let entries: [StructureEntry]

  /// Describes a layout.
  public init(size: Int, alignment: Int, entries: [StructureEntry]) {
    self.size = size
    self.alignment = alignment
    self.entries = entries
  }
}

/// One member in one layout.
public struct StructureEntry: Sendable {
  /// What a member is for.
  public enum Content: Hashable, Sendable {
    /// A field that a caller can set, by its number.
    case field(Int)
    /// The struct's own size.
    case size
    /// The version of the header that the layout is from.
    case version
    /// Always what the header's initialiser says.
    case fixed
  }

  /// What it is for.
  public let content: Content
  /// In bytes from the start.
  public let offset: Int
  /// In bytes.
  public let width: Int
  /// The bits that the header's initialiser puts there.
  public let initial: UInt64

  /// Describes a member.
  public init(_ content: Content, offset: Int, width: Int, initial: UInt64) {
    self.content = content
    self.offset = offset
    self.width = width
    self.initial = initial
  }
}

/// The layout and version number of a release's header.
public struct StructureStamp: Sendable {
  /// The release.
  public let release: LibraryRelease
  /// The number of its layout.
  public let layout: Int
  /// What its header's initialiser writes as the version.
  public let version: Int

  /// Describes a release's stamp.
  public init(_ release: LibraryRelease, layout: Int, version: Int) {
    self.release = release
    self.layout = layout
    self.version = version
  }
}
