public import CollectiveInterface
internal import LibraryLoader

/// Calls that the library takes together: several point-to-point operations, several communicators of
/// one thread.
enum Group {
  /// What this thread is in.
  private struct Place: Sendable {
    var depth = 0
    var isSimulated = false
  }

  @TaskLocal private static var place = Place()

  /// Whether this thread is in a group.
  static var isOpen: Bool { place.depth > 0 }

  /// Whether what is called is only estimated.
  static var isSimulated: Bool { place.isSimulated }

  /// What `CollectiveLibrary.group` does.
  static func run<Result>(
    _ library: any CollectiveLibrary, _ body: () throws(CommunicatorError) -> Result
  ) throws(CommunicatorError) -> Result {
    let result = try collect(library, isSimulated: place.isSimulated, body)
    _ = try library.value(.groupEnd, CommunicatorArguments())
    return result
  }

  /// What `CollectiveLibrary.simulateGroup` does.
  static func simulate(
    _ library: any CollectiveLibrary, _ body: () throws(CommunicatorError) -> Void
  ) throws(CommunicatorError) -> Double {
    guard library.isAvailable(.groupSimulateEnd) else {
      throw CommunicatorError(library.unavailable(.groupSimulateEnd), in: "groupSimulateEnd")
    }
    try collect(library, isSimulated: true, body)
    let value = try library.value(.groupSimulateEnd, CommunicatorArguments())
    guard case .fields(let fields) = value, case .number(let time)? = fields["estimatedTime"] else {
      throw CommunicatorError(
        .internalError, in: "groupSimulateEnd", "the library gave no estimated time")
    }
    return time
  }

  /// Begins a group and runs the body in it. The group is open afterwards, unless the body throws.
  private static func collect<Result>(
    _ library: any CollectiveLibrary, isSimulated: Bool,
    _ body: () throws(CommunicatorError) -> Result
  ) throws(CommunicatorError) -> Result {
    _ = try library.value(.groupStart, CommunicatorArguments())
    let inner = Place(depth: place.depth + 1, isSimulated: isSimulated)
    // `withValue` does not keep the error's type.
    let result: Swift.Result<Result, CommunicatorError> = $place.withValue(inner) {
      do throws(CommunicatorError) { return .success(try body()) } catch { return .failure(error) }
    }
    if case .failure = result { giveUp(library) }
    return try result.get()
  }

  /// Ends a group so that nothing of it is done. There is no call for that: one that fails makes the
  /// library drop the whole group, and a null communicator makes one fail.
  private static func giveUp(_ library: any CollectiveLibrary) {
    _ = try? library.enqueue(.broadcast, CollectiveArguments())
    _ = try? library.value(.groupEnd, CommunicatorArguments())
  }

  /// Some releases of NCCL (2.23.4 to 2.32.3) leave the thread in a group when a call that makes a
  /// communicator fails. One end gets out; where there is no group it is refused, without harm.
  static func leaveAfterFailure(_ library: any CollectiveLibrary) {
    guard !isOpen else { return }
    _ = try? library.value(.groupEnd, CommunicatorArguments())
  }
}

extension CollectiveLibrary {
  /// Runs `body`; what it calls, on any communicators of this library, is put into streams when it
  /// ends. Groups may be nested: then the outermost counts.
  ///
  /// If the body throws, the group is given up: nothing of it is put into streams, and the body's
  /// error is thrown. The other ranks then wait for this one's part; tell them, or abort. The library
  /// takes it for a failure of the communicators of the group that do not block: abort those.
  ///
  /// The body runs on the calling thread, and must not suspend: libraries keep groups by thread.
  ///
  /// - Throws: What the body throws; `CommunicatorError` of kind `library` if a call in the group
  ///   turns out to be wrong at its end: then none of them is done.
  /// - C: `ncclGroupStart`, `ncclGroupEnd`
  public func group<Result>(
    _ body: () throws(CommunicatorError) -> Result
  ) throws(CommunicatorError) -> Result {
    try Group.run(self, body)
  }

  /// Estimates what the calls of `body` would take, without doing them.
  ///
  /// Not for communicators that do not block: NCCL does the calls of those.
  ///
  /// - Returns: Microseconds.
  /// - C: `ncclGroupSimulateEnd`, since 2.22.3
  public func simulateGroup(
    _ body: () throws(CommunicatorError) -> Void
  ) throws(CommunicatorError) -> Double {
    try Group.simulate(self, body)
  }
}
