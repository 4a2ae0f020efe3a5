import Collectives
import LibraryLoader
import NCCLBindings
import TestSupport
import Testing

/// Aborts of a library that takes its time.
@Suite("Aborts that are under way")
struct AbortTests {
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

  /// Says that a rank is lost.
  private struct Loss: PeerMonitor {
    func problem() -> String? { "lost: rank 1" }
    func tell(_ problem: String) {}
  }

  @Test("Who aborts what a watch aborts waits for that", .timeLimit(.minutes(1)))
  func waits() throws {
    let fixture = try FixtureLibrary.compile(
      source: Self.source, flags: ["-Wno-visibility"], name: "libslow.so")
    let library = try NCCLLibrary.load(path: fixture.path)
    let communicator = try Communicator(
      library, id: UniqueID(madeBy: library), rank: 0, nRanks: 2, on: .external)
    communicator.watch(peers: Loss(), every: .milliseconds(1))
    while communicator.isUsable {}
    let address = try #require(library.library.address(ofSymbol: "endCount"))
    let endCount = unsafeBitCast(address, to: (@convention(c) () -> Int32).self)
    #expect(endCount() == 0)
    try communicator.abort()
    #expect(endCount() == 1)
  }
}
