extension StaticString {
  var text: String { withUTF8Buffer { String(decoding: $0, as: UTF8.self) } }

  func isSameText(as other: StaticString) -> Bool {
    withUTF8Buffer { left in
      other.withUTF8Buffer { right in
        left.count == right.count
          && (left.baseAddress == right.baseAddress || left.elementsEqual(right))
      }
    }
  }
}
