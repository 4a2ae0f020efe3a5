internal import Glibc

/// A versioned struct in memory, for the length of one call.
///
/// It is laid out and stamped for the newest header that is not newer than the loaded library: the
/// library reads what the stamp says is there, so a stamp that is too new would make it read
/// padding as fields.
public final class StructureStorage {
  private let description: StructureDescription
  private let library: LoadedLibrary
  private let layout: StructureLayout
  private let memory: UnsafeMutableRawPointer
  /// Copies of the texts that fields point to.
  private var texts: [UnsafeMutablePointer<CChar>] = []

  /// Where the struct lies; valid as long as this object.
  public var pointer: UnsafeMutableRawPointer { memory }

  /// Lays the struct out with nothing set. Throws if no layout fits the loaded release.
  public init(
    _ description: StructureDescription, for library: LoadedLibrary
  ) throws(CollectiveError) {
    let release = library.layoutRelease
    let stamp = release.flatMap { release in
      description.stamps.last { $0.release <= release }
    }
    guard let stamp, description.layouts.indices.contains(stamp.layout) else {
      throw library.unsupportedStructure(
        description.name, since: description.stamps.first?.release)
    }
    self.description = description
    self.library = library
    layout = description.layouts[stamp.layout]
    memory = UnsafeMutableRawPointer.allocate(
      byteCount: layout.size, alignment: max(layout.alignment, 1))
    memory.initializeMemory(as: UInt8.self, repeating: 0, count: layout.size)
    for entry in layout.entries {
      switch entry.content {
      case .size: store(UInt64(layout.size), at: entry)
      case .version: store(UInt64(truncatingIfNeeded: stamp.version), at: entry)
      case .field, .fixed: store(entry.initial, at: entry)
      }
    }
  }

  deinit {
    for text in texts { free(text) }
    memory.deallocate()
  }

  /// Sets a field. Throws if the loaded release does not know it.
  public func set(_ field: Int, _ value: some FixedWidthInteger) throws(CollectiveError) {
    store(UInt64(truncatingIfNeeded: value), at: try entry(field))
  }

  /// Sets a field. Throws if the loaded release does not know it.
  public func set(_ field: Int, _ value: Bool) throws(CollectiveError) {
    store(value ? 1 : 0, at: try entry(field))
  }

  /// Sets a field. Throws if the loaded release does not know it.
  public func set(_ field: Int, _ value: Float) throws(CollectiveError) {
    store(UInt64(value.bitPattern), at: try entry(field))
  }

  /// Sets a field. Throws if the loaded release does not know it.
  public func set(_ field: Int, _ value: Double) throws(CollectiveError) {
    store(value.bitPattern, at: try entry(field))
  }

  /// Sets a field to a pointer, which must stay valid for as long as the library says.
  public func set(_ field: Int, _ value: UnsafeMutableRawPointer?) throws(CollectiveError) {
    store(UInt64(UInt(bitPattern: value)), at: try entry(field))
  }

  /// Sets a field to a copy of a text, which lives as long as this object.
  public func set(_ field: Int, _ value: String) throws(CollectiveError) {
    let entry = try entry(field)
    guard !value.utf8.contains(0) else {
      throw library.invalidArgument(
        call: description.name,
        "\(description.fields[field].name) has a zero byte, where C ends the text")
    }
    guard let copy = strdup(value) else {
      throw library.invalidArgument(call: description.name, "out of memory")
    }
    texts.append(copy)
    store(UInt64(UInt(bitPattern: copy)), at: entry)
  }

  /// Reads a field, `nil` if the loaded release does not know it.
  public func get<Value: FixedWidthInteger>(_ field: Int) -> Value? {
    load(field).map { Value(truncatingIfNeeded: $0) }
  }

  /// Reads a field, `nil` if the loaded release does not know it.
  public func get(_ field: Int) -> Float? {
    load(field).map { Float(bitPattern: UInt32(truncatingIfNeeded: $0)) }
  }

  /// Reads a field, `nil` if the loaded release does not know it.
  public func get(_ field: Int) -> Double? { load(field).map(Double.init(bitPattern:)) }

  /// Reads a field, `nil` if the loaded release does not know it.
  public func get(_ field: Int) -> Bool? { load(field).map { $0 != 0 } }

  private func find(_ field: Int) -> StructureEntry? {
    layout.entries.first { $0.content == .field(field) }
  }

  private func entry(_ field: Int) throws(CollectiveError) -> StructureEntry {
    guard let entry = find(field) else {
      let known = description.fields[field]
      throw library.unsupportedField(known.name, of: description.name, since: known.since)
    }
    return entry
  }

  private func store(_ bits: UInt64, at entry: StructureEntry) {
    switch entry.width {
    case 1:
      memory.storeBytes(
        of: UInt8(truncatingIfNeeded: bits), toByteOffset: entry.offset, as: UInt8.self)
    case 2:
      memory.storeBytes(
        of: UInt16(truncatingIfNeeded: bits), toByteOffset: entry.offset, as: UInt16.self)
    case 4:
      memory.storeBytes(
        of: UInt32(truncatingIfNeeded: bits), toByteOffset: entry.offset, as: UInt32.self)
    case 8: memory.storeBytes(of: bits, toByteOffset: entry.offset, as: UInt64.self)
    // Records and arrays inside have no bits of their own; the memory starts as zeros.
    default: break
    }
  }

  private func load(_ field: Int) -> UInt64? {
    guard let entry = find(field) else { return nil }
    switch entry.width {
    case 1: return UInt64(memory.load(fromByteOffset: entry.offset, as: UInt8.self))
    case 2: return UInt64(memory.load(fromByteOffset: entry.offset, as: UInt16.self))
    case 4: return UInt64(memory.load(fromByteOffset: entry.offset, as: UInt32.self))
    case 8: return memory.load(fromByteOffset: entry.offset, as: UInt64.self)
    default: return nil
    }
  }
}

extension LoadedLibrary {
  /// The error of a struct that no known layout fits: the library is older than the struct, or of a
  /// flavour whose headers are not known, which may have other fields in the same bytes.
  fileprivate func unsupportedStructure(
    _ structure: StaticString, since: LibraryRelease?
  ) -> CollectiveError {
    let needs: String
    if let flavour, !isModelled {
      needs =
        "has no known layout in the flavour \(flavour), which may have other fields in "
        + "\(vendor)'s places"
    } else {
      needs = since.map { "needs \(vendor) \($0) or later" } ?? "is in no known release"
    }
    return CollectiveError(
      CollectiveError.Storage(
        vendor: vendor, call: structure.description, kind: .fieldUnsupported,
        text: "\(structure) \(needs); \(loaded)", libraryPath: path, release: release))
  }
}
