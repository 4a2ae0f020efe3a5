extension [UInt8] {
  /// Text that is put together from many parts grows faster as bytes than as a `String`.
  package static func += (bytes: inout [UInt8], text: String) {
    bytes.append(contentsOf: text.utf8)
  }
}
