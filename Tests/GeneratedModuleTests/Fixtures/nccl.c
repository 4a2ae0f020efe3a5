// Not NCCL: a library of one of its releases as far as that release's own header says, which it is
// compiled beside. It returns the status that a test sets, and keeps what it is given.

#include <stdint.h>
#include <string.h>

#include "nccl.h"

static int status;
static char texts[4][64];

void fixture_setStatus(int value) { status = value; }

/// The text that the last call's structure pointed to, read while that call ran.
const char *fixture_text(int index) { return texts[index]; }

// Releases without texts in their structures have no use for it.
__attribute__((unused)) static void keep(int index, const char *text) {
  strncpy(texts[index], text != NULL ? text : "(none)", sizeof texts[index] - 1);
}

ncclResult_t ncclGetVersion(int *version) {
  *version = NCCL_VERSION_CODE;
  return ncclSuccess;
}

const char *ncclGetErrorString(ncclResult_t result) {
  return (int)result == 42 ? "the answer" : "a status";
}

const char *ncclGetLastError(ncclComm_t comm) { return comm == NULL ? "no communicator" : ""; }

ncclResult_t ncclCommDestroy(ncclComm_t comm) {
  (void)comm;
  return (ncclResult_t)status;
}

ncclResult_t ncclCommGetAsyncError(ncclComm_t comm, ncclResult_t *asyncError) {
  (void)comm;
  *asyncError = (ncclResult_t)status;
  return ncclSuccess;
}

// Like 2.16 to 2.22: most of the ID is left as it was.
ncclResult_t ncclGetUniqueId(ncclUniqueId *uniqueId) {
  memset(uniqueId->internal, 1, 40);
  return ncclSuccess;
}

// The structures as the header's own initialisers make them, and again with every field set.
struct structure {
  const char *name;
  size_t size;
  const void *initial;
  void *filled;
};

#define STRUCTURE(type, initializer)              \
  static const type initial_##type = initializer; \
  static type filled_##type = initializer;        \
  static type recorded_##type;

#define ROW(type) {#type, sizeof(type), &initial_##type, &filled_##type}

#define FILL(type, field, byte) memset(&filled_##type.field, byte, sizeof filled_##type.field);

#ifdef NCCL_CONFIG_INITIALIZER
STRUCTURE(ncclConfig_t, NCCL_CONFIG_INITIALIZER)

ncclResult_t ncclCommInitRankConfig(
    ncclComm_t *comm, int nranks, ncclUniqueId commId, int rank, ncclConfig_t *config) {
  (void)nranks, (void)commId, (void)rank;
  memset(&recorded_ncclConfig_t, 0, sizeof recorded_ncclConfig_t);
  if (config != NULL) recorded_ncclConfig_t = *config;
#if NCCL_VERSION_CODE >= 21701
  keep(0, recorded_ncclConfig_t.netName);
#endif
#if NCCL_VERSION_CODE >= 22703
  keep(1, recorded_ncclConfig_t.commName);
#endif
  *comm = (ncclComm_t)0x5eed;
  return (ncclResult_t)status;
}

unsigned fixture_version(void) { return recorded_ncclConfig_t.version; }
int fixture_blocking(void) { return recorded_ncclConfig_t.blocking; }
#endif

#ifdef NCCL_COLLCONFIG_INITIALIZER
STRUCTURE(ncclCollConfig_t, NCCL_COLLCONFIG_INITIALIZER)

ncclResult_t ncclAllReduceConfig(
    const void *sendbuff, void *recvbuff, size_t count, ncclDataType_t datatype, ncclRedOp_t op,
    ncclComm_t comm, cudaStream_t stream, const ncclCollConfig_t *config) {
  (void)sendbuff, (void)recvbuff, (void)count, (void)datatype, (void)op, (void)comm, (void)stream;
  if (config != NULL) recorded_ncclCollConfig_t = *config;
  keep(2, config != NULL ? config->algSelection : NULL);
  return (ncclResult_t)status;
}

uint64_t fixture_profilerTag(void) { return recorded_ncclCollConfig_t.userProfilerTag; }
#endif

#ifdef NCCL_SIM_INFO_INITIALIZER
STRUCTURE(ncclSimInfo_t, NCCL_SIM_INFO_INITIALIZER)

ncclResult_t ncclGroupSimulateEnd(ncclSimInfo_t *simInfo) {
  recorded_ncclSimInfo_t = *simInfo;
  simInfo->estimatedTime = 1.5f;
  return (ncclResult_t)status;
}

unsigned fixture_simulationMagic(void) { return recorded_ncclSimInfo_t.magic; }
#endif

#ifdef NCCL_ENCRYPTION_CONFIG_INITIALIZER
STRUCTURE(ncclEncryptionConfig_t, NCCL_ENCRYPTION_CONFIG_INITIALIZER)

ncclResult_t ncclSetEncryption(const ncclEncryptionConfig_t *config) {
  recorded_ncclEncryptionConfig_t = *config;
  keep(3, config->psk);
  return (ncclResult_t)status;
}

int fixture_encryptionMode(void) { return (int)recorded_ncclEncryptionConfig_t.mode; }
#endif

static const struct structure structures[] = {
#ifdef NCCL_CONFIG_INITIALIZER
  ROW(ncclConfig_t),
#endif
#ifdef NCCL_COLLCONFIG_INITIALIZER
  ROW(ncclCollConfig_t),
#endif
#ifdef NCCL_SIM_INFO_INITIALIZER
  ROW(ncclSimInfo_t),
#endif
#ifdef NCCL_ENCRYPTION_CONFIG_INITIALIZER
  ROW(ncclEncryptionConfig_t),
#endif
  {"", 0, NULL, NULL},
};

/// The size of a structure, 0 if the release has none; `bytes` is set to it.
size_t fixture_structure(const char *name, int isFilled, const void **bytes) {
  for (const struct structure *row = structures; row->size != 0; ++row) {
    if (strcmp(row->name, name) != 0) continue;
    *bytes = isFilled ? row->filled : row->initial;
    return row->size;
  }
  return 0;
}

#ifdef FIELDS
// One FILL a field, from the test.
void fixture_fill(void) {
#include FIELDS
}
#endif
