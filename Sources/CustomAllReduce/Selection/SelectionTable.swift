/// Which kernel, with how many threads, takes which sizes: measured on one kind of GPU for one number
/// of ranks.
///
/// As text, a line for each range of sizes; what is behind the first kernel is for calls whose
/// buffers are registered:
///
///     # up to bytes   kernel          threads   blocks
///     16384           one-shot-push   128       32
///     8388608         two-shot-push   512       132
///     67108864        fallback                            pull-and-push   512       132
///     more            fallback
public struct SelectionTable: Hashable, Sendable {
  /// A kernel and its threads.
  public struct Launch: Hashable, Sendable {
    /// The kernel.
    public var kernel: AllReduceKernel
    /// Threads of a block.
    public var threads: Int
    /// The most blocks.
    public var blocks: Int

    /// Makes one.
    public init(_ kernel: AllReduceKernel, threads: Int, blocks: Int) {
      self.kernel = kernel
      self.threads = threads
      self.blocks = blocks
    }
  }

  /// A range of sizes.
  public struct Row: Hashable, Sendable {
    /// The largest size of the range, in bytes.
    public var upTo: Int
    /// For any buffers; nil: the fallback.
    public var launch: Launch?
    /// For registered buffers; nil: as for any.
    public var registered: Launch?

    /// Makes a row.
    public init(upTo: Int, _ launch: Launch?, registered: Launch? = nil) {
      self.upTo = upTo
      self.launch = launch
      self.registered = registered
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
      if let launch = row.launch {
        try Self.check(launch, row)
        guard launch.kernel != .pullAndPush else {
          throw SelectionError("up to \(row.upTo): pull-and-push is for registered buffers alone")
        }
      }
      if let launch = row.registered { try Self.check(launch, row) }
    }
    self.rows = rows
  }

  private static func check(_ launch: Launch, _ row: Row) throws(SelectionError) {
    let place = "\(launch.kernel.rawValue) up to \(row.upTo): "
    guard launch.threads > 0, launch.threads <= maxThreads, launch.threads % 32 == 0 else {
      throw SelectionError(
        place + "\(launch.threads) threads; they are multiples of 32, at most \(maxThreads)")
    }
    guard launch.blocks > 0, launch.blocks <= maxBlocks else {
      throw SelectionError(place + "\(launch.blocks) blocks; there are 1 to \(maxBlocks)")
    }
  }

  /// The row for a size; nil if it is beyond the last.
  func row(for byteCount: Int) -> Row? { rows.first { byteCount <= $0.upTo } }

  /// The last launch that takes any buffers.
  var lastLaunch: Launch? { rows.last { $0.launch != nil }?.launch }
}

/// What is wrong with a table.
public struct SelectionError: Error, Hashable, Sendable, CustomStringConvertible {
  /// In words.
  public let description: String

  init(_ description: String) { self.description = description }
}
