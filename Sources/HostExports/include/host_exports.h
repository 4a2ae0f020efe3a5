// What the generated host shims are made of: a vendor's library for collectives, played by the CPU
// engine. A shim has the vendor's symbols, signatures and numbers; what they mean is here, the same
// for all vendors.
//
// Names of functions and fields are those of the compiler's table of operations and roles
// (CollectiveTable), so that a template needs no second table.

#ifndef HOST_EXPORTS_H
#define HOST_EXPORTS_H

#include <host_collectives.h>

#define HX_EXPORT __attribute__((visibility("default")))

#pragma GCC visibility push(hidden)

/// A number of the vendor's header. Lists of them end with one that has no symbol.
typedef struct hx_code {
  int64_t value;
  const char *symbol;
  /// The Swift name, by which vendors and engine agree about a number's meaning.
  const char *name;
  /// The symbol, and that this is a stand-in.
  const char *text;
} hx_code;

/// A field of the vendor's configuration; width 0: the layout has none.
typedef struct hx_field {
  size_t offset;
  size_t width;
  /// The bits that the vendor's initialiser puts there.
  uint64_t initial;
} hx_field;

/// One of the layouts of the vendor's configuration, and the fields that matter to the engine. The
/// list goes from small to large, and ends with one of no bytes.
typedef struct hx_layout {
  size_t bytes;
  hx_field size;
  hx_field magic;
  hx_field blocking;
  hx_field commName;
} hx_layout;

typedef struct hx_vendor {
  /// What this is, for messages.
  const char *description;
  int versionCode;
  size_t uniqueIDSize;
  int64_t success;
  const hx_code *status;
  const hx_code *dataType;
  const hx_code *reductionOp;
  const hx_code *scalarResidence;
  const hx_code *shrinkFlags;
  const hx_code *revokeFlags;
  const hx_layout *layouts;
} hx_vendor;

/// Where a function writes to.
typedef struct hx_result {
  void *address;
  size_t size;
} hx_result;

/// The arguments of a call. Each operation has its own of them.
typedef struct hx_arguments {
  /// The vendor's symbol, for messages.
  const char *function;
  hx_result result;

  const void *sendBuffer;
  void *recvBuffer;
  int64_t count;
  int64_t dataType;
  int64_t op;
  int64_t root;
  int64_t peer;
  void *comm;
  void *stream;
  /// Matrices with a row for each rank.
  const size_t *sendCounts;
  const size_t *sendDisplacements;
  const size_t *recvCounts;
  const size_t *recvDisplacements;
  /// Nothing is relayed here.
  const void *relayBuffer;
  int64_t relayCount;

  void **comms;
  const int *devices;
  int64_t nDevices;
  int64_t nRanks;
  int64_t rank;
  const void *uniqueID;
  const void *uniqueIDs;
  int64_t nUniqueIDs;
  int64_t color;
  int64_t key;
  const int *excludedRanks;
  int64_t nExcludedRanks;
  const void *configuration;
  int64_t flags;
  void *buffer;
  void *pointer;
  int64_t size;
  void *handle;
  const void *scalar;
  int64_t residence;
  int64_t status;
  /// What the vendor keeps for later, and wants to be null.
  uint64_t reserved;
} hx_arguments;

/// An operation, which returns the vendor's status.
#define HX_DECLARE(name) int64_t hx_##name(const hx_vendor *vendor, const hx_arguments *arguments)

// --- Put into a stream (collectives.c, all_to_all_v.c) ---

HX_DECLARE(allGather);
HX_DECLARE(allReduce);
HX_DECLARE(allToAll);
HX_DECLARE(allToAllV);
HX_DECLARE(broadcast);
HX_DECLARE(gather);
HX_DECLARE(reduce);
HX_DECLARE(reduceScatter);
HX_DECLARE(scatter);
HX_DECLARE(send);
HX_DECLARE(recv);

// --- Communicators (communicators.c, births.c) ---

HX_DECLARE(getUniqueID);
HX_DECLARE(commInitRank);
HX_DECLARE(commInitRankConfig);
/// All ranks have the same list of ids; the first will do.
HX_DECLARE(commInitRankScalable);
/// All ranks are the caller's. Devices are not looked at: there is one, the CPU.
HX_DECLARE(commInitAll);
HX_DECLARE(commSplit);
HX_DECLARE(commShrink);
HX_DECLARE(commFinalize);
HX_DECLARE(commDestroy);
HX_DECLARE(commAbort);
HX_DECLARE(commRevoke);
HX_DECLARE(commCount);
HX_DECLARE(commUserRank);
/// Always 0.
HX_DECLARE(commDevice);
HX_DECLARE(commGetAsyncError);
/// A scalar in the device's memory is read, on the CPU, by the work of each call with the op.
HX_DECLARE(redOpCreatePreMulSum);
HX_DECLARE(redOpDestroy);
HX_DECLARE(groupStart);
HX_DECLARE(groupEnd);

// --- Memory (memory.c) ---

/// Memory of the host, at the start of a page.
HX_DECLARE(memAlloc);
HX_DECLARE(memFree);
/// Remembers a buffer, and no more: the engine has no use for it.
HX_DECLARE(commRegister);
HX_DECLARE(commDeregister);

// --- The library itself (library.c) ---

HX_DECLARE(getVersion);
/// The text of a status goes to the result, or is returned.
HX_DECLARE(writeErrorText);
const char *hx_getErrorText(const hx_vendor *vendor, const hx_arguments *arguments);
/// The first error of the communicator; without one, the calling thread's last.
const char *hx_getLastError(const hx_vendor *vendor, const hx_arguments *arguments);

#pragma GCC visibility pop

#endif
