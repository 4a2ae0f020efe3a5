internal import CollectiveInterface
internal import LibraryLoader
internal import Synchronization

extension Communicator {
  /// Puts an operation into a stream.
  @inline(__always)
  func enqueue(
    _ operation: CollectiveOperation, _ arguments: consuming CollectiveArguments
  ) throws(CommunicatorError) {
    try prepare(operation)
    if !isBlocking, Group.isSimulated { throw cannotSimulate(operation) }
    arguments.comm = handle
    try marked { () throws(CommunicatorError) in
      // Again: who ends the communicator after this waits a moment for marked calls.
      try checkUsable(operation)
      do throws(CollectiveError) {
        if isBlocking { return try library.enqueue(operation, arguments) }
        // At its end NCCL looks at the state itself, which nobody else may do meanwhile.
        try questions.withLock { (_) throws(CollectiveError) in
          try library.enqueue(operation, arguments)
        }
      } catch {
        throw isUsable ? failure(error, in: operation) : notUsable(operation.rawValue)
      }
    }
  }

  @inline(never)
  private func cannotSimulate(_ operation: CollectiveOperation) -> CommunicatorError {
    CommunicatorError(
      .unsupported, in: operation.rawValue,
      "calls of a communicator that does not block cannot be simulated", rank: rank)
  }

  /// The arguments that most operations have.
  @inline(__always)
  func arguments(
    _ send: UnsafeMutableRawPointer?, _ recv: UnsafeMutableRawPointer?, _ count: Int,
    _ type: DataType, _ stream: some CollectiveStream, in operation: CollectiveOperation
  ) throws(CommunicatorError) -> CollectiveArguments {
    guard let code = codes[type] else { throw lacks(type, operation) }
    try check(count >= 0, in: operation, "there are no \(count) elements")
    var arguments = CollectiveArguments()
    arguments.sendBuffer = UnsafeRawPointer(send)
    arguments.recvBuffer = recv
    arguments.count = count
    arguments.dataType = code
    arguments.stream = stream.address
    return arguments
  }

  /// The library's number for a reduction.
  @inline(__always)
  func code(
    _ op: ReductionOp, in operation: CollectiveOperation
  ) throws(CommunicatorError) -> Int {
    if let code = codes[builtIn: op] { return code }
    return try unusualCode(op, operation)
  }

  @inline(never)
  private func unusualCode(
    _ op: ReductionOp, _ operation: CollectiveOperation
  ) throws(CommunicatorError) -> Int {
    guard case .custom(let custom) = op else {
      throw CommunicatorError(
        .unsupported, in: operation.rawValue, "\(release) has no reduction \(op)", rank: rank)
    }
    guard custom.communicator === self else {
      throw CommunicatorError(
        .invalidArgument, in: operation.rawValue,
        "the reduction op was made by another communicator", rank: rank)
    }
    return custom.code
  }

  @inline(never)
  private func lacks(_ type: DataType, _ operation: CollectiveOperation) -> CommunicatorError {
    CommunicatorError(
      .unsupported, in: operation.rawValue,
      "\(release) has no data type \(type.name); it has "
        + codes.known.map(\.name).joined(separator: ", "), rank: rank)
  }

  private var release: String {
    "\(library.library.vendor) \(library.library.release.map(\.description) ?? "of unknown release")"
  }

  // MARK: Checks

  @inline(__always)
  func check(
    _ condition: Bool, in operation: CollectiveOperation, _ text: @autoclosure () -> String
  ) throws(CommunicatorError) {
    guard condition else {
      throw CommunicatorError(.invalidArgument, in: operation.rawValue, text(), rank: rank)
    }
  }

  @inline(__always)
  func check(
    rank other: Int, _ what: StaticString, in operation: CollectiveOperation
  ) throws(CommunicatorError) {
    try check(
      other >= 0 && other < nRanks, in: operation,
      "the \(what) \(other) is not one of the ranks 0..<\(nRanks)")
  }
}

extension CollectiveArguments {
  /// With a configuration of its own an operation is another function of the library's.
  @inline(__always)
  mutating func configure(
    _ configuration: CollectiveConfiguration?, _ plain: CollectiveOperation,
    _ configured: CollectiveOperation
  ) -> CollectiveOperation {
    guard let configuration else { return plain }
    self.configuration = configuration.fields
    return configured
  }
}
