/// The tag and value pairs of the dynamic section.
struct DynamicEntries {
  enum Tag: UInt64 {
    case needed = 1
    case hash = 4
    case stringTable = 5
    case symbolTable = 6
    case stringTableSize = 10
    case soname = 14
    case gnuHash = 0x6FFF_FEF5
    case symbolVersions = 0x6FFF_FFF0
    case requiredVersions = 0x6FFF_FFFE
    case requiredVersionCount = 0x6FFF_FFFF
  }

  private var entries: [(tag: UInt64, value: UInt64)] = []

  init(_ extent: TableLocations.Extent, in source: ByteSource) throws(ELFError) {
    let count = extent.size / TableLocations.dynamicEntrySize
    let table = try source.readTable(
      "dynamic section", at: extent.offset, count: count,
      entrySize: TableLocations.dynamicEntrySize)
    for index in 0..<count {
      let start = index * TableLocations.dynamicEntrySize
      let tag = try table.u64(start)
      if tag == 0 { return }
      entries.append((tag, try table.u64(start + 8)))
    }
  }

  func first(_ tag: Tag) -> UInt64? { all(tag).first }

  func all(_ tag: Tag) -> [UInt64] {
    entries.compactMap { entry in entry.tag == tag.rawValue ? entry.value : nil }
  }
}
