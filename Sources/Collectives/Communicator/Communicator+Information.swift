public import CollectiveInterface
internal import LibraryLoader

extension Communicator {
  /// The number of ranks, as the library has it.
  ///
  /// - C: `ncclCommCount`
  public func count() throws(CommunicatorError) -> Int { try question(.commCount) }

  /// This rank, as the library has it.
  ///
  /// - C: `ncclCommUserRank`
  public func userRank() throws(CommunicatorError) -> Int { try question(.commUserRank) }

  /// The ordinal of the device, as the library has it.
  ///
  /// - C: `ncclCommCuDevice`
  public func device() throws(CommunicatorError) -> Int { try question(.commDevice) }

  /// What the library says about its last error on this communicator; empty if there was none.
  ///
  /// - C: `ncclGetLastError`
  public func lastError() throws(CommunicatorError) -> String {
    try prepare(.getLastError)
    guard case .text(let text) = try library.value(.getLastError, arguments, rank: rank) else {
      return ""
    }
    return text
  }

  /// Figures about a communicator's memory.
  public enum MemoryStatistic: String, Sendable, CaseIterable {
    /// Bytes of the GPU's memory that `suspend` gives back.
    case suspendable = "statGpuMemSuspend"
    /// 1 while it is suspended, else 0.
    case isSuspended = "statGpuMemSuspended"
    /// Bytes of the GPU's memory that it keeps.
    case persistent = "statGpuMemPersist"
    /// All bytes of the GPU's memory.
    case total = "statGpuMemTotal"
  }

  /// A figure about its memory.
  ///
  /// - C: `ncclCommMemStats`, since 2.29.7
  public func memory(_ statistic: MemoryStatistic) throws(CommunicatorError) -> Int {
    try prepare(.commMemStats)
    var arguments = arguments
    arguments.statistic = try code(.memoryStatistic, statistic.rawValue, in: .commMemStats)
    return try library.integer(.commMemStats, arguments, rank: rank)
  }

  /// Whether the loaded library has an operation; most that it lacks are made of others.
  public func has(_ operation: CollectiveOperation) -> Bool { library.isAvailable(operation) }

  /// The data types that the loaded library has.
  public var dataTypes: [DataType] { codes.known }

  /// Whether the loaded library has a reduction.
  public func has(_ op: ReductionOp) -> Bool {
    if case .custom = op { true } else { codes[builtIn: op] != nil }
  }

  private func question(_ operation: CollectiveOperation) throws(CommunicatorError) -> Int {
    try prepare(operation)
    return try library.integer(operation, arguments, rank: rank)
  }
}

extension CollectiveLibrary {
  /// The value of one of the library's parameters.
  ///
  /// - Parameter name: As its environment variable is called, such as `NCCL_BUFFSIZE`.
  /// - C: `ncclParamGetParameter`, since 2.30.4
  public func parameter(_ name: String) throws(CommunicatorError) -> String {
    var result: Result<CollectiveValue, CommunicatorError> = .success(.none)
    name.withCString { name in
      var arguments = CommunicatorArguments()
      arguments.parameter = name
      do throws(CommunicatorError) {
        result = .success(try value(.paramGetParameter, arguments))
      } catch { result = .failure(error) }
    }
    guard case .text(let text) = try result.get() else { return "" }
    return text
  }
}
