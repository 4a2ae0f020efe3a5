import Collectives
import Foundation
import Synchronization
import Testing

/// Says that a rank is lost, from some time on.
private struct Loss: PeerMonitor {
  private let start: ContinuousClock.Instant

  init(after delay: Duration) { start = .now + delay }

  func problem() -> String? { start <= .now ? "lost: rank 1" : nil }
  func tell(_ problem: String) {}
}

@Suite("Watches")
struct WatchTests {
  private let scripted: ScriptedLibrary

  init() throws { scripted = try ScriptedLibrary() }

  @Test("Who aborts what a watch aborts waits for that")
  func abortWaits() throws {
    scripted[.abortMilliseconds] = 300
    let communicator = try scripted.communicator()
    communicator.watch(peers: Loss(after: .zero), every: .milliseconds(1))
    try #require(comesToBe { !communicator.isUsable })
    try communicator.abort()
    #expect(scripted[.aborts] == 1)
  }

  @Test("A watch looks while the threads of all tasks are in calls")
  func looksBesideTasks() async throws {
    let communicator = try scripted.communicator()
    communicator.watch(peers: Loss(after: .milliseconds(300)), every: .milliseconds(1))
    let calls = 4 * ProcessInfo.processInfo.activeProcessorCount
    let abortedCalls = await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<calls { group.addTask { comesToBe { !communicator.isUsable } } }
      return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    #expect(abortedCalls == calls)
  }

  @Test("A watch does not keep its communicator, and ends with it")
  func endsWithItsCommunicator() throws {
    final class Monitor: PeerMonitor {
      func problem() -> String? { nil }
      func tell(_ problem: String) {}
    }
    weak var monitor: Monitor?
    weak var watched: Communicator?
    do {
      let held = Monitor()
      let communicator = try scripted.communicator()
      communicator.watch(peers: held, every: .seconds(3600))
      (monitor, watched) = (held, communicator)
    }
    #expect(comesToBe { monitor == nil && watched == nil })
  }

  @Test("A call that hangs at a group's end is found")
  func groupThatHangs() throws {
    let communicator = try scripted.communicator()
    scripted[.holdsGroupEnd] = 1
    let found = Mutex<CommunicatorError?>(nil)
    communicator.watch(every: .milliseconds(5), callTimeout: .milliseconds(200)) { error in
      found.withLock { $0 = error }
    }
    let memory = BorrowedMemory<Float>(nil, count: 4)
    try? communicator.allGatherV(
      BorrowedMemory<Float>(nil, count: 2), into: memory, Blocks(counts: [2, 2]),
      on: BorrowedStream(nil) { true })
    try #require(comesToBe { found.withLock { $0 != nil } })
    let error = try #require(found.withLock { $0 })
    guard case .timedOut = error.kind else { throw error }
    #expect(scripted[.aborts] == 1)
  }

  @Test("The library is told to abort before the peers have taken the reason")
  func slowPeers() throws {
    final class Slow: PeerMonitor {
      let sawAbort = Mutex(false)
      let scripted: ScriptedLibrary

      init(_ scripted: ScriptedLibrary) { self.scripted = scripted }

      func problem() -> String? { nil }
      func tell(_ problem: String) {
        let aborted = comesToBe { scripted[.aborts] == 1 }
        sawAbort.withLock { $0 = aborted }
      }
    }
    let communicator = try scripted.communicator()
    let peers = Slow(scripted)
    communicator.watch(peers: peers, every: .seconds(3600))
    try communicator.abort()
    #expect(comesToBe { peers.sawAbort.withLock { $0 } })
  }

  @Test("A revocation that the library refuses leaves the watch as it was")
  func refusedRevocation() throws {
    let communicator = try scripted.communicator()
    communicator.watch(peers: Loss(after: .milliseconds(200)), every: .milliseconds(1))
    scripted[.revokeCode] = 5
    #expect(throws: CommunicatorError.self) { try communicator.revoke() }
    #expect(comesToBe { !communicator.isUsable })
  }
}
