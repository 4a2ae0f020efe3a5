/// Finds the dynamic tables as the loader does, through PT_DYNAMIC: for files whose section headers
/// were stripped.
///
/// The dynamic entries hold addresses, which the PT_LOAD segments turn into file offsets, and no
/// size for the symbol table: the number of symbols comes from the hash table.
enum SegmentTables {
  static let entrySize: UInt16 = 56

  private struct Segment {
    let offset, address, fileSize: UInt64
  }

  private static let loadType: UInt32 = 1
  private static let dynamicType: UInt32 = 2

  static func locate(_ header: ELFHeader, in source: ByteSource) throws(ELFError) -> TableLocations
  {
    let table = try source.readTable(
      "program header table", at: header.segmentOffset, count: header.segmentCount,
      entrySize: UInt64(entrySize))
    var loads: [Segment] = []
    var dynamic: TableLocations.Extent?
    for index in 0..<header.segmentCount {
      let start = index * UInt64(entrySize)
      let type = try table.u32(start)
      let segment = Segment(
        offset: try table.u64(start + 8), address: try table.u64(start + 16),
        fileSize: try table.u64(start + 32))
      if type == loadType { loads.append(segment) }
      if type == dynamicType {
        dynamic = TableLocations.Extent(offset: segment.offset, size: segment.fileSize)
      }
    }
    guard let dynamic else {
      throw source.damaged(
        at: header.segmentOffset, "the file has no dynamic section: it is not dynamically linked")
    }
    return try locate(dynamic, loads: loads, in: source)
  }

  private static func locate(
    _ dynamic: TableLocations.Extent, loads: [Segment], in source: ByteSource
  ) throws(ELFError) -> TableLocations {
    let entries = try DynamicEntries(dynamic, in: source)
    func place(_ tag: DynamicEntries.Tag, _ what: String) throws(ELFError) -> UInt64? {
      guard let address = entries.first(tag) else { return nil }
      let home = loads.first { load in
        address >= load.address && address - load.address < load.fileSize
      }
      guard let home else {
        throw source.damaged(
          at: dynamic.offset, "the \(what) is at an address that no segment holds: \(address)")
      }
      let (offset, overflow) = home.offset.addingReportingOverflow(address - home.address)
      guard !overflow else { throw source.damaged(at: dynamic.offset, "a segment wraps around") }
      return offset
    }

    var locations = TableLocations()
    locations.dynamic = dynamic
    if let strings = try place(.stringTable, "string table") {
      locations.strings = .init(offset: strings, size: entries.first(.stringTableSize) ?? 0)
    }
    if let symbols = try place(.symbolTable, "symbol table") {
      let count: UInt64
      if let hash = try place(.gnuHash, "GNU hash table") {
        count = try HashTables.gnuSymbolCount(at: hash, in: source)
      } else if let hash = try place(.hash, "hash table") {
        count = try HashTables.symbolCount(at: hash, in: source)
      } else {
        throw source.damaged(at: dynamic.offset, "no hash table gives the number of symbols")
      }
      let (size, overflow) = count.multipliedReportingOverflow(by: TableLocations.symbolSize)
      guard !overflow else { throw source.damaged(at: symbols, "there are \(count) symbols") }
      locations.symbols = .init(offset: symbols, size: size)
      if let versions = try place(.symbolVersions, "table of symbol versions") {
        // No overflow: a symbol's entry is larger, and all of those fit.
        locations.symbolVersions = .init(offset: versions, size: count * 2)
      }
    }
    if let versions = try place(.requiredVersions, "table of required versions") {
      // Nothing gives the table's size; this is a hundred times that of a large one.
      let extent = TableLocations.Extent(
        offset: versions, size: min(source.size - min(versions, source.size), 1 << 20))
      locations.requiredVersions = (extent, entries.first(.requiredVersionCount) ?? 0)
    }
    return locations
  }
}
