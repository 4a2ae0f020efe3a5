/// A version of another library's symbols that an object was linked with.
struct RequiredVersion {
  /// The library's soname.
  let library: String
  /// As "GLIBC_2.17".
  let name: String
  /// What a symbol's entry in the version table says that it is of this version.
  let index: UInt16
}

/// Reads .gnu.version_r: the versions of other libraries' symbols that the object was linked with.
enum RequiredVersions {
  /// In file order.
  ///
  /// The entries form two nested lists of relative links, which only ever lead forward, and every
  /// name is charged to the strings' budget: a file cannot make this go on for ever.
  static func read(
    _ extent: TableLocations.Extent, fileCount: UInt64, strings: StringTable,
    in source: ByteSource
  ) throws(ELFError) -> [RequiredVersion] {
    let what = "table of required versions"
    let table = try source.read(what, at: extent.offset, count: extent.size)
    var versions: [RequiredVersion] = []
    var file: UInt64 = 0
    for _ in 0..<fileCount {
      let versionCount = try table.u16(file + 2)
      let fileName = UInt64(try table.u32(file + 4))
      let library = try strings.string(fileName, of: "name of a library with required versions")
      var version = file + UInt64(try table.u32(file + 8))
      for _ in 0..<versionCount {
        let name = UInt64(try table.u32(version + 8))
        versions.append(
          RequiredVersion(
            library: library, name: try strings.string(name, of: "name of a required version"),
            index: try table.u16(version + 6)))
        let next = UInt64(try table.u32(version + 12))
        if next == 0 { break }
        version += next
      }
      let next = UInt64(try table.u32(file + 12))
      if next == 0 { break }
      file += next
    }
    return versions
  }
}
