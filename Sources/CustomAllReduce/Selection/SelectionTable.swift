/// Which kernel, with how many threads, takes which sizes: measured on one kind of GPU for one number
/// of ranks.
///
/// As text, a line for each range of sizes:
///
///     # up to bytes   kernel          threads   blocks
///     16384           one-shot-push   128       32
///     8388608         two-shot-push   512       132
///     more            fallback
public struct SelectionTable: Hashable, Sendable {
  /// A range of sizes.
  public struct Row: Hashable, Sendable {
    /// The largest size of the range, in bytes.
    public var upTo: Int
    /// The kernel; nil: the fallback.
    public var kernel: AllReduceKernel?
    /// Threads of a block.
    public var threads: Int
    /// The most blocks.
    public var blocks: Int

    /// Makes a row.
    public init(upTo: Int, kernel: AllReduceKernel?, threads: Int = 0, blocks: Int = 0) {
      self.upTo = upTo
      self.kernel = kernel
      self.threads = threads
      self.blocks = blocks
    }
  }

  /// By size; what is larger than the last goes to the fallback.
  public let rows: [Row]

  /// The most threads that a block of ours has, and the most blocks of a launch.
  static let maxThreads = 512
  static let maxBlocks = 256

  /// - Throws: `SelectionError` with the row that is wrong.
  public init(_ rows: [Row]) throws(SelectionError) {
    var last = 0
    for row in rows {
      guard row.upTo > last else {
        throw SelectionError("sizes must rise: \(row.upTo) is after \(last)")
      }
      last = row.upTo
      guard let kernel = row.kernel else { continue }
      guard row.threads > 0, row.threads <= Self.maxThreads, row.threads % 32 == 0 else {
        throw SelectionError(
          "\(kernel.rawValue) up to \(row.upTo): \(row.threads) threads; they are multiples of 32, "
            + "at most \(Self.maxThreads)")
      }
      guard row.blocks > 0, row.blocks <= Self.maxBlocks else {
        throw SelectionError(
          "\(kernel.rawValue) up to \(row.upTo): \(row.blocks) blocks; there are 1 to "
            + "\(Self.maxBlocks)")
      }
    }
    self.rows = rows
  }

  /// The row for a size; nil if it is beyond the last.
  func row(for byteCount: Int) -> Row? { rows.first { byteCount <= $0.upTo } }

  /// The last row that a kernel takes.
  var lastTaken: Row? { rows.last { $0.kernel != nil } }
}

/// What is wrong with a table.
public struct SelectionError: Error, Hashable, Sendable, CustomStringConvertible {
  /// In words.
  public let description: String

  init(_ description: String) { self.description = description }
}

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
    guard let upTo = words[0] == "more" ? Int.max : Int(words[0]) else { return nil }
    if words.count == 2, words[1] == "fallback" { return Row(upTo: upTo, kernel: nil) }
    guard words.count == 4, let kernel = AllReduceKernel(rawValue: words[1]),
      let threads = Int(words[2]), let blocks = Int(words[3])
    else { return nil }
    return Row(upTo: upTo, kernel: kernel, threads: threads, blocks: blocks)
  }

  /// The table as it is read.
  public var text: String {
    func padded(_ text: String, _ width: Int) -> String {
      text + String(repeating: " ", count: max(width - text.count, 1))
    }
    var lines = [
      padded("# up to bytes", 16) + padded("kernel", 16) + padded("threads", 10) + "blocks"
    ]
    for row in rows {
      let size = padded(row.upTo == .max ? "more" : "\(row.upTo)", 16)
      if let kernel = row.kernel {
        lines.append(
          size + padded(kernel.rawValue, 16) + padded("\(row.threads)", 10) + "\(row.blocks)")
      } else {
        lines.append(size + "fallback")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
