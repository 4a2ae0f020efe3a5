/// The number of dynamic symbols, which without section headers only the hash tables know.
enum HashTables {
  /// DT_HASH: bucket count, chain count; there is a chain entry for every symbol.
  static func symbolCount(at offset: UInt64, in source: ByteSource) throws(ELFError) -> UInt64 {
    UInt64(try source.read("hash table", at: offset, count: 8).u32(4))
  }

  /// DT_GNU_HASH: the last symbol is the end of the chain of the highest bucket; the end is marked
  /// by the lowest bit.
  static func gnuSymbolCount(at offset: UInt64, in source: ByteSource) throws(ELFError) -> UInt64 {
    let what = "GNU hash table"
    let header = try source.read(what, at: offset, count: 16)
    let bucketCount = UInt64(try header.u32(0))
    let firstSymbol = UInt64(try header.u32(4))
    let bloomCount = UInt64(try header.u32(8))
    // 16 + 2^32 * 8 + 2^32 * 4 cannot overflow on top of an offset inside the file.
    let bucketOffset = offset + 16 + bloomCount * 8
    let buckets = try source.readTable(what, at: bucketOffset, count: bucketCount, entrySize: 4)
    var highest: UInt64 = 0
    for index in 0..<bucketCount { highest = max(highest, UInt64(try buckets.u32(index * 4))) }
    guard highest >= firstSymbol else { return firstSymbol }

    let chainOffset = bucketOffset + bucketCount * 4 + (highest - firstSymbol) * 4
    guard chainOffset < source.size else {
      throw source.damaged(at: chainOffset, "the \(what) points outside the file")
    }
    // A chain is a handful of entries long. Reading to the end of the file in one piece would be a
    // waste, one by one would be slow for a damaged file.
    var position = chainOffset
    var symbol = highest
    while position < source.size {
      let count = min(1024, (source.size - position) / 4)
      guard count > 0 else { break }
      let chain = try source.readTable(what, at: position, count: count, entrySize: 4)
      for index in 0..<count {
        if try chain.u32(index * 4) & 1 == 1 { return symbol + index + 1 }
      }
      symbol += count
      position += count * 4
    }
    throw source.damaged(at: chainOffset, "the last chain of the \(what) does not end")
  }
}
