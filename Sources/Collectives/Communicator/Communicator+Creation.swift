public import CUDARuntime
public import CollectiveInterface

extension Communicator {
  /// Joins the communicator that the ID names.
  ///
  /// All ranks must do so, each with a rank of its own. Blocks until all have come, without a limit
  /// of its own; `Communicator.join` has one. A thread that joins for several ranks does so in a
  /// group, or uses `all`.
  ///
  /// - Parameters:
  ///   - id: Made by one rank, and the same on all.
  ///   - accelerator: This rank's device; ranks must not share one.
  ///   - configuration: Equal on all ranks. With `isBlocking` false the communicator is not ready
  ///     when this returns: `ready` waits for it.
  /// - Throws: `CommunicatorError` of kind `invalidArgument`, or `library`.
  /// - C: `ncclCommInitRank`, `ncclCommInitRankConfig`
  public convenience init(
    _ library: any CollectiveLibrary, id: UniqueID, rank: Int, nRanks: Int,
    on accelerator: Accelerator, configuration: CommunicatorConfiguration? = nil
  ) throws(CommunicatorError) {
    try Self.check(rank: rank, nRanks: nRanks)
    var arguments = CommunicatorArguments()
    arguments.uniqueID = id.bytes
    arguments.rank = rank
    arguments.nRanks = nRanks
    arguments.configuration = configuration?.fields
    let handle = try Self.create(
      library, configuration == nil ? .commInitRank : .commInitRankConfig, arguments, accelerator)
    self.init(
      library, handle.value, rank: rank, nRanks: nRanks, on: accelerator,
      isBlocking: configuration?.isBlocking ?? true)
  }

  /// Joins with several IDs, so that the first contacts are spread over several ranks: for thousands
  /// of them.
  ///
  /// - Parameter ids: Made by as many ranks, spread evenly; the same on all.
  /// - C: `ncclCommInitRankScalable`, since 2.23.4
  public convenience init(
    _ library: any CollectiveLibrary, ids: [UniqueID], rank: Int, nRanks: Int,
    on accelerator: Accelerator, configuration: CommunicatorConfiguration? = nil
  ) throws(CommunicatorError) {
    try Self.check(rank: rank, nRanks: nRanks)
    guard !ids.isEmpty else {
      throw CommunicatorError(
        .invalidArgument, in: "commInitRankScalable", "there must be one or more unique IDs")
    }
    for id in ids { try id.check(for: library) }
    var bytes = ids.flatMap(\.bytes)
    let handle = try bytes.withUnsafeMutableBufferPointer { (bytes) throws(CommunicatorError) in
      var arguments = CommunicatorArguments()
      arguments.uniqueIDs = UnsafeMutableRawPointer(bytes.baseAddress)
      arguments.nUniqueIDs = ids.count
      arguments.rank = rank
      arguments.nRanks = nRanks
      arguments.configuration = configuration?.fields
      return try Self.create(library, .commInitRankScalable, arguments, accelerator)
    }
    self.init(
      library, handle.value, rank: rank, nRanks: nRanks, on: accelerator,
      isBlocking: configuration?.isBlocking ?? true)
  }

  /// Makes a communicator of all these devices of one process; the ranks are in their order.
  ///
  /// Collectives on them that one thread calls belong into a group.
  ///
  /// - C: `ncclCommInitAll`
  public static func all(
    _ library: any CollectiveLibrary, on contexts: [Context]
  ) throws(CommunicatorError) -> [Communicator] {
    try all(
      library, devices: contexts.map(\.device.ordinal), accelerators: contexts.map { .cuda($0) })
  }

  /// The same with so many ranks of a CPU stand-in.
  public static func all(
    _ library: any CollectiveLibrary, hostRanks nRanks: Int
  ) throws(CommunicatorError) -> [Communicator] {
    let host = try Accelerator.host(library)
    return try all(
      library, devices: Array(0..<max(nRanks, 0)),
      accelerators: Array(repeating: host, count: max(nRanks, 0)))
  }

  private static func all(
    _ library: any CollectiveLibrary, devices: [Int], accelerators: [Accelerator]
  ) throws(CommunicatorError) -> [Communicator] {
    guard !devices.isEmpty else {
      throw CommunicatorError(
        .invalidArgument, in: "commInitAll", "a communicator needs one device or more")
    }
    var handles = [UnsafeMutableRawPointer?](repeating: nil, count: devices.count)
    let ordinals = devices.map { Int32(clamping: $0) }
    try handles.withUnsafeMutableBufferPointer { (handles) throws(CommunicatorError) in
      try ordinals.withUnsafeBufferPointer { (ordinals) throws(CommunicatorError) in
        var arguments = CommunicatorArguments()
        arguments.comms = handles.baseAddress
        arguments.devices = ordinals.baseAddress
        arguments.nDevices = devices.count
        _ = try library.value(.commInitAll, arguments)
      }
    }
    let codes = CodeTable(library)
    return zip(handles, accelerators).enumerated().map { rank, made in
      Communicator(
        library, made.0, rank: rank, nRanks: devices.count, on: made.1, isBlocking: true,
        codes: codes)
    }
  }

  private static func check(rank: Int, nRanks: Int) throws(CommunicatorError) {
    guard nRanks > 0, (0..<nRanks).contains(rank) else {
      throw CommunicatorError(
        .invalidArgument, in: "commInitRank",
        "rank \(rank) is not one of \(nRanks) ranks, which count from 0")
    }
  }

  /// A call that makes a communicator.
  static func create(
    _ library: any CollectiveLibrary, _ operation: CollectiveOperation,
    _ arguments: CommunicatorArguments, _ accelerator: Accelerator, rank: Int? = nil
  ) throws(CommunicatorError) -> ReturnedHandle {
    do throws(CommunicatorError) {
      return try accelerator.withCurrent { () throws(CommunicatorError) in
        try library.handle(operation, arguments, rank: rank ?? arguments.rank)
      }
    } catch {
      Group.leaveAfterFailure(library)
      throw error
    }
  }
}
