extension [UInt8] {
  /// Text that is put together from many parts grows faster as bytes than as a `String`.
  package static func += (bytes: inout [UInt8], text: String) {
    let isAppended: Void? = text.utf8.withContiguousStorageIfAvailable {
      bytes.append(contentsOf: $0)
    }
    if isAppended == nil { bytes.append(contentsOf: text.utf8) }
  }
}

/// The order of names wherever they are listed: by bytes, the same in every locale.
package func byBytes(_ left: String, _ right: String) -> Bool {
  let order = left.utf8.withContiguousStorageIfAvailable { left in
    right.utf8.withContiguousStorageIfAvailable { left.lexicographicallyPrecedes($0) }
  }
  return (order ?? nil) ?? left.utf8.lexicographicallyPrecedes(right.utf8)
}
