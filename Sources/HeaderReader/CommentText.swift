/// Takes the marks off a comment's lines.
enum CommentText {
  typealias Line = Slice<UnsafeBufferPointer<UInt8>>

  /// The content of lines of `//`, without the slashes.
  static func lines(ofLine bytes: UnsafeBufferPointer<UInt8>) -> [Line] {
    split(bytes[...]).map { line in
      var line = line.drop(while: isSpace)
      // A joined line has no slashes of its own.
      guard line.first == UInt8(ascii: "/") else { return line }
      line = line.drop { $0 == UInt8(ascii: "/") }
      if line.first == UInt8(ascii: "!") { line = line.dropFirst() }
      if line.first == UInt8(ascii: "<") { line = line.dropFirst() }
      return trimEnd(line)
    }
  }

  /// The content of a block comment, without the frame of asterisks.
  static func lines(ofBlock bytes: UnsafeBufferPointer<UInt8>) -> [Line] {
    var content = bytes[...].dropFirst(2)
    if content.last == UInt8(ascii: "/") { content = content.dropLast(1) }
    while content.last == UInt8(ascii: "*") { content = content.dropLast(1) }
    content = content.drop { $0 == UInt8(ascii: "*") }
    if content.first == UInt8(ascii: "!") { content = content.dropFirst() }
    if content.first == UInt8(ascii: "<") { content = content.dropFirst() }
    var lines = split(content)
    // Asterisks are a frame only if every line has one; otherwise they may be bullets.
    let isFramed = lines.dropFirst().allSatisfy { line in
      let rest = line.drop(while: isSpace)
      return rest.isEmpty || rest.first == UInt8(ascii: "*")
    }
    for index in lines.indices.dropFirst() where isFramed {
      let rest = lines[index].drop(while: isSpace)
      let isRule = rest.allSatisfy { $0 == UInt8(ascii: "*") }
      lines[index] = isRule ? rest.dropFirst(rest.count) : rest.dropFirst()
    }
    return lines
  }

  /// Whether the line is empty or one of Doxygen's commands that bracket declarations.
  static func isBracketing(_ line: Line) -> Bool {
    let text = line.drop(while: isSpace)
    guard let first = text.first else { return true }
    guard first == UInt8(ascii: "@") || first == UInt8(ascii: "\\") else { return false }
    let word = text.dropFirst().prefix { !isSpace($0) }
    return ["cond", "endcond", "{", "}"].contains { word.elementsEqual($0.utf8) }
  }

  /// The lines without the indentation that they share.
  ///
  /// The first line of a block comment starts after its mark, so that one leading space there is
  /// not comparable with the others' indentation; it goes on its own.
  static func join(_ lines: [Line]) -> String {
    var indentation = Int.max
    for line in lines.dropFirst() where !line.isEmpty {
      indentation = min(indentation, line.prefix(while: isSpace).count)
    }
    var text: [UInt8] = []
    for (index, line) in lines.enumerated() {
      if index > 0 { text.append(UInt8(ascii: "\n")) }
      let indented = line.prefix(while: isSpace).count
      text.append(contentsOf: line.dropFirst(index == 0 ? indented : min(indentation, indented)))
    }
    return String(decoding: text, as: UTF8.self)
  }

  // MARK: Bytes

  private static func split(_ content: Line) -> [Line] {
    content.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map(trimEnd)
  }

  private static func trimEnd(_ line: Line) -> Line {
    var line = line
    while let last = line.last, isSpace(last) { line = line.dropLast() }
    return line
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
  }
}
