import Collectives
import Foundation
import LibraryLoader
import NCCLBindings
import TestSupport
import Testing

/// Watches, over a library whose abort takes its time.
@Suite("Watches")
struct WatchTests {
  private static let source = """
    #include <stdatomic.h>
    #include <string.h>
    #include <unistd.h>
    static atomic_int ends;
    int endCount(void) { return ends; }
    int ncclGetVersion(int *version) { *version = 22809; return 0; }
    const char *ncclGetErrorString(int code) { (void)code; return "a code"; }
    int ncclGetUniqueId(char *id) { memset(id, 1, 128); return 0; }
    int ncclCommInitRank(void **comm, int nRanks, struct { char bytes[128]; } id, int rank) {
      (void)nRanks, (void)id, (void)rank;
      *comm = &ends;
      return 0;
    }
    int ncclCommGetAsyncError(void *comm, int *state) { (void)comm; *state = 0; return 0; }
    int ncclCommAbort(void *comm) { (void)comm; usleep(300000); ++ends; return 0; }
    """

  /// Says that a rank is lost, from some time on.
  private struct Loss: PeerMonitor {
    let start: ContinuousClock.Instant

    init(after delay: Duration) { start = .now + delay }

    func problem() -> String? { start <= .now ? "lost: rank 1" : nil }
    func tell(_ problem: String) {}
  }

  private let fixture: FixtureLibrary
  private let library: NCCLLibrary
  private let communicator: Communicator

  init() throws {
    fixture = try FixtureLibrary.compile(
      source: Self.source, flags: ["-Wno-visibility"], name: "libslow.so")
    library = try NCCLLibrary.load(path: fixture.path)
    communicator = try Communicator(
      library, id: UniqueID(madeBy: library), rank: 0, nRanks: 2, on: .external)
  }

  /// Waits as a call does that waits for other ranks: the thread is not to be had for other tasks.
  private func isAborted(within limit: Duration = .seconds(20)) -> Bool {
    let end = ContinuousClock.now + limit
    while communicator.isUsable {
      if end <= .now { return false }
      usleep(1000)
    }
    return true
  }

  @Test("Who aborts what a watch aborts waits for that")
  func abortWaits() throws {
    communicator.watch(peers: Loss(after: .zero), every: .milliseconds(1))
    try #require(isAborted())
    let address = try #require(library.library.address(ofSymbol: "endCount"))
    let endCount = unsafeBitCast(address, to: (@convention(c) () -> Int32).self)
    #expect(endCount() == 0)
    try communicator.abort()
    #expect(endCount() == 1)
  }

  @Test("A watch looks while the threads of all tasks are in calls")
  func looksBesideTasks() async {
    communicator.watch(peers: Loss(after: .milliseconds(300)), every: .milliseconds(1))
    let calls = 4 * ProcessInfo.processInfo.activeProcessorCount
    let abortedCalls = await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<calls { group.addTask { isAborted() } }
      return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    #expect(abortedCalls == calls)
  }

  @Test("A watch does not keep its communicator, and ends with it")
  func endsWithItsCommunicator() throws {
    /// Counts how often it is asked, and is gone when nobody holds it.
    final class Monitor: PeerMonitor {
      func problem() -> String? { nil }
      func tell(_ problem: String) {}
    }
    weak var monitor: Monitor?
    weak var watched: Communicator?
    do {
      let held = Monitor()
      let communicator = try Communicator(
        library, id: UniqueID(madeBy: library), rank: 1, nRanks: 2, on: .external)
      communicator.watch(peers: held, every: .seconds(3600))
      (monitor, watched) = (held, communicator)
    }
    let end = ContinuousClock.now + .seconds(20)
    while monitor != nil || watched != nil, .now < end { usleep(1000) }
    #expect(monitor == nil)
    #expect(watched == nil)
  }
}
