import Collectives
import Foundation
import LibraryLoader
import NCCLBindings
import TestSupport

/// A fake of NCCL for one communicator, which a test has do what the real one does in bad moments: be
/// slow, fail, refuse what is not ready. The stand-ins and the real library are tested elsewhere.
struct ScriptedLibrary {
  private static let source = """
    #include <stdatomic.h>
    #include <string.h>
    #include <unistd.h>

    // What a test sets.
    atomic_int isBlocking = 1, asyncError, abortMilliseconds, callMilliseconds, holdsGroupEnd, revokeCode;
    // What it reads.
    atomic_int aborts, destroys, launches, refusals, groupDepth, callsAtAbort;

    static atomic_int looksUntilReady, collected, calls;
    enum { success = 0, invalidArgument = 4, inProgress = 7 };

    static int begin(void) {
      if (isBlocking) return success;
      looksUntilReady = 3;
      return inProgress;
    }
    static int refuse(int code) { ++refusals; return code; }
    static int ensureReady(void) {
      return asyncError ? refuse(asyncError) : looksUntilReady ? refuse(invalidArgument) : success;
    }

    int ncclGetVersion(int *version) { *version = 22809; return success; }
    const char *ncclGetErrorString(int code) { (void)code; return "a code"; }
    int ncclGetUniqueId(char *id) { memset(id, 1, 128); return success; }
    typedef struct { char bytes[128]; } UniqueID;
    int ncclCommInitRank(void **comm, int nRanks, UniqueID id, int rank) {
      (void)nRanks, (void)id, (void)rank;
      *comm = &calls;
      return begin();
    }
    int ncclCommInitRankConfig(void **comm, int nRanks, UniqueID id, int rank, void *config) {
      (void)config;
      return ncclCommInitRank(comm, nRanks, id, rank);
    }
    int ncclCommGetAsyncError(void *comm, int *state) {
      (void)comm;
      if (looksUntilReady) --looksUntilReady;
      *state = asyncError ? asyncError : looksUntilReady ? inProgress : success;
      return success;
    }
    int ncclCommAbort(void *comm) {
      (void)comm;
      callsAtAbort = calls;
      usleep(abortMilliseconds * 1000);
      ++aborts;
      return success;
    }
    // As NCCL's, it leaves the thread in a group where it refuses.
    int ncclCommDestroy(void *comm) {
      (void)comm;
      ++groupDepth;
      int code = ensureReady();
      if (code) return code;
      --groupDepth, ++destroys;
      return success;
    }
    int ncclCommRevoke(void *comm, int flags) { (void)comm, (void)flags; return revokeCode; }

    int ncclGroupStart(void) { ++groupDepth; return success; }
    int ncclGroupEnd(void) {
      if (!groupDepth) return 5;
      if (--groupDepth) return success;
      while (holdsGroupEnd && !aborts) usleep(1000);
      if (!collected) return success;
      launches += collected;
      collected = 0;
      return begin();
    }
    int ncclGroupSimulateEnd(void *info) { (void)info; return ncclGroupEnd(); }
    static int enqueue(void) {
      ++calls;
      usleep(callMilliseconds * 1000);
      int code = ensureReady();
      --calls;
      if (code) return code;
      if (groupDepth) return ++collected, success;
      ++launches;
      return begin();
    }
    int ncclAllReduce(void *a, void *b, size_t n, int type, int op, void *comm, void *stream) {
      (void)a, (void)b, (void)n, (void)type, (void)op, (void)comm, (void)stream;
      return enqueue();
    }
    int ncclBroadcast(void *a, void *b, size_t n, int type, int root, void *comm, void *stream) {
      if (!comm) return invalidArgument;
      (void)a, (void)b, (void)n, (void)type, (void)root, (void)stream;
      return enqueue();
    }
    """

  /// The variables of the source.
  enum Variable: String {
    case isBlocking, asyncError, abortMilliseconds, callMilliseconds, holdsGroupEnd, revokeCode
    case aborts, destroys, launches, refusals, groupDepth, callsAtAbort
  }

  private let fixture: FixtureLibrary
  let library: NCCLLibrary

  init() throws {
    fixture = try FixtureLibrary.compile(source: Self.source, name: "libscripted.so")
    library = try NCCLLibrary.load(path: fixture.path)
  }

  subscript(_ variable: Variable) -> Int32 {
    get { place(variable)?.pointee ?? -1 }
    nonmutating set { place(variable)?.pointee = newValue }
  }

  private func place(_ variable: Variable) -> UnsafeMutablePointer<Int32>? {
    library.library.address(ofSymbol: variable.rawValue)?.assumingMemoryBound(to: Int32.self)
  }

  /// Rank 0 of two.
  func communicator() throws -> Communicator {
    var configuration = CommunicatorConfiguration()
    configuration.isBlocking = self[.isBlocking] != 0
    return try Communicator(
      library, id: UniqueID(madeBy: library), rank: 0, nRanks: 2, on: .external,
      configuration: configuration)
  }
}

/// Waits as a call does that waits for other ranks: the thread is not to be had for tasks.
///
/// - Returns: Whether it came to be, within far more time than it takes.
func comesToBe(_ condition: () -> Bool) -> Bool {
  let end = ContinuousClock.now + .seconds(120)
  while !condition() {
    if end <= .now { return false }
    usleep(1000)
  }
  return true
}
