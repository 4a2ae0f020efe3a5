extension SelectionTable {
  /// Reads a table.
  ///
  /// - Throws: `SelectionError` with the line.
  public init(text: String) throws(SelectionError) {
    var rows: [Row] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      let words = line.prefix { $0 != "#" }.split { $0 == " " || $0 == "\t" }.map(String.init)
      guard !words.isEmpty else { continue }
      guard let row = Self.row(words) else {
        throw SelectionError(
          "line \(index + 1): \"\(line)\" is not a size, a kernel, threads and blocks")
      }
      rows.append(row)
    }
    try self.init(rows)
  }

  private static func row(_ words: [String]) -> Row? {
    guard let upTo = words[0] == "more" ? Int.max : Int(words[0]), words.count > 1 else {
      return nil
    }
    var rest = words.dropFirst()
    var launch: Launch?
    if rest.first == "fallback" {
      rest = rest.dropFirst()
    } else {
      launch = Self.launch(rest.prefix(3))
      guard launch != nil else { return nil }
      rest = rest.dropFirst(3)
    }
    guard !rest.isEmpty else { return Row(upTo: upTo, launch) }
    guard let registered = Self.launch(rest) else { return nil }
    return Row(upTo: upTo, launch, registered: registered)
  }

  private static func launch(_ words: ArraySlice<String>) -> Launch? {
    let words = Array(words)
    guard words.count == 3, let kernel = AllReduceKernel(rawValue: words[0]),
      let threads = Int(words[1]), let blocks = Int(words[2])
    else { return nil }
    return Launch(kernel, threads: threads, blocks: blocks)
  }

  /// The table as it is read.
  public var text: String {
    let heading = Self.line(["# up to bytes", "kernel", "threads", "blocks"])
    return ([heading] + rows.map(Self.line(of:))).map { $0 + "\n" }.joined()
  }

  private static func line(of row: Row) -> String {
    func words(_ launch: Launch) -> [String] {
      [launch.kernel.rawValue, "\(launch.threads)", "\(launch.blocks)"]
    }
    return line(
      [row.upTo == .max ? "more" : "\(row.upTo)"] + (row.launch.map(words) ?? fallback(row))
        + (row.registered.map(words) ?? []))
  }

  private static func fallback(_ row: Row) -> [String] {
    // What follows stays in its columns.
    row.registered == nil ? ["fallback"] : ["fallback", "", ""]
  }

  /// Words in columns, without blanks at the end.
  private static func line(_ words: [String]) -> String {
    let widths = [16, 16, 10, 10, 16, 10]
    return zip(words.dropLast(), widths).map { word, width in
      word + String(repeating: " ", count: max(width - word.count, 1))
    }.joined() + (words.last ?? "")
  }
}
