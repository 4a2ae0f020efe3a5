import Glibc
import HeaderModel

/// What the user sees: results on standard output, everything else on standard error.
enum Terminal {
  static func print(_ text: String) { write(Array(text.utf8) + [UInt8(ascii: "\n")], to: 1) }

  static func print(_ bytes: [UInt8]) { write(bytes, to: 1) }

  static func error(_ text: String) { write(Array(text.utf8) + [UInt8(ascii: "\n")], to: 2) }

  static func error(_ diagnostics: [Diagnostic]) {
    for diagnostic in diagnostics { error(VisibleText.of(diagnostic.description)) }
  }

  /// Says what is being done, if a person is watching and it may take a while.
  static func progress(_ text: String) {
    if isatty(2) == 1 { write(Array("\r\u{1B}[K\(text)".utf8), to: 2) }
  }

  static func endProgress() { progress("") }

  private static func write(_ bytes: [UInt8], to descriptor: Int32) {
    bytes.withUnsafeBytes { buffer in
      var written = 0
      while written < buffer.count {
        let put = Glibc.write(
          descriptor, buffer.baseAddress.map { $0 + written }, buffer.count - written)
        if put < 0 {
          if errno == EINTR { continue }
          // Nobody reads any more, as in `bindgen-coll list … | head`.
          return
        }
        written += put
      }
    }
  }
}
