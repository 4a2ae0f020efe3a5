// A library for collectives that the CPU engine plays: a unique ID by address and of another size,
// counts that are ints, a reserve, numbers of its own, a configuration.
#define TOY_MAJOR 3
#define TOY_MINOR 1
#define TOY_PATCH 4

#include <stddef.h>

typedef enum { toySuccess = 0, toyInvalidArgument = 21, toySystemError = 22 } toyResult_t;
typedef enum { toyInt32 = 7, toyInt = 7, toyInt16 = 8 } toyDataType_t;
typedef enum { toySum = 1, toyMax = 2 } toyRedOp_t;

typedef struct toyComm *toyComm_t;
typedef struct toyStream *toyStream_t;

typedef struct {
  char bytes[256];
} toyUniqueId;

typedef struct {
  size_t size;
  unsigned int magic;
  int blocking;
  int fast;
} toyConfig_t;

#define TOY_CONFIG_INITIALIZER { sizeof(toyConfig_t), 0x70795, -1, 1 }

toyResult_t toyVersion(int *version);
const char *toyErrorText(toyResult_t status);
toyResult_t toyGetUniqueId(toyUniqueId *uniqueId);
toyResult_t toyCommInitRankConfig(
    toyComm_t *comm, int nRanks, const toyUniqueId *uniqueId, int rank, toyConfig_t *config);
toyResult_t toyCommDestroy(toyComm_t comm);
toyResult_t toyAllReduce(
    const void *sendBuffer, void *recvBuffer, int count, toyDataType_t dataType, toyRedOp_t op,
    toyComm_t comm, toyStream_t stream, void *reserved);
/* The engine has no such. */
toyResult_t toyCommSuspend(toyComm_t comm, int flags);
/* Nobody knows what this asks for. */
toyResult_t toyBroadcast(void *buffer, int mood, toyComm_t comm);
