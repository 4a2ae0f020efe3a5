extension [UInt8] {
  /// Text that is put together from many parts grows faster as bytes than as a `String`.
  package static func += (bytes: inout [UInt8], text: String) {
    let isAppended: Void? = text.utf8.withContiguousStorageIfAvailable {
      bytes.append(contentsOf: $0)
    }
    if isAppended == nil { bytes.append(contentsOf: text.utf8) }
  }
}
