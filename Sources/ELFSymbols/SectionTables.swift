/// Finds the dynamic tables through the section headers, which give every table's size.
enum SectionTables {
  static let entrySize: UInt16 = 64

  private static let dynamicType: UInt32 = 6
  private static let dynamicSymbolsType: UInt32 = 11
  private static let requiredVersionsType: UInt32 = 0x6FFF_FFFE
  private static let symbolVersionsType: UInt32 = 0x6FFF_FFFF

  /// nil where the sections do not include a dynamic symbol table.
  static func locate(_ header: ELFHeader, in source: ByteSource) throws(ELFError) -> TableLocations?
  {
    guard header.sectionCount > 0 else { return nil }
    let table = try source.readTable(
      "section header table", at: header.sectionOffset, count: header.sectionCount,
      entrySize: UInt64(entrySize))
    var locations = TableLocations()
    for index in 0..<header.sectionCount {
      let start = index * UInt64(entrySize)
      let extent = TableLocations.Extent(
        offset: try table.u64(start + 24), size: try table.u64(start + 32))
      switch try table.u32(start + 4) {
      case dynamicType:
        locations.dynamic = extent
      case dynamicSymbolsType:
        let entry = try table.u64(start + 56)
        guard entry == TableLocations.symbolSize else {
          throw source.damaged(
            at: header.sectionOffset + start + 56, "the symbol entries have \(entry) bytes")
        }
        locations.symbols = extent
        locations.strings = try linkedStrings(
          try table.u32(start + 40), in: table, count: header.sectionCount, source: source)
      case requiredVersionsType:
        locations.requiredVersions = (extent, UInt64(try table.u32(start + 44)))
      case symbolVersionsType:
        locations.symbolVersions = extent
      default:
        continue
      }
    }
    return locations.symbols == nil ? nil : locations
  }

  private static func linkedStrings(
    _ index: UInt32, in table: Piece, count: UInt64, source: ByteSource
  ) throws(ELFError) -> TableLocations.Extent {
    guard UInt64(index) < count else {
      throw source.damaged(
        at: table.offset, "the symbol table's strings are in section \(index) of \(count)")
    }
    let start = UInt64(index) * UInt64(entrySize)
    return TableLocations.Extent(
      offset: try table.u64(start + 24), size: try table.u64(start + 32))
  }
}
