/// What a shared object file says to the dynamic loader: its names, what it needs, its symbols.
///
/// The file is read, never loaded or run, and may be damaged or hostile: every offset and count is
/// checked, every loop is bounded by the file's size. Read in full are 64-bit little-endian shared
/// objects; others are recognised and refused.
package struct SharedObject: Sendable {
  package let path: String
  package let identity: ELFIdentity
  package let soname: String?
  /// The sonames of the libraries it depends on, in the loader's order.
  package let needed: [String]
  /// The newest symbol version of the GNU C library that it asks for.
  package let requiredGLIBC: GLIBCVersion?
  /// The dynamic symbols that have a name, in file order.
  package let symbols: [DynamicSymbol]

  package init(contentsOf path: String) throws(ELFError) {
    self = try withSource(of: path) { source throws(ELFError) in try SharedObject(source) }
  }

  package init(bytes: [UInt8], path: String) throws(ELFError) {
    try self.init(ByteSource(bytes: bytes, name: path))
  }

  private init(_ source: ByteSource) throws(ELFError) {
    let identity = try ELFIdentity(source)
    try Self.refuseUnsupported(identity, source)
    let header = try ELFHeader(source)
    let locations =
      if let found = try SectionTables.locate(header, in: source) { found } else {
        try SegmentTables.locate(header, in: source)
      }
    let stringExtent = locations.strings ?? .init(offset: 0, size: 0)
    let strings = StringTable(
      try source.read("string table", at: stringExtent.offset, count: stringExtent.size))

    path = source.name
    self.identity = identity
    if let dynamic = locations.dynamic {
      let entries = try DynamicEntries(dynamic, in: source)
      if let index = entries.first(.soname) {
        soname = try strings.string(index, of: "soname")
      } else {
        soname = nil
      }
      var needed: [String] = []
      for index in entries.all(.needed) {
        needed.append(try strings.string(index, of: "name of a needed library"))
      }
      self.needed = needed
    } else {
      soname = nil
      needed = []
    }
    var versions: [RequiredVersion] = []
    if let (extent, count) = locations.requiredVersions {
      versions = try RequiredVersions.read(extent, fileCount: count, strings: strings, in: source)
    }
    requiredGLIBC = versions.compactMap { GLIBCVersion(symbolVersion: $0.name) }.max()
    symbols = try Self.readSymbols(locations, versions, strings, source)
  }

  private static func refuseUnsupported(
    _ identity: ELFIdentity, _ source: ByteSource
  ) throws(ELFError) {
    func refusal(_ offset: UInt64, _ what: String) -> ELFError {
      ELFError(file: source.name, reason: .unsupported, offset: offset, what: what)
    }
    guard identity.wordSize == .bits64 else {
      throw refusal(4, "is a 32-bit ELF file (\(identity.machine)); only 64-bit ones are read")
    }
    guard identity.byteOrder == .little else {
      throw refusal(5, "is a big-endian ELF file (\(identity.machine)); only little-endian is read")
    }
    guard identity.type == 3 else {
      let names: [UInt16: String] = [
        1: "a relocatable object", 2: "an executable", 4: "a core dump",
      ]
      throw refusal(
        16, "is \(names[identity.type] ?? "ELF type \(identity.type)"), not a shared object")
    }
  }

  private static func readSymbols(
    _ locations: TableLocations, _ versions: [RequiredVersion], _ strings: StringTable,
    _ source: ByteSource
  ) throws(ELFError) -> [DynamicSymbol] {
    guard let extent = locations.symbols else { return [] }
    let libraries = Dictionary(versions.map { ($0.index, $0.library) }) { first, _ in first }
    let numbers = try locations.symbolVersions.map { extent throws(ELFError) in
      try source.read("table of symbol versions", at: extent.offset, count: extent.size)
    }
    let count = extent.size / TableLocations.symbolSize
    let table = try source.readTable(
      "symbol table", at: extent.offset, count: count, entrySize: TableLocations.symbolSize)
    var symbols: [DynamicSymbol] = []
    for index in 0..<count {
      let start = index * TableLocations.symbolSize
      let nameIndex = UInt64(try table.u32(start))
      if nameIndex == 0 { continue }
      let name = try strings.string(nameIndex, of: "name of symbol \(index)")
      if name.isEmpty { continue }
      let info = try table.u8(start + 4)
      let isDefined = try table.u16(start + 6) != 0
      // The highest bit only says whether the linker offers the symbol.
      let version = try numbers?.u16(index * 2) ?? 0
      symbols.append(
        DynamicSymbol(
          name: name, isDefined: isDefined, binding: .init(info >> 4),
          kind: .init(info & 15),
          visibility: .init(rawValue: try table.u8(start + 5) & 3) ?? .normal,
          address: try table.u64(start + 8),
          library: isDefined ? nil : libraries[version & 0x7FFF]))
    }
    return symbols
  }
}
