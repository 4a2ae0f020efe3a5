/// Brings long declarations into lines.
enum Declaration {
  /// One parameter a line, where the declaration is long and has several.
  static func wrapped(_ declaration: String) -> String {
    guard declaration.utf8.count > 60, let open = declaration.firstIndex(of: "(") else {
      return declaration
    }
    var depth = 0
    var close: String.Index?
    var commas: [String.Index] = []
    for index in declaration[open...].indices {
      switch declaration[index] {
      case "(", "[", "{", "<": depth += 1
      case ")", "]", "}", ">":
        // The arrow of a Swift closure closes nothing.
        if declaration[index] == ">", index > open,
          declaration[declaration.index(before: index)] == "-"
        {
          continue
        }
        depth -= 1
        if depth == 0, close == nil { close = index }
      case "," where depth == 1 && close == nil: commas.append(index)
      default: break
      }
    }
    guard let close, !commas.isEmpty else { return declaration }
    var lines = [String(declaration[...open])]
    var start = declaration.index(after: open)
    for comma in commas {
      lines.append("  \(trimmed(declaration[start...comma]))")
      start = declaration.index(after: comma)
    }
    lines.append("  \(trimmed(declaration[start..<close]))")
    lines.append(String(declaration[close...]))
    return lines.joined(separator: "\n")
  }

  private static func trimmed(_ text: Substring) -> Substring { text.drop { $0 == " " } }
}
