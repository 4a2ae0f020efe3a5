// Identifiers of 128, 1032 and 4096 bytes, one of them a union, are passed by value. The callee's
// layout and the ABI's way of passing it must both be right.
#define TOY_MAJOR 1
#define TOY_MINOR 2
#define TOY_PATCH 3

#include <stddef.h>
#include <stdint.h>

typedef enum { toySuccess = 0, toyError = 1 } toyResult_t;
typedef struct toyComm *toyComm_t;

typedef struct {
  char internal[128];
} toyUniqueId;

typedef struct {
  uint8_t internal[1024];
  size_t length;
} toyRemoteId;

typedef union {
  char internal[4096];
  uint64_t alignment;
} toyRootInfo;

toyResult_t toyCommInitRank(toyComm_t *comm, int ranks, toyUniqueId id, int rank);
toyResult_t toyCommInitRemote(toyComm_t *comm, int ranks, toyRemoteId id, int rank);
toyResult_t toyCommInitRoot(toyComm_t *comm, int ranks, toyRootInfo root, int rank);
