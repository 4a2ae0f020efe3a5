public import CollectiveInterface
internal import LibraryLoader
internal import Synchronization

/// Calls that the library takes together: several point-to-point operations, several communicators of
/// one thread.
enum Group {
  /// What this thread is in.
  private struct Place: Sendable {
    /// nil: in no group. A nested group is part of the outermost.
    var members: GroupMembers?
    var isSimulated = false
  }

  @TaskLocal private static var place = Place()

  /// How many are open in the process: while there are none no thread looks for its own.
  private static let openCount = Atomic(0)

  private static var members: GroupMembers? {
    openCount.load(ordering: .relaxed) == 0 ? nil : place.members
  }

  /// Whether this thread is in a group.
  static var isOpen: Bool { members != nil }

  /// Whether what is called is only estimated.
  static var isSimulated: Bool { place.isSimulated }

  /// Whether this thread is in a group that has a call of a communicator.
  static func holds(_ communicator: Communicator) -> Bool {
    members?.contain(communicator) ?? false
  }

  /// Takes a communicator into the group that this thread is in: it is in a call until the group's end.
  ///
  /// - Returns: `false`: there is no group.
  static func take(_ communicator: Communicator) -> Bool {
    guard let members else { return false }
    members.add(communicator)
    return true
  }

  /// What `CollectiveLibrary.group` does.
  static func run<Result>(
    _ library: any CollectiveLibrary, _ body: () throws(CommunicatorError) -> Result
  ) throws(CommunicatorError) -> Result {
    try run(library, isSimulated: place.isSimulated, body) { () throws(CommunicatorError) in
      _ = try library.value(.groupEnd, CommunicatorArguments())
    }.result
  }

  /// What `CollectiveLibrary.simulateGroup` does.
  static func simulate(
    _ library: any CollectiveLibrary, _ body: () throws(CommunicatorError) -> Void
  ) throws(CommunicatorError) -> Double {
    guard library.isAvailable(.groupSimulateEnd) else {
      throw CommunicatorError(library.unavailable(.groupSimulateEnd), in: "groupSimulateEnd")
    }
    guard !isOpen else {
      throw CommunicatorError(
        .invalidArgument, in: "groupSimulateEnd",
        "a group within another cannot be simulated: the outer one would do its calls")
    }
    let end = try run(library, isSimulated: true, body) { () throws(CommunicatorError) in
      try library.value(.groupSimulateEnd, CommunicatorArguments())
    }.end
    guard case .fields(let fields) = end, case .number(let time)? = fields["estimatedTime"] else {
      throw CommunicatorError(
        .internalError, in: "groupSimulateEnd", "the library gave no estimated time")
    }
    return time
  }

  /// Begins a group, runs the body in it, and ends it, or gives it up if the body throws.
  private static func run<Result, End>(
    _ library: any CollectiveLibrary, isSimulated: Bool,
    _ body: () throws(CommunicatorError) -> Result, end: () throws(CommunicatorError) -> End
  ) throws(CommunicatorError) -> (result: Result, end: End) {
    _ = try library.value(.groupStart, CommunicatorArguments())
    let (outer, members) = (place.members, place.members ?? GroupMembers())
    openCount.wrappingAdd(1, ordering: .relaxed)
    defer {
      openCount.wrappingSubtract(1, ordering: .relaxed)
      if outer == nil { members.leave() }
    }
    // `withValue` does not keep the error's type.
    let result: Swift.Result<Result, CommunicatorError> = $place.withValue(
      Place(members: members, isSimulated: isSimulated)
    ) {
      do throws(CommunicatorError) { return .success(try body()) } catch { return .failure(error) }
    }
    if case .failure = result { giveUp(library) }
    return (try result.get(), try end())
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

/// The communicators that a group has calls of.
final class GroupMembers: Sendable {
  private let communicators = Mutex<[Communicator]>([])

  func contain(_ communicator: Communicator) -> Bool {
    communicators.withLock { $0.contains { $0 === communicator } }
  }

  func add(_ communicator: Communicator) {
    communicators.withLock { communicators in
      guard !communicators.contains(where: { $0 === communicator }) else { return }
      communicators.append(communicator)
      communicator.enterCall()
    }
  }

  func leave() {
    for communicator in communicators.withLock({ $0 }) { communicator.leaveCall() }
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
  /// Not for communicators that do not block: NCCL does the calls of those. Not within a group.
  ///
  /// - Returns: Microseconds.
  /// - C: `ncclGroupSimulateEnd`, since 2.22.3
  public func simulateGroup(
    _ body: () throws(CommunicatorError) -> Void
  ) throws(CommunicatorError) -> Double {
    try Group.simulate(self, body)
  }
}
