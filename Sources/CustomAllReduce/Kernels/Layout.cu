// What lies where in the workspaces, and what a launch is told. Workspace.swift has the same.

constexpr unsigned maxRanks = 8;
constexpr unsigned maxBlocks = 256;

/// The beginning of every rank's workspace. A host sets it to zero before anybody else uses it.
struct Control {
  /// Launches of all-reduces that this rank has begun, modulo 2^32. The lowest bit is the arena's.
  unsigned turn;
  /// Blocks of the running launch that know the turn.
  unsigned arrivals;
  /// Not zero: nobody waits any more. The failure's code, and above it the rank it came from.
  unsigned failure;
  /// Whether the host has been told.
  unsigned reported;
  /// Calls that have been compared with the other ranks', modulo 2^32.
  unsigned comparisons;
  /// Of the failure, as in the report. Written before it.
  unsigned details[2];
  unsigned unused[25];
  /// By a comparison's parity and the rank that wrote it: the call's description, and below it the
  /// number of the comparison.
  unsigned long long descriptions[2][maxRanks];
  /// By phase, block and the rank that wrote it: the turn, and a bit above it that no beginning has.
  unsigned long long barriers[2][maxBlocks][maxRanks];
};

/// Behind the control block; both arenas are behind that.
constexpr unsigned long long controlBytes = 64 * 1024;
static_assert(sizeof(Control) <= controlBytes, "the control block has outgrown its place");

/// In the host's memory, where the host can read it at any time.
struct Report {
  /// The host sets it to have all waiting end.
  unsigned abort;
  /// Written last. See `Failure`.
  unsigned code;
  /// The rank that found it.
  unsigned origin;
  /// This rank's, when it found the failure or was told of it.
  unsigned turn;
  /// A set of ranks, or the descriptions of the origin's call and of another rank's.
  unsigned details[2];
};

enum Failure : unsigned {
  timedOut = 1,
  aborted = 2,
  differentCalls = 3,
  unreachable = 4,
  unregistered = 5,
};

/// Where the buffers of all ranks lie, as this rank sees them. In the memory of the device, so that a
/// launch can be recorded before the addresses are known. All are null until then.
struct Registration {
  const Pack *inputs[maxRanks];
  Pack *outputs[maxRanks];
};

struct Arguments {
  const Pack *input;
  Pack *output;
  Report *report;
  /// In nanoseconds; how long a thread waits.
  unsigned long long timeout;
  unsigned long long arenaBytes;
  /// By rank; this rank's own too.
  unsigned char *workspaces[maxRanks];
  unsigned packs;
  unsigned rank;
  /// See `Operation`.
  unsigned operation;
  /// For comparisons: what is called. For checks: what to write.
  unsigned description;
  /// For kernels that work on the buffers themselves.
  const Registration *registration;
};

DEVICE Control *controlOf(const Arguments &a, unsigned rank) {
  return reinterpret_cast<Control *>(a.workspaces[rank]);
}

DEVICE Pack *arenaOf(const Arguments &a, unsigned rank, unsigned turn) {
  return reinterpret_cast<Pack *>(
      a.workspaces[rank] + controlBytes + (turn & 1) * a.arenaBytes);
}

/// The thread's place in the launch, and how many threads it has.
struct Stride {
  unsigned first, step;
};

DEVICE Stride strideOfThread() {
  return {blockIdx.x * blockDim.x + threadIdx.x, gridDim.x * blockDim.x};
}

/// A rank that is `distance` behind this one. All ranks begin with another peer, so that no link is
/// everybody's first.
template <unsigned nRanks>
DEVICE unsigned peerAt(const Arguments &a, unsigned distance) {
  const unsigned peer = a.rank + distance;
  return peer < nRanks ? peer : peer - nRanks;
}
