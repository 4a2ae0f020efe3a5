internal import CollectiveInterface
internal import LibraryLoader
internal import Synchronization

// What every call of the library on a communicator goes through: whether it may be made, and that it can
// be seen from other threads while it is.

extension Communicator {
  /// Refuses calls on a communicator that has come to its end.
  @inline(__always)
  func checkUsable(_ operation: CollectiveOperation) throws(CommunicatorError) {
    guard isAlive.load(ordering: .sequentiallyConsistent) else {
      throw notUsable(operation.rawValue)
    }
  }

  /// The same before a call that the communicator must be ready for: one that does not block takes a
  /// call when the one before is done. That is soon, as the work itself is in streams by then. Of the
  /// calls of a group the first waits; nothing of the group is done before its end.
  @inline(__always)
  func prepare(_ operation: CollectiveOperation) throws(CommunicatorError) {
    try checkUsable(operation)
    if !isBlocking, !Group.holds(self) { try waitUntilReady() }
  }

  /// Marks a call as being in the library; a call of a group is there until the group's end.
  @inline(__always)
  func marked<Result, Failure: Error>(
    _ call: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    if Group.take(self) { return try call() }
    enterCall()
    defer { leaveCall() }
    return try call()
  }

  func enterCall() { calls.wrappingAdd(1, ordering: .sequentiallyConsistent) }

  func leaveCall() { calls.wrappingAdd(1, ordering: .sequentiallyConsistent) }

  /// The number of the call that is in the library; nil: none is.
  var callInProgress: UInt64? {
    let number = calls.load(ordering: .sequentiallyConsistent)
    return number % 2 == 1 ? number : nil
  }

  /// A call that does not put anything into a stream.
  func call(
    _ operation: CollectiveOperation, _ arguments: CommunicatorArguments
  ) throws(CommunicatorError) {
    try accelerator.withCurrent { () throws(CommunicatorError) in
      _ = try library.value(operation, arguments, rank: rank)
    }
  }
}
