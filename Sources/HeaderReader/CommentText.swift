internal import Glibc

/// The text of a comment without its marks, as lines of bytes in the file.
///
/// Big headers are mostly comments, so this works on positions and copies the text once.
struct CommentText {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var lines: [Range<Int>] = []
  /// The first line starts after the comment's mark, so that its indentation says nothing.
  private var startsAfterMark = false

  /// Lines of `//`, without the slashes.
  static func line(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> CommentText {
    var text = CommentText(bytes: bytes)
    text.split(range) { text, line in
      var start = text.skipSpace(line)
      // A line that is joined to the last by a backslash has no slashes of its own.
      guard start < line.upperBound, bytes[start] == UInt8(ascii: "/") else { return line }
      start = text.skip(UInt8(ascii: "/"), from: start, to: line.upperBound)
      if start < line.upperBound, bytes[start] == UInt8(ascii: "!") { start += 1 }
      if start < line.upperBound, bytes[start] == UInt8(ascii: "<") { start += 1 }
      return start..<line.upperBound
    }
    return text
  }

  /// A block comment, without the frame of asterisks.
  static func block(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> CommentText {
    var text = CommentText(bytes: bytes)
    var start = range.lowerBound + 2
    var end = range.upperBound
    if end > start, bytes[end - 1] == UInt8(ascii: "/") { end -= 1 }
    while end > start, bytes[end - 1] == UInt8(ascii: "*") { end -= 1 }
    start = text.skip(UInt8(ascii: "*"), from: start, to: end)
    if start < end, bytes[start] == UInt8(ascii: "!") { start += 1 }
    if start < end, bytes[start] == UInt8(ascii: "<") { start += 1 }
    text.startsAfterMark = true
    text.split(start..<end) { $1 }
    text.removeFrame()
    return text
  }

  private init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  /// The lines without the indentation that they share, or `nil` if they say nothing.
  var documentation: String? {
    var first = 0
    var last = lines.count
    while first < last, lines[first].isEmpty { first += 1 }
    while last > first, lines[last - 1].isEmpty { last -= 1 }
    guard (first..<last).contains(where: { !isBracketing(lines[$0]) }) else { return nil }
    let leadsMark = first == 0 && startsAfterMark
    var indentation = Int.max
    var count = 0
    for index in first..<last {
      count += lines[index].count + 1
      if lines[index].isEmpty || index == first && leadsMark { continue }
      indentation = min(indentation, skipSpace(lines[index]) - lines[index].lowerBound)
    }
    return String(unsafeUninitializedCapacity: count) { text in
      var length = 0
      for index in first..<last {
        let line = lines[index]
        if index > first {
          text[length] = UInt8(ascii: "\n")
          length += 1
        }
        let start =
          index == first && leadsMark
          ? skipSpace(line) : line.isEmpty ? line.lowerBound : line.lowerBound + indentation
        let count = line.upperBound - start
        if count > 0, let from = bytes.baseAddress, let to = text.baseAddress {
          (to + length).update(from: from + start, count: count)
        }
        length += count
      }
      return length
    }
  }

  // MARK: Lines

  /// Cuts a range into lines without the space at their ends.
  @inline(__always)
  private mutating func split(
    _ range: Range<Int>, _ strip: (inout CommentText, Range<Int>) -> Range<Int>
  ) {
    var start = range.lowerBound
    while true {
      let newline = newline(from: start, to: range.upperBound)
      let stripped = strip(&self, start..<(newline ?? range.upperBound))
      var end = stripped.upperBound
      while end > stripped.lowerBound, isSpace(bytes[end - 1]) { end -= 1 }
      lines.append(stripped.lowerBound..<end)
      guard let newline else { return }
      start = newline + 1
    }
  }

  private func newline(from start: Int, to end: Int) -> Int? {
    guard let base = bytes.baseAddress,
      let found = memchr(base + start, Int32(UInt8(ascii: "\n")), end - start)
    else { return nil }
    return UnsafeRawPointer(found) - UnsafeRawPointer(base)
  }

  /// Asterisks are a frame if most lines have one; otherwise they may be bullets.
  private mutating func removeFrame() {
    var framed = 0
    var others = 0
    for line in lines.dropFirst() {
      let start = skipSpace(line)
      guard start < line.upperBound else { continue }
      if bytes[start] == UInt8(ascii: "*") { framed += 1 } else { others += 1 }
    }
    guard framed > others else { return }
    for index in lines.indices.dropFirst() {
      let line = lines[index]
      let start = skipSpace(line)
      guard start < line.upperBound, bytes[start] == UInt8(ascii: "*") else { continue }
      let afterAll = skip(UInt8(ascii: "*"), from: start, to: line.upperBound)
      // A line of nothing but asterisks is a rule.
      let text = afterAll == line.upperBound ? afterAll : start + 1
      lines[index] = text..<line.upperBound
    }
  }

  /// Whether the line is empty or one of Doxygen's commands that bracket declarations.
  private func isBracketing(_ line: Range<Int>) -> Bool {
    var start = skipSpace(line)
    guard start < line.upperBound else { return true }
    guard bytes[start] == UInt8(ascii: "@") || bytes[start] == UInt8(ascii: "\\") else {
      return false
    }
    start += 1
    var end = start
    while end < line.upperBound, !isSpace(bytes[end]) { end += 1 }
    let word = bytes[start..<end]
    return ["cond", "endcond", "{", "}"].contains { word.elementsEqual($0.utf8) }
  }

  private func skipSpace(_ line: Range<Int>) -> Int {
    var position = line.lowerBound
    while position < line.upperBound, isSpace(bytes[position]) { position += 1 }
    return position
  }

  private func skip(_ byte: UInt8, from start: Int, to end: Int) -> Int {
    var position = start
    while position < end, bytes[position] == byte { position += 1 }
    return position
  }

  private func isSpace(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
  }
}
