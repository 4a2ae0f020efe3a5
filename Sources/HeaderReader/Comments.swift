/// Finds and cleans the comment that documents a declaration.
///
/// The rule, the same with every libclang:
/// - A comment directly above a declaration, or before it on its line, documents it; there may be
///   words such as an export macro in between, but no blank line and no other code.
/// - A comment after an enumerator or a field on the same line documents that one, as does one on
///   the next line that starts with `/**<` or `///<`; what is above goes before what is after.
/// - Lines of `//` below each other are one comment.
/// - A comment that only holds Doxygen's bracketing commands (`@cond`, `@{`) documents nothing.
struct Comments {
  private let file: SourceFile

  init(_ file: SourceFile) { self.file = file }

  /// The cleaned text of the comment before the declaration that starts at `start`.
  func leading(_ start: Int) -> String? {
    let comments = file.scan.comments
    var low = 0
    var high = comments.count
    while low < high {
      let middle = (low + high) / 2
      if comments[middle].end <= start { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return nil }
    let comment = comments[low - 1]
    guard !isTrailing(comment), isNear(comment.end, start) else { return nil }
    // After other code it is about that, unless the declaration is on the same line as well.
    if comment.followsCode,
      file.bytes[comment.end..<start].contains(UInt8(ascii: "\n"))
    {
      return nil
    }
    return clean(comment)
  }

  /// The cleaned text of the comment after the declaration that ends at `end`.
  func trailing(_ end: Int) -> String? {
    let bytes = file.bytes
    var position = end
    var newlines = 0
    var isSeparated = false
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): position += 1
      case UInt8(ascii: ","), UInt8(ascii: ";"):
        isSeparated = true
        position += 1
      case UInt8(ascii: "\n") where newlines == 0:
        newlines += 1
        position += 1
      case UInt8(ascii: "/"):
        guard let comment = comment(startingAt: position),
          newlines == 0 || isTrailing(comment)
        else { return nil }
        // `int a, /* about b */ b;`: what follows on the line is meant.
        if isSeparated, newlines == 0, !comment.isLine, !isTrailing(comment),
          !endsLine(comment.end)
        {
          return nil
        }
        return clean(comment)
      default: return nil
      }
    }
    return nil
  }

  // MARK: Places

  private func comment(startingAt start: Int) -> SourceScan.Comment? {
    let comments = file.scan.comments
    var low = 0
    var high = comments.count
    while low < high {
      let middle = (low + high) / 2
      if comments[middle].start < start { low = middle + 1 } else { high = middle }
    }
    return low < comments.count && comments[low].start == start ? comments[low] : nil
  }

  /// Doxygen's mark for a comment about what stands before it.
  private func isTrailing(_ comment: SourceScan.Comment) -> Bool {
    let bytes = file.bytes
    guard comment.start + 3 < comment.end, bytes[comment.start + 3] == UInt8(ascii: "<") else {
      return false
    }
    let mark = bytes[comment.start + 2]
    return mark == UInt8(ascii: "!") || mark == bytes[comment.start + 1]
  }

  private func endsLine(_ offset: Int) -> Bool {
    var position = offset
    while position < file.bytes.count {
      switch file.bytes[position] {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "}"):
        position += 1
      case UInt8(ascii: "\n"): return true
      default: return false
      }
    }
    return true
  }

  /// Whether only words, brackets and single line ends stand between.
  private func isNear(_ end: Int, _ start: Int) -> Bool {
    var isLineEmpty = false
    for position in end..<start {
      let byte = file.bytes[position]
      switch byte {
      case UInt8(ascii: "\n"):
        if isLineEmpty { return false }
        isLineEmpty = true
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): break
      case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "["), UInt8(ascii: "]"),
        UInt8(ascii: "\""):
        isLineEmpty = false
      default:
        guard isIdentifierByte(byte) else { return false }
        isLineEmpty = false
      }
    }
    return true
  }

  private func clean(_ comment: SourceScan.Comment) -> String? {
    let range = comment.start..<comment.end
    return
      (comment.isLine
      ? CommentText.line(file.bytes, range) : CommentText.block(file.bytes, range)).documentation
  }
}
