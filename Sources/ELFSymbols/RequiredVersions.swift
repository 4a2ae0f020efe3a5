/// Reads .gnu.version_r: the versions of other libraries' symbols that the object was linked with.
enum RequiredVersions {
  /// The names, as "GLIBC_2.17", in file order.
  ///
  /// The entries form two nested lists of relative links, which only ever lead forward, and every
  /// name is charged to the strings' budget: a file cannot make this go on for ever.
  static func names(
    _ extent: TableLocations.Extent, fileCount: UInt64, strings: StringTable,
    in source: ByteSource
  ) throws(ELFError) -> [String] {
    let what = "table of required versions"
    let table = try source.read(what, at: extent.offset, count: extent.size)
    var names: [String] = []
    var file: UInt64 = 0
    for _ in 0..<fileCount {
      let versionCount = try table.u16(file + 2)
      var version = file + UInt64(try table.u32(file + 8))
      for _ in 0..<versionCount {
        let name = UInt64(try table.u32(version + 8))
        names.append(try strings.string(name, of: "name of a required version"))
        let next = UInt64(try table.u32(version + 12))
        if next == 0 { break }
        version += next
      }
      let next = UInt64(try table.u32(file + 12))
      if next == 0 { break }
      file += next
    }
    return names
  }
}
