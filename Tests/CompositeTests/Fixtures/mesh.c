// A library behind one of the headers of composite-mesh: HEADER says which. Calls check what they
// are given and answer with a code that says which check failed.
#include HEADER
#include <string.h>

struct meshComm {
  int ranks;
  int rank;
};

// Tests run beside each other, on threads of their own.
static _Thread_local struct meshComm communicator;
static _Thread_local const char *lastError = "";

// Codes from 100 on are no codes of the header's.
static meshResult_t fail(int code, const char *text) {
  lastError = text;
  return (meshResult_t)code;
}

meshResult_t meshGetVersion(int *version) {
  *version = MESH_VERSION_CODE;
  return meshSuccess;
}

const char *meshGetErrorString(meshResult_t result) {
  switch ((int)result) {
  case meshSuccess: return "no error";
  case meshSystemError: return "system error";
  case meshInvalidArgument: return "invalid argument";
  default: return "another error";
  }
}

const char *meshGetLastError(const meshComm_t comm) {
  (void)comm;
  return lastError;
}

meshResult_t meshGetUniqueId(meshUniqueId *uniqueId) {
  for (int i = 0; i < MESH_UNIQUE_ID_BYTES; i++) uniqueId->internal[i] = (char)(i * 3);
  return meshSuccess;
}

static meshResult_t start(meshComm_t *comm, int ranks, meshUniqueId id, int rank) {
  for (int i = 0; i < MESH_UNIQUE_ID_BYTES; i++) {
    if (id.internal[i] != (char)(i * 3)) return fail(100 + i, "the identifier is not the one given out");
  }
  communicator.ranks = ranks;
  communicator.rank = rank;
  *comm = &communicator;
  return meshSuccess;
}

meshResult_t meshCommInitRank(meshComm_t *comm, int nranks, meshUniqueId commId, int rank) {
  return start(comm, nranks, commId, rank);
}

meshResult_t meshCommInitConfig(
    meshComm_t *comm, int nranks, meshUniqueId commId, int rank, const meshConfig_t *config) {
  // What the test sets is set here as well; all other fields are the initialiser's.
  meshConfig_t expected = MESH_CONFIG_INITIALIZER;
  if (!config) return start(comm, nranks, commId, rank);
  if (config->size != sizeof(meshConfig_t)) return fail(301, "size");
  if (config->magic != expected.magic) return fail(302, "magic");
  if (config->version != expected.version) return fail(303, "version");
  expected.blocking = 1;
  if (config->blocking != expected.blocking) return fail(304, "blocking");
  if (!config->name || strcmp(config->name, "a name") != 0) return fail(305, "name");
#if MESH_VERSION_CODE >= 20000
  if (config->level != expected.level) return fail(306, "level");
  if (config->ratio != 0.25f) return fail(307, "ratio");
#endif
#if MESH_VERSION_CODE >= 20100
  if (config->windowFlags != (MESH_WIN_STRICT | MESH_WIN_SYMMETRIC)) return fail(308, "windowFlags");
  if (config->parent != &communicator) return fail(309, "parent");
  if (config->hook != expected.hook) return fail(310, "hook");
#endif
  return start(comm, nranks, commId, rank);
}

meshResult_t meshCommCount(const meshComm_t comm, int *count) {
  if (!comm) return fail(meshInvalidArgument, "there is no communicator");
  *count = comm->ranks;
  return meshSuccess;
}

meshResult_t meshCommName(meshComm_t comm, const char **name, size_t *length) {
  if (comm != &communicator) return fail(meshSystemError, "not my communicator");
  *name = "gr\xc3\xbc\xc3\x9f dich";
  *length = strlen(*name);
  return meshSuccess;
}

meshResult_t meshCommDestroy(meshComm_t comm) {
  // A code that only later releases know as "accepted, not finished".
  return comm ? (meshResult_t)5 : fail(77, "no code of this library's");
}

#define REDUCE(...) \
  if (datatype == meshFloat64 && op == meshSum && comm == &communicator && stream) { \
    for (size_t i = 0; i < count; i++) \
      ((double *)recvbuff)[i] = ((const double *)sendbuff)[i] * comm->ranks __VA_ARGS__; \
    return meshSuccess; \
  } \
  return meshInvalidArgument;

#if MESH_VERSION_CODE < 20000
meshResult_t meshAllReduce(const void *sendbuff, void *recvbuff, size_t count,
    meshDataType_t datatype, meshRedOp_t op, meshComm_t comm, meshStream_t stream) {
  REDUCE()
}
meshResult_t meshSend(const void *sendbuff, int count, int peer) {
  return sendbuff && count == -3 && peer == 9 ? meshSuccess : meshInvalidArgument;
}
#elif MESH_VERSION_CODE < 20100
meshResult_t meshAllReduce(const void *sendbuff, void *recvbuff, size_t count,
    meshDataType_t datatype, meshRedOp_t op, meshComm_t comm, meshStream_t stream, void *reserved) {
  REDUCE(+ (reserved ? 0.5 : 0))
}
#else
meshResult_t meshAllReduce(const void *sendbuff, void *recvbuff, size_t count,
    meshDataType_t datatype, meshRedOp_t op, meshComm_t comm, meshStream_t stream, void *reserved,
    int hints) {
  REDUCE(+ (reserved ? 0.5 : 0) + hints)
}
#endif
#if MESH_VERSION_CODE >= 20000
meshResult_t meshSend(const void *sendbuff, size_t count, int peer) {
  return sendbuff && count == 1ul << 40 && peer == 9 ? meshSuccess : meshInvalidArgument;
}
meshResult_t meshGroupEnd(meshReport_t *report) {
  meshReport_t expected = MESH_REPORT_INITIALIZER;
  if (memcmp(report, &expected, sizeof expected) != 0) return fail(401, "report");
  report->estimatedTime = 1.5f;
  report->count = 12;
  return meshInProgress;
}
#endif

meshPair_t meshSwap(meshPair_t pair) {
  return (meshPair_t){.value = (double)pair.index, .index = (long)pair.value};
}

meshPlace_t meshMove(meshPlace_t place, float by) {
  place.x += by;
  place.y -= by;
#if MESH_VERSION_CODE >= 20000
  place.z *= by;
#endif
  return place;
}

double meshWeigh(meshPacked_t packed) { return packed.tag * 10000 + packed.value + packed.weight; }

meshUniqueId meshMix(meshUniqueId first, meshUniqueId second) {
  for (int i = 0; i < MESH_UNIQUE_ID_BYTES; i++)
    first.internal[i] = (char)(first.internal[i] ^ second.internal[MESH_UNIQUE_ID_BYTES - 1 - i]);
  return first;
}

unsigned char meshLane(unsigned short wide, signed char offset, _Bool isNegative) {
  return (unsigned char)(wide / 256 + (isNegative ? -offset : offset));
}

bool meshIsReady(meshComm_t comm) { return comm == &communicator; }

meshResult_t meshDescribe(meshInfo_t *info, const meshInfo_t *from) {
  *info = *from;
  info->kind += 1;
  info->handle = 0x1122334455667788;
  info->name.text = "described";
  info->name.length = 9;
  info->pairs[1][2].value = 2.5;
  info->pairs[1][2].index = -7;
  info->ready = 1;
  info->rest = from->rest + 1;
  return meshSuccess;
}

meshResult_t meshSetLogger(meshLogger_t logger, void *context) {
  logger(MESH_LEVEL_TRACE_ALL, "from C", context);
  return meshSuccess;
}

int meshKeywords(int self, int in, int func, int fourth, int default_) {
  return self + 10 * in + 100 * func + 1000 * fourth + 10000 * default_;
}

#if MESH_VERSION_CODE < 20100
meshResult_t meshOldSend(const void *sendbuff, int count) {
  return sendbuff && count == 1 ? meshSuccess : meshInvalidArgument;
}
#else
meshResult_t meshWindow(void *buffer, size_t size, unsigned int winFlags) {
  return buffer && size == 4096 && winFlags == MESH_WIN_STRICT ? meshSuccess : meshInvalidArgument;
}
#endif

// The sizes that the header's own compiler sees.
const size_t meshSizes[] = {
  sizeof(meshUniqueId), sizeof(meshPair_t), sizeof(meshPacked_t), sizeof(meshPlace_t),
  sizeof(meshInfo_t), offsetof(meshInfo_t, name), offsetof(meshInfo_t, pairs),
};
