internal import CUDARuntime
internal import CollectiveInterface
internal import Collectives

/// A rank of a run, as the cases see it: what it works with, and how it meets the others.
final class Member {
  let library: any CollectiveLibrary
  let accelerator: Accelerator
  let meeting: Meeting
  let settings: Settings
  /// Whether the communicators that cases work on block.
  let isBlocking: Bool
  let findings = Findings()
  /// What was shared since somebody began to count.
  var ids: [UniqueID] = []

  var rank: Int { meeting.rank }
  var nRanks: Int { meeting.nRanks }
  var timeout: Duration { settings.timeout }
  /// Whether it is the CPU that works.
  var isHost: Bool { accelerator.context == nil }

  init(
    _ library: any CollectiveLibrary, _ accelerator: Accelerator, _ meeting: Meeting,
    _ settings: Settings, isBlocking: Bool
  ) {
    self.library = library
    self.accelerator = accelerator
    self.meeting = meeting
    self.settings = settings
    self.isBlocking = isBlocking
  }
}

/// What holds for a whole run.
package struct Settings: Sendable {
  /// What a wait may take.
  package var timeout: Duration
  /// Fewer counts, types and roots.
  package var isThin: Bool
  /// Whether the ranks are threads of this process.
  package var areThreads: Bool

  package init(timeout: Duration, isThin: Bool, areThreads: Bool) {
    self.timeout = timeout
    self.isThin = isThin
    self.areThreads = areThreads
  }
}

// MARK: Communicators

extension Member {
  /// An ID of all ranks.
  func sharedID() throws -> UniqueID {
    let bytes = rank == 0 ? try UniqueID(madeBy: library).bytes : []
    let id = try UniqueID(bytes: try meeting.broadcast(bytes, root: 0), for: library)
    ids.append(id)
    return id
  }

  /// A communicator of all ranks, of the kind that this run is about. All ranks call it.
  func communicator() throws -> Communicator { try communicator(try sharedID(), rank, nRanks) }

  /// One with an ID that all of its ranks have.
  func communicator(_ id: UniqueID, _ rank: Int, _ nRanks: Int) throws -> Communicator {
    var configuration: CommunicatorConfiguration?
    if !isBlocking {
      configuration = CommunicatorConfiguration()
      configuration?.isBlocking = false
    }
    let made = try Communicator(
      library, id: id, rank: rank, nRanks: nRanks, on: accelerator, configuration: configuration)
    try made.waitUntilReady(timeout: timeout)
    return made
  }

  /// Does the communicator what a communicator is for? `members`: the ranks of the run that are its.
  func expectWorks(
    _ communicator: Communicator, _ members: [Int], _ what: String
  ) throws {
    findings.expect(
      communicator.nRanks == members.count && communicator.rank < members.count
        && members[communicator.rank] == rank,
      "\(what): rank \(communicator.rank) of \(communicator.nRanks), not of \(members)")
    let stream = try accelerator.makeStream()
    let send = try accelerator.makeBuffer([Int32(rank), Int32(rank * rank)])
    let gathered = try accelerator.makeBuffer(of: Int32.self, count: 2 * members.count)
    let sum = try accelerator.makeBuffer(of: Int32.self, count: 2)
    try communicator.allGather(send, into: gathered, on: stream)
    try communicator.allReduce(send, into: sum, on: stream)
    try communicator.waitUntilFinished(stream, timeout: timeout)
    let expected = members.flatMap { [Int32($0), Int32($0 * $0)] }
    let (blocks, sums) = (try gathered.array(), try sum.array())
    findings.expect(blocks == expected, "\(what): gathered \(blocks), not \(expected)")
    let total = [members.reduce(0, +), members.map { $0 * $0 }.reduce(0, +)].map { Int32($0) }
    findings.expect(sums == total, "\(what): the sum is \(sums), not \(total)")
  }

  /// Runs a body with a communicator of all ranks, which comes to its end with it: with the others if
  /// all is well, without them if it throws.
  func withCommunicator(_ body: (Communicator) throws -> Void) throws {
    let communicator = try communicator()
    do {
      try body(communicator)
    } catch {
      try? communicator.abort()
      throw error
    }
    try communicator.destroy()
  }
}

// MARK: Errors

extension Member {
  /// What the body throws; nil, and a failure, if it does not.
  @discardableResult
  func expectError(
    _ what: String, containing text: String = "", _ body: () throws -> Void
  ) -> CommunicatorError? {
    do {
      try body()
      findings.expect(false, "\(what): no error")
      return nil
    } catch let error as CommunicatorError {
      findings.expect(
        error.description.contains(text), "\(what): the error does not say \"\(text)\": \(error)")
      return error
    } catch {
      findings.expect(false, "\(what): another kind of error: \(error)")
      return nil
    }
  }

  /// The body must say that the library lacks what it asks for.
  func expectUnsupported(_ what: String, containing text: String = "", _ body: () throws -> Void) {
    guard let error = expectError(what, containing: text, body) else { return }
    findings.expect(error.isUnsupported, "\(what): \(error) is not isUnsupported")
  }

  func require(_ operation: CollectiveOperation) throws {
    guard library.isAvailable(operation) else {
      throw Skip(reason: "the library has no \(operation.rawValue)")
    }
  }
}
