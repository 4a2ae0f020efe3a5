public import CollectiveInterface
internal import LibraryLoader
internal import Synchronization

extension Communicator {
  /// Divides the ranks into communicators of their own. All ranks call it.
  ///
  /// - Parameters:
  ///   - color: Which part this rank joins, 0 or more; nil: none.
  ///   - key: The ranks of a part are in the order of their keys, then of their ranks here.
  ///   - configuration: Of the part; nil: this one's.
  /// - Returns: The part; nil without a color. Waits until it is ready, also where calls on it do not
  ///   block.
  /// - C: `ncclCommSplit`, since 2.18.1
  public func split(
    color: Int?, key: Int = 0, configuration: CommunicatorConfiguration? = nil
  ) throws(CommunicatorError) -> Communicator? {
    if let color, color < 0 {
      throw CommunicatorError(
        .invalidArgument, in: "commSplit", "the color \(color) is negative", rank: rank)
    }
    try checkDivisible(.commSplit)
    var arguments = arguments
    // Negative: no part.
    arguments.color = color ?? -1
    arguments.key = key
    arguments.configuration = configuration?.fields
    return try marked { () throws(CommunicatorError) in
      let part = try Self.create(library, .commSplit, arguments, accelerator, rank: rank)
      guard color != nil else {
        try checkDivisible(.commSplit)
        return nil
      }
      return try child(part, configuration)
    }
  }

  /// What the outstanding work of a communicator that is shrunk comes to.
  public enum ShrinkMode: Sendable {
    /// It has come to its end.
    case whenDone
    /// It is given up: ranks have failed.
    case aborting
  }

  /// Makes a communicator without some of the ranks. The others call it, with the same list; those
  /// that are left out do not.
  ///
  /// - C: `ncclCommShrink`, since 2.27.3
  public func shrink(
    without excluded: [Int], mode: ShrinkMode = .whenDone,
    configuration: CommunicatorConfiguration? = nil
  ) throws(CommunicatorError) -> Communicator {
    guard !excluded.isEmpty, excluded.allSatisfy({ (0..<nRanks).contains($0) }),
      !excluded.contains(rank), Set(excluded).count == excluded.count
    else {
      throw CommunicatorError(
        .invalidArgument, in: "commShrink",
        "the ranks to leave out must be different ones of 0..<\(nRanks), and not the caller: "
          + "\(excluded)", rank: rank)
    }
    if mode == .aborting {
      // Also when another rank's shrinking, or what it is done for, has made an error of this one.
      try checkNotEnded(.commShrink)
    } else {
      try checkDivisible(.commShrink)
    }
    let flags = try code(.shrinkFlags, mode == .aborting ? "abort" : "default", in: .commShrink)
    var ranks = excluded.map { Int32($0) }
    if mode == .aborting { isGivenUp.store(true, ordering: .releasing) }
    return try marked { () throws(CommunicatorError) in
      let rest = try ranks.withUnsafeMutableBufferPointer { (ranks) throws(CommunicatorError) in
        var arguments = self.arguments
        arguments.excludedRanks = ranks.baseAddress
        arguments.nExcludedRanks = ranks.count
        arguments.flags = flags
        arguments.configuration = configuration?.fields
        return try Self.create(library, .commShrink, arguments, accelerator, rank: rank)
      }
      return try child(rest, configuration, isParentLost: mode == .aborting)
    }
  }

  /// The ID with which new ranks join a communicator that grows. One rank makes it.
  ///
  /// - C: `ncclCommGetUniqueId`, since 2.29.2
  public func makeUniqueID() throws(CommunicatorError) -> UniqueID {
    try prepare(.commGetUniqueID)
    guard case .bytes(let bytes) = try library.value(.commGetUniqueID, arguments, rank: rank) else {
      throw CommunicatorError(
        .internalError, in: "commGetUniqueID", "the library returned no bytes", rank: rank)
    }
    return UniqueID(unchecked: bytes)
  }

  /// Makes a communicator with more ranks. All ranks call it; the new ones call `Communicator.grown`
  /// at the same time.
  ///
  /// - Parameters:
  ///   - nRanks: Of the communicator that is to be.
  ///   - id: On the rank that made it; the others may leave it out.
  /// - C: `ncclCommGrow`, since 2.29.2
  public func grow(
    to nRanks: Int, id: UniqueID? = nil, configuration: CommunicatorConfiguration? = nil
  ) throws(CommunicatorError) -> Communicator {
    guard nRanks > self.nRanks else {
      throw CommunicatorError(
        .invalidArgument, in: "commGrow", "\(nRanks) ranks are no more than \(self.nRanks)",
        rank: rank)
    }
    try prepare(.commGrow)
    return try marked { () throws(CommunicatorError) in
      // Ranks that are there keep their numbers: -1 says so.
      let grown = try Self.grow(
        library, handle, id, rank: -1, nRanks: nRanks, accelerator, configuration, caller: rank)
      return try child(grown, configuration)
    }
  }

  /// Joins a communicator that grows, as one of its new ranks.
  ///
  /// - C: `ncclCommGrow`, since 2.29.2
  public static func grown(
    _ library: any CollectiveLibrary, id: UniqueID, rank: Int, nRanks: Int,
    on accelerator: Accelerator, configuration: CommunicatorConfiguration? = nil
  ) throws(CommunicatorError) -> Communicator {
    let handle = try grow(
      library, nil, id, rank: rank, nRanks: nRanks, accelerator, configuration, caller: rank)
    return Communicator(
      library, handle.value, rank: rank, nRanks: nRanks, on: accelerator,
      isBlocking: configuration?.isBlocking ?? true)
  }

  private static func grow(
    _ library: any CollectiveLibrary, _ comm: UnsafeMutableRawPointer?, _ id: UniqueID?, rank: Int,
    nRanks: Int, _ accelerator: Accelerator, _ configuration: CommunicatorConfiguration?,
    caller: Int
  ) throws(CommunicatorError) -> ReturnedHandle {
    try id?.check(for: library)
    var bytes = id?.bytes ?? []
    return try bytes.withUnsafeMutableBufferPointer { (bytes) throws(CommunicatorError) in
      var arguments = CommunicatorArguments()
      arguments.comm = comm
      arguments.nRanks = nRanks
      arguments.rank = rank
      arguments.uniqueIDs = id == nil ? nil : UnsafeMutableRawPointer(bytes.baseAddress)
      arguments.configuration = configuration?.fields
      return try create(library, .commGrow, arguments, accelerator, rank: caller)
    }
  }

  // MARK: Children

  /// A revoked communicator can still be divided.
  private func checkDivisible(_ operation: CollectiveOperation) throws(CommunicatorError) {
    if !isRevoked { try prepare(operation) }
  }

  /// The same without waiting.
  private func checkNotEnded(_ operation: CollectiveOperation) throws(CommunicatorError) {
    guard isUsable || isRevoked else { throw notUsable(operation.rawValue) }
  }

  private func child(
    _ returned: ReturnedHandle, _ configuration: CommunicatorConfiguration?,
    isParentLost: Bool = false
  ) throws(CommunicatorError) -> Communicator {
    let isBlocking = configuration?.isBlocking ?? isBlocking
    if !self.isBlocking { try waitFor(returned, isParentLost: isParentLost || isRevoked) }
    guard let handle = returned.value else {
      throw CommunicatorError(
        .internalError, in: "commSplit", "the library made no communicator", rank: rank)
    }
    do throws(CommunicatorError) {
      var arguments = CommunicatorArguments()
      arguments.comm = handle
      if !isBlocking { try settle(child: arguments) }
      let rank = try library.integer(.commUserRank, arguments, rank: rank)
      let nRanks = try library.integer(.commCount, arguments, rank: rank)
      return Communicator(
        library, handle, rank: rank, nRanks: nRanks, on: accelerator, isBlocking: isBlocking,
        codes: codes)
    } catch {
      Self.discard(library, handle, accelerator, rank: rank)
      throw error
    }
  }

  /// Where this communicator does not block, the library writes the child's handle when it is made.
  private func waitFor(
    _ returned: ReturnedHandle, isParentLost: Bool
  ) throws(CommunicatorError) {
    var pause = Pause()
    while returned.value == nil {
      // After a revocation there is no state to go by.
      if isParentLost {
        try checkNotEnded(.commSplit)
      } else if try !isInProgress("commSplit") {
        return
      }
      pause.sleep()
    }
  }

  /// Waits until a child that does not block is ready. Who gives up on its parent gives up on it.
  private func settle(child: CommunicatorArguments) throws(CommunicatorError) {
    var pause = Pause()
    while true {
      switch try AsyncState(library, child, rank: rank) {
      case .ready: return
      case .failed(let error): throw error
      case .inProgress: try checkNotEnded(.commSplit)
      }
      pause.sleep()
    }
  }

  /// A number that the loaded library has a name for.
  func code(
    _ kind: CollectiveCode, _ name: String, in operation: CollectiveOperation
  ) throws(CommunicatorError) -> Int {
    if let code = library.code(kind, named: name) { return code }
    guard library.isAvailable(operation) else {
      throw failure(library.unavailable(operation), in: operation)
    }
    throw CommunicatorError(
      .unsupported, in: operation.rawValue,
      "\(library.library.vendor) \(library.library.release.map(\.description) ?? "") has no "
        + "\(kind.rawValue) \(name)", rank: rank)
  }
}
