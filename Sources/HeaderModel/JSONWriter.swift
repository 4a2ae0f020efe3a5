/// Writes the one canonical form of our JSON: keys in declaration order, two spaces, one line for
/// each leaf object, a final newline. Equal values give equal bytes.
///
/// Foundation's encoder is not used because a model of cuda.h would spend longer in it than in
/// libclang, and the compiler's start-up would pay for loading it.
package struct JSONWriter {
  package private(set) var bytes: [UInt8] = []
  private var depth = 0
  private var isInline = false
  private var isFirst = true

  package init(reservingCapacity capacity: Int = 0) { bytes.reserveCapacity(capacity) }

  /// An object; `inline` keeps it on one line.
  package mutating func object(inline: Bool = false, _ body: (inout JSONWriter) -> Void) {
    container("{", "}", inline: inline, body)
  }

  package mutating func array<Items: Collection>(
    _ items: Items, inline: Bool = false, _ body: (inout JSONWriter, Items.Element) -> Void
  ) {
    container("[", "]", inline: inline) { writer in
      for item in items {
        writer.separate()
        body(&writer, item)
      }
    }
  }

  private mutating func container(
    _ open: Unicode.Scalar, _ close: Unicode.Scalar, inline: Bool,
    _ body: (inout JSONWriter) -> Void
  ) {
    let outer = (isInline, isFirst)
    bytes.append(UInt8(ascii: open))
    (isInline, isFirst) = (isInline || inline, true)
    depth += 1
    body(&self)
    depth -= 1
    if !isFirst { lineBreak() }
    (isInline, isFirst) = outer
    bytes.append(UInt8(ascii: close))
  }

  /// Starts a member of the object at hand; its value is written next.
  package mutating func key(_ name: StaticString) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    bytes.append(
      contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
    bytes.append(UInt8(ascii: "\""))
    bytes.append(UInt8(ascii: ":"))
    bytes.append(UInt8(ascii: " "))
  }

  /// The same for a key that is not known at compile time.
  package mutating func key(_ name: String) {
    separate()
    string(name)
    bytes.append(UInt8(ascii: ":"))
    bytes.append(UInt8(ascii: " "))
  }

  package mutating func string(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { utf8 in
      var start = 0
      var index = 0
      while let next = Self.firstToEscape(utf8, from: index) {
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[start..<next]))
        escape(utf8[next])
        index = next + 1
        start = index
      }
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[start...]))
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// The next control character, quote or backslash. Documentation makes most of a model, so eight
  /// bytes are looked at together.
  private static func firstToEscape(
    _ utf8: UnsafeBufferPointer<UInt8>, from start: Int
  ) -> Int? {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let tops: UInt64 = 0x8080_8080_8080_8080
    /// Has a top bit set where a byte of `word` is zero, and perhaps above one that is.
    func zeros(_ word: UInt64) -> UInt64 { (word &- ones) & ~word & tops }
    let raw = UnsafeRawBufferPointer(utf8)
    var index = start
    while index + 8 <= utf8.count {
      let word = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      let low = (word &- ones &* 0x20) & ~word & tops
      let quotes = zeros(word ^ (ones &* UInt64(UInt8(ascii: "\""))))
      if low | quotes | zeros(word ^ (ones &* UInt64(UInt8(ascii: "\\")))) != 0 { break }
      index += 8
    }
    while index < utf8.count {
      let byte = utf8[index]
      if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return index }
      index += 1
    }
    return nil
  }

  private mutating func escape(_ byte: UInt8) {
    bytes.append(UInt8(ascii: "\\"))
    switch byte {
    case UInt8(ascii: "\n"): bytes.append(UInt8(ascii: "n"))
    case UInt8(ascii: "\t"): bytes.append(UInt8(ascii: "t"))
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
    default:
      let digits: StaticString = "0123456789abcdef"
      bytes.append(contentsOf: "u00".utf8)
      bytes.append(digits.utf8Start[Int(byte >> 4)])
      bytes.append(digits.utf8Start[Int(byte & 15)])
    }
  }

  package mutating func integer(_ value: some BinaryInteger) {
    bytes.append(contentsOf: String(value).utf8)
  }

  package mutating func bool(_ value: Bool) {
    bytes.append(contentsOf: (value ? "true" : "false").utf8)
  }

  package mutating func null() { bytes.append(contentsOf: "null".utf8) }

  package mutating func finish() -> [UInt8] {
    bytes.append(UInt8(ascii: "\n"))
    return bytes
  }

  private mutating func separate() {
    if isFirst {
      isFirst = false
      lineBreak()
    } else {
      bytes.append(UInt8(ascii: ","))
      if isInline { bytes.append(UInt8(ascii: " ")) } else { lineBreak() }
    }
  }

  private mutating func lineBreak() {
    guard !isInline else { return }
    bytes.append(UInt8(ascii: "\n"))
    for _ in 0..<depth {
      bytes.append(UInt8(ascii: " "))
      bytes.append(UInt8(ascii: " "))
    }
  }
}

extension JSONWriter {
  package mutating func field(_ name: StaticString, _ text: String) {
    key(name)
    string(text)
  }

  /// Left out when `nil`.
  package mutating func field(_ name: StaticString, _ text: String?) {
    if let text { field(name, text) }
  }

  package mutating func field(_ name: StaticString, _ number: some BinaryInteger) {
    key(name)
    integer(number)
  }

  /// Left out when false.
  package mutating func flag(_ name: StaticString, _ value: Bool) {
    guard value else { return }
    key(name)
    bool(true)
  }

  /// Left out when empty.
  package mutating func strings(_ name: StaticString, _ texts: [String]) {
    guard !texts.isEmpty else { return }
    key(name)
    array(texts, inline: true) { $0.string($1) }
  }

  /// Left out when empty.
  package mutating func list<Items: Collection>(
    _ name: StaticString, _ items: Items, _ body: (inout JSONWriter, Items.Element) -> Void
  ) {
    guard !items.isEmpty else { return }
    key(name)
    array(items, body)
  }
}
