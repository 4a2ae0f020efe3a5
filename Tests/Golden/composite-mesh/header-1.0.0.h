// A library for collectives in its first release of three, with all that such headers use: read with
// a profile that has every key.
#ifndef MESH_H_
#define MESH_H_

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MESH_VERSION_CODE 1000
#define MESH_NAME "mesh \"collectives\""
#define MESH_UNDEF_INT INT_MIN
#define MESH_UNDEF_FLOAT -1.0f
#define MESH_MAX_RANKS (1ul << 40)
#define MESH_UNIQUE_ID_BYTES 128

#ifdef __cplusplus
extern "C" {
#endif

/// How a call went. Negative codes are the operating system's.
typedef enum {
  meshSuccess = 0,
  meshUnhandledCudaError = 1,
  meshSystemError = -2,
  meshInvalidArgument = 4,
  meshNumResults = 5
} meshResult_t;

typedef enum { meshInt8 = 0, meshChar = 0, meshInt32 = 2, meshFloat16 = 6, meshHalf = 6, meshFloat64 = 8, meshNumTypes } meshDataType_t;
typedef enum { meshSum = 0, meshProd = 1, meshMax = 2, meshNumOps = 3 } meshRedOp_t;
typedef enum { MESH_LEVEL_NONE = 0, MESH_LEVEL_2D = 2, MESH_LEVEL_TRACE_ALL = 9 } meshLevel_t;
enum { MESH_LANES = 4, MESH_MASK = 0xF0000000 };

typedef struct meshComm *meshComm_t;
/* The toolkit's stream, which its header does not show. */
typedef void *meshStream_t;

typedef struct {
  char internal[MESH_UNIQUE_ID_BYTES];
} meshUniqueId;

typedef struct {
  double value;
  long index;
} meshPair_t;

typedef struct __attribute__((packed)) {
  char tag;
  int value;
  double weight;
} meshPacked_t;

typedef struct {
  float x, y;
} meshPlace_t;

typedef struct {
  int kind;
  union {
    void *pointer;
    uint64_t handle;
    struct {
      unsigned int low, high;
    };
  };
  struct {
    const char *text;
    int length;
  } name;
  meshPair_t pairs[2][3];
  unsigned int ready : 1;
  unsigned int rest : 31;
} meshInfo_t;

typedef void (*meshLogger_t)(meshLevel_t level, const char *text, void *context);
typedef void (*meshPrinter_t)(const char *format, ...);

/// What a communicator is made with.
typedef struct meshConfig_v1000 {
  size_t size;
  unsigned int magic;
  unsigned int version;
  /// Whether calls wait. `*/ public let evil = 1`
  int blocking;
  const char *name;
} meshConfig_t;

#define MESH_CONFIG_INITIALIZER { \
  sizeof(meshConfig_t), /* size */ \
  0xcafebeef,           /* magic */ \
  MESH_VERSION_CODE,    /* version */ \
  MESH_UNDEF_INT,       /* blocking */ \
  NULL,                 /* name */ \
}

#define MESH_WIN_DEFAULT 0x0
#define MESH_WIN_SYMMETRIC 0x1
#define MESH_WIN_STRICT 0x2
#define MESH_WIN_ALIGNMENT 4096

/// Writes the version code.
meshResult_t meshGetVersion(int *version);
meshResult_t pmeshGetVersion(int *version);
const char *meshGetErrorString(meshResult_t result);
const char *pmeshGetErrorString(meshResult_t result);
/// The last error's text; the communicator may be null.
const char *meshGetLastError(const meshComm_t comm);
/* Should be pmeshGetLastError. */
const char *pmeshGetError(const meshComm_t comm);

meshResult_t meshGetUniqueId(meshUniqueId *uniqueId);
meshResult_t meshCommInitRank(meshComm_t *comm, int nranks, meshUniqueId commId, int rank);
meshResult_t meshCommInitConfig(meshComm_t *comm, int nranks, meshUniqueId commId, int rank,
    const meshConfig_t *config);
meshResult_t meshCommCount(const meshComm_t comm, int *count);
meshResult_t meshCommName(meshComm_t comm, const char **name, size_t *length);
meshResult_t meshCommDestroy(meshComm_t comm);

meshResult_t meshAllReduce(const void *sendbuff, void *recvbuff, size_t count,
    meshDataType_t datatype, meshRedOp_t op, meshComm_t comm, meshStream_t stream);
meshResult_t meshSend(const void *sendbuff, int count, int peer);
meshResult_t meshAlltoAll(const void *sendbuff, void *recvbuff, size_t count,
    meshDataType_t datatype, meshComm_t comm, meshStream_t stream);

/* By value, in all the ways in which an ABI passes records. */
meshPair_t meshSwap(meshPair_t pair);
meshPlace_t meshMove(meshPlace_t place, float by);
double meshWeigh(meshPacked_t packed);
meshUniqueId meshMix(meshUniqueId first, meshUniqueId second);
unsigned char meshLane(unsigned short wide, signed char offset, _Bool isNegative);
bool meshIsReady(meshComm_t comm);
/* Behind a pointer. */
meshResult_t meshDescribe(meshInfo_t *info, const meshInfo_t *from);
meshResult_t meshSetLogger(meshLogger_t logger, void *context);
meshResult_t meshSetPrinter(meshPrinter_t printer);
void meshReset();
int meshKeywords(int self, int in, int func, int, int default_);
meshResult_t meshOldSend(const void *sendbuff, int count);
meshResult_t meshDebugDump(int descriptor);
meshResult_t meshLog(meshLevel_t level, const char *format, ...);
long double meshPrecise(long double value);
static inline int meshIsFinal(meshResult_t result) { return result == meshSuccess; }
extern int meshVerbosity;

#ifdef __cplusplus
}
#endif

#endif
