/// Where a shared object's dynamic tables are in the file, however that was found out.
struct TableLocations {
  struct Extent {
    var offset: UInt64
    /// Bytes.
    var size: UInt64
  }

  static let symbolSize: UInt64 = 24
  static let dynamicEntrySize: UInt64 = 16

  var symbols: Extent?
  var strings: Extent?
  var dynamic: Extent?
  /// For every symbol the number of its version.
  var symbolVersions: Extent?
  /// The table of required versions, and how many files it has an entry for.
  var requiredVersions: (extent: Extent, fileCount: UInt64)?
}

/// The fields of an ELF64 header that lead to the tables.
struct ELFHeader {
  static let size: UInt64 = 64

  let sectionOffset: UInt64
  let sectionCount: UInt64
  let segmentOffset: UInt64
  let segmentCount: UInt64

  init(_ source: ByteSource) throws(ELFError) {
    let header = try source.read("ELF header", at: 0, count: Self.size)
    sectionOffset = try header.u64(40)
    segmentOffset = try header.u64(32)
    segmentCount = UInt64(try header.u16(56))
    if segmentCount != 0, try header.u16(54) != SegmentTables.entrySize {
      throw source.damaged(at: 54, "the program header entries have \(try header.u16(54)) bytes")
    }
    var count = UInt64(try header.u16(60))
    if sectionOffset != 0, try header.u16(58) != SectionTables.entrySize {
      throw source.damaged(at: 58, "the section header entries have \(try header.u16(58)) bytes")
    }
    if sectionOffset != 0 && count == 0 {
      // Too many for 16 bits: the first section's size field has the number.
      let first = try source.read(
        "first section header", at: sectionOffset, count: UInt64(SectionTables.entrySize))
      count = try first.u64(32)
    }
    sectionCount = sectionOffset == 0 ? 0 : count
  }
}
