import Collectives
import Testing
import Threads

/// What the library must never be asked, and what must not be left when it refuses.
@Suite("Calls of the library")
struct CallTests {
  private let scripted: ScriptedLibrary
  private let memory = BorrowedMemory<Float>(nil, count: 4)
  private let stream = BorrowedStream(nil) { true }

  init() throws { scripted = try ScriptedLibrary() }

  @Test("Groups of a communicator that does not block wait for the call before")
  func groupsWait() throws {
    scripted[.isBlocking] = 0
    let communicator = try scripted.communicator()
    let part = BorrowedMemory<Float>(nil, count: 2)
    for _ in 0..<3 {
      try communicator.allGatherV(part, into: memory, Blocks(counts: [2, 2]), on: stream)
      try communicator.allReduce(memory, on: stream)
    }
    #expect(scripted[.refusals] == 0)
    #expect(scripted[.launches] == 9)
    try communicator.abort()
  }

  @Test("What is not ready is destroyed when it is")
  func destroyWaits() throws {
    scripted[.isBlocking] = 0
    let communicator = try scripted.communicator()
    try communicator.allReduce(memory, on: stream)
    try communicator.destroy()
    #expect(scripted[.destroys] == 1)
    #expect(scripted[.groupDepth] == 0)
  }

  @Test("What has failed is aborted instead of destroyed, and the thread is in no group")
  func destroyAfterFailure() throws {
    let communicator = try scripted.communicator()
    scripted[.asyncError] = 6
    let error = #expect(throws: CommunicatorError.self) { try communicator.destroy() }
    guard case .asynchronous = error?.kind else { throw try #require(error) }
    #expect(scripted[.aborts] == 1)
    #expect(scripted[.destroys] == 0)
    #expect(scripted[.groupDepth] == 0)
  }

  @Test("An abort waits a moment for the call of another thread")
  func abortLetsCallsReturn() throws {
    scripted[.callMilliseconds] = 5
    let communicator = try scripted.communicator()
    let caller = try SystemThread { CallTests.callUntilItFails(communicator) }
    try #require(comesToBe { scripted[.launches] > 0 })
    try communicator.abort()
    caller.join()
    #expect(scripted[.aborts] == 1)
    #expect(scripted[.callsAtAbort] == 0)
  }

  private static func callUntilItFails(_ communicator: Communicator) {
    let memory = BorrowedMemory<Float>(nil, count: 4)
    let stream = BorrowedStream(nil) { true }
    while (try? communicator.allReduce(memory, on: stream)) != nil {}
  }

  @Test("Simulating within a group is refused: its calls would be done")
  func nestedSimulation() throws {
    let library = scripted.library
    #expect(throws: CommunicatorError.self) {
      try library.group { () throws(CommunicatorError) in
        _ = try library.simulateGroup { () throws(CommunicatorError) in }
      }
    }
    #expect(scripted[.groupDepth] == 0)
  }

  @Test("Counts below zero, and unique IDs of another length")
  func badArguments() throws {
    let communicator = try scripted.communicator()
    let negative = BorrowedMemory<Float>(nil, count: -1)
    try expectInvalid { try communicator.allReduce(negative, on: stream) }
    try expectInvalid { try communicator.send(negative, to: 1, on: stream) }
    try expectInvalid { _ = try communicator.register(negative) }
    try expectInvalid { _ = try communicator.register(BorrowedMemory<Float>(nil, count: .max)) }
    #expect(scripted[.launches] == 0)
  }

  private func expectInvalid(_ call: () throws -> Void) throws {
    let error = try #require(#expect(throws: CommunicatorError.self) { try call() })
    guard case .invalidArgument = error.kind else { throw error }
  }
}
