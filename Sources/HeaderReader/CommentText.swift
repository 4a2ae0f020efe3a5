internal import Glibc

/// The text of a comment without its marks, as lines of bytes in the file.
///
/// Big headers are mostly comments, so each line is looked at once and the text is copied once.
struct CommentText {
  private struct Line {
    var start: Int
    /// The first byte that is not white space; `end` if there is none.
    var text: Int
    /// After the last byte that is not white space.
    var end: Int

    var isEmpty: Bool { text == end }
    var indentation: Int { text - start }
  }

  private let bytes: UnsafeBufferPointer<UInt8>
  private var lines: [Line] = []
  /// The first line starts after the comment's mark, so that its indentation says nothing.
  private var startsAfterMark = false

  /// Lines of `//`, without the slashes.
  static func line(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> CommentText {
    var text = CommentText(bytes: bytes)
    text.split(range)
    for index in text.lines.indices {
      let line = text.lines[index]
      // A line that is joined to the last by a backslash has no slashes of its own.
      guard !line.isEmpty, bytes[line.text] == UInt8(ascii: "/") else { continue }
      var start = text.skip(UInt8(ascii: "/"), from: line.text, to: line.end)
      if start < line.end, bytes[start] == UInt8(ascii: "!") { start += 1 }
      if start < line.end, bytes[start] == UInt8(ascii: "<") { start += 1 }
      text.lines[index] = text.makeLine(start, line.end)
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
    text.split(start..<end)
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
      let line = lines[index]
      count += line.end - line.start + 1
      if line.isEmpty || index == first && leadsMark { continue }
      indentation = min(indentation, line.indentation)
    }
    return String(unsafeUninitializedCapacity: count) { text in
      var length = 0
      for index in first..<last {
        let line = lines[index]
        if index > first {
          text[length] = UInt8(ascii: "\n")
          length += 1
        }
        if line.isEmpty { continue }
        let start = index == first && leadsMark ? line.text : line.start + indentation
        if let from = bytes.baseAddress, let to = text.baseAddress {
          (to + length).update(from: from + start, count: line.end - start)
        }
        length += line.end - start
      }
      return length
    }
  }

  // MARK: Lines

  private mutating func split(_ range: Range<Int>) {
    // Most lines of a long comment are longer than this.
    lines.reserveCapacity(range.count / 32 + 1)
    var start = range.lowerBound
    while let base = bytes.baseAddress,
      let found = memchr(base + start, Int32(UInt8(ascii: "\n")), range.upperBound - start)
    {
      let newline = UnsafeRawPointer(found) - UnsafeRawPointer(base)
      lines.append(makeLine(start, newline))
      start = newline + 1
    }
    lines.append(makeLine(start, range.upperBound))
  }

  private func makeLine(_ start: Int, _ end: Int) -> Line {
    var text = start
    while text < end, isSpace(bytes[text]) { text += 1 }
    var end = end
    while end > text, isSpace(bytes[end - 1]) { end -= 1 }
    return Line(start: start, text: text, end: end)
  }

  /// Asterisks are a frame if most lines have one; otherwise they may be bullets.
  private mutating func removeFrame() {
    var framed = 0
    var others = 0
    for line in lines.dropFirst() where !line.isEmpty {
      if bytes[line.text] == UInt8(ascii: "*") { framed += 1 } else { others += 1 }
    }
    guard framed > others else { return }
    for index in lines.indices.dropFirst() {
      let line = lines[index]
      guard !line.isEmpty, bytes[line.text] == UInt8(ascii: "*") else { continue }
      let afterAll = skip(UInt8(ascii: "*"), from: line.text, to: line.end)
      // A line of nothing but asterisks is a rule.
      lines[index] = makeLine(afterAll == line.end ? afterAll : line.text + 1, line.end)
    }
  }

  /// Whether the line is empty or one of Doxygen's commands that bracket declarations.
  private func isBracketing(_ line: Line) -> Bool {
    guard !line.isEmpty else { return true }
    guard bytes[line.text] == UInt8(ascii: "@") || bytes[line.text] == UInt8(ascii: "\\") else {
      return false
    }
    let start = line.text + 1
    var end = start
    while end < line.end, !isSpace(bytes[end]) { end += 1 }
    let word = bytes[start..<end]
    return ["cond", "endcond", "{", "}"].contains { word.elementsEqual($0.utf8) }
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
