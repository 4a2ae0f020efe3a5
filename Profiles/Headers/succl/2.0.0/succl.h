/* SUCCL as its newer callers use it: the calls that take part in a collective, and the one that
 * joins a communicator, end with one more pointer, which those callers pass as null.
 *
 * This is our description of the library's binary interface, written from public call sites; it is
 * not the vendor's text. What those call sites state is exact: the names and the parameters, the
 * data types, the reductions and the 128 bytes of the unique id. What they do not state is ours:
 * the version macros, the result codes above zero, and some of the parameters' names. */
#ifndef SUCCL_H_
#define SUCCL_H_

#include <stddef.h>

#define SUCCL_MAJOR 2
#define SUCCL_MINOR 0
#define SUCCL_PATCH 0
/// The release as one number, as `succlGetVersion` reports it.
#define SUCCL_VERSION_CODE (SUCCL_MAJOR * 10000 + SUCCL_MINOR * 100 + SUCCL_PATCH)

#ifdef __cplusplus
extern "C" {
#endif

/// A communicator: one rank's membership of one group of devices.
typedef struct succlComm *succlComm_t;

/// A queue of a device, of the vendor's run-time library.
typedef struct suStream_st *suStream_t;

/// What identifies a group while its ranks come together. One rank makes it, all ranks receive it.
typedef struct {
  char internal[128];
} succlUniqueId;

/// How a call ended.
typedef enum {
  succlSuccess = 0,
  succlUnhandledDeviceError = 1,
  succlSystemError = 2,
  succlInternalError = 3,
  succlInvalidArgument = 4,
  succlInvalidUsage = 5,
  succlRemoteError = 6,
  succlNumResults = 7
} succlResult_t;

/// The element types. There is no 16-bit IEEE type: 8 is bfloat16.
typedef enum {
  succlInt8 = 0,
  succlChar = 0,
  succlUint8 = 1,
  succlInt16 = 2,
  succlUint16 = 3,
  succlInt32 = 4,
  succlInt = 4,
  succlUint32 = 5,
  succlInt64 = 6,
  succlUint64 = 7,
  succlBfloat16 = 8,
  succlFloat32 = 9,
  succlFloat = 9,
  succlFloat64 = 10,
  succlDouble = 10,
  succlNumTypes = 11
} succlDataType_t;

/// The reductions.
typedef enum {
  succlSum = 0,
  succlProd = 1,
  succlMax = 2,
  succlMin = 3,
  succlAvg = 4,
  succlNumOps = 5
} succlRedOp_t;

/// Words for a result code. The text belongs to the library.
const char *succlGetErrorString(succlResult_t result);

/// Writes the release of the library, encoded like `SUCCL_VERSION_CODE`.
succlResult_t succlGetVersion(int *version);

/// Makes a new identifier for a group. One rank calls this and sends the bytes to the others.
succlResult_t succlGetUniqueId(succlUniqueId *uniqueId);

/// Joins the group of `nranks` ranks as `rank`, on the device that is current.
/// Returns when every rank of the group has called it.
succlResult_t succlCommInitRank(succlComm_t *comm, int nranks, succlUniqueId commId, int rank,
    void *reserved);

/// Combines `count` elements of every rank, and gives the result to every rank.
succlResult_t succlAllReduce(const void *sendbuff, void *recvbuff, size_t count,
    succlDataType_t datatype, succlRedOp_t op, succlComm_t comm, suStream_t stream, void *reserved);

/// Combines `count` elements of every rank, and gives the result to `root`.
/// The receive buffer matters on `root` only.
succlResult_t succlReduce(const void *sendbuff, void *recvbuff, size_t count,
    succlDataType_t datatype, succlRedOp_t op, int root, succlComm_t comm, suStream_t stream,
    void *reserved);

/// Collects `sendcount` elements of each rank, in the order of the ranks, on every rank.
succlResult_t succlAllGather(const void *sendbuff, void *recvbuff, size_t sendcount,
    succlDataType_t datatype, succlComm_t comm, suStream_t stream, void *reserved);

/// Combines the ranks' elements, and gives each rank its own `recvcount` of the result.
succlResult_t succlReduceScatter(const void *sendbuff, void *recvbuff, size_t recvcount,
    succlDataType_t datatype, succlRedOp_t op, succlComm_t comm, suStream_t stream, void *reserved);

/// Sends `count` elements to `peer`, which must call `succlRecv` for as many.
succlResult_t succlSend(const void *sendbuff, size_t count, succlDataType_t datatype, int peer,
    succlComm_t comm, suStream_t stream, void *reserved);

/// Receives `count` elements from `peer`, which must call `succlSend` for as many.
succlResult_t succlRecv(void *recvbuff, size_t count, succlDataType_t datatype, int peer,
    succlComm_t comm, suStream_t stream, void *reserved);

/// Copies `count` elements of `root` to every rank. The send buffer matters on `root` only.
succlResult_t succlBroadcast(const void *sendbuff, void *recvbuff, size_t count,
    succlDataType_t datatype, int root, succlComm_t comm, suStream_t stream, void *reserved);

/// Leaves the group and frees the handle. Waits for the other ranks, so every rank must call it.
succlResult_t succlCommDestroy(succlComm_t comm);

/// Begins a group: the calls up to `succlGroupEnd` are started together.
succlResult_t succlGroupStart(void);

/// Starts the calls since `succlGroupStart`.
succlResult_t succlGroupEnd(void);

#ifdef __cplusplus
}
#endif

#endif
