/* VCCL with the relay buffer of ncclAlltoAllv as one pointer. The other published form, in
 * ../relay-buffer/nccl.h, passes its size as well: same symbol, same version code, other arity.
 *
 * This is our description of the library's binary interface: the part of NCCL 2.29.2 that programs
 * call through VCCL, and VCCL's addition, written from its published declaration and call sites. It
 * is not the vendor's text. */
#ifndef NCCL_H_
#define NCCL_H_

#include <cuda_runtime.h>
#include <stddef.h>

#define NCCL_MAJOR 2
#define NCCL_MINOR 29
#define NCCL_PATCH 2
#define NCCL_SUFFIX ""
/// The release as one number, as `ncclGetVersion` reports it.
#define NCCL_VERSION_CODE 22902

#ifdef __cplusplus
extern "C" {
#endif

/// A communicator: one rank's membership of one group of devices.
typedef struct ncclComm *ncclComm_t;

/// The size of a unique id in bytes.
#define NCCL_UNIQUE_ID_BYTES 128

/// What identifies a group while its ranks come together. One rank makes it, all ranks receive it.
typedef struct {
  char internal[NCCL_UNIQUE_ID_BYTES];
} ncclUniqueId;

/// How a call ended.
typedef enum {
  ncclSuccess = 0,
  ncclUnhandledCudaError = 1,
  ncclSystemError = 2,
  ncclInternalError = 3,
  ncclInvalidArgument = 4,
  ncclInvalidUsage = 5,
  ncclRemoteError = 6,
  ncclInProgress = 7,
  ncclNumResults = 8
} ncclResult_t;

/// The element types.
typedef enum {
  ncclInt8 = 0,
  ncclChar = 0,
  ncclUint8 = 1,
  ncclInt32 = 2,
  ncclInt = 2,
  ncclUint32 = 3,
  ncclInt64 = 4,
  ncclUint64 = 5,
  ncclFloat16 = 6,
  ncclHalf = 6,
  ncclFloat32 = 7,
  ncclFloat = 7,
  ncclFloat64 = 8,
  ncclDouble = 8,
  ncclBfloat16 = 9,
  ncclFloat8e4m3 = 10,
  ncclFloat8e5m2 = 11,
  ncclNumTypes = 12
} ncclDataType_t;

/// The reductions. Values from `ncclNumOps` up name reductions that a program has made itself.
typedef enum {
  ncclSum = 0,
  ncclProd = 1,
  ncclMax = 2,
  ncclMin = 3,
  ncclAvg = 4,
  ncclNumOps = 5,
  ncclMaxRedOp = 0x7fffffff
} ncclRedOp_t;

/// Words for a result code. The text belongs to the library.
const char *ncclGetErrorString(ncclResult_t result);

/// Words for the last error that occurred on a communicator, or anywhere when `comm` is null.
const char *ncclGetLastError(ncclComm_t comm);

/// Writes the release of the library, encoded like `NCCL_VERSION_CODE`.
ncclResult_t ncclGetVersion(int *version);

/// Makes a new identifier for a group. One rank calls this and sends the bytes to the others.
ncclResult_t ncclGetUniqueId(ncclUniqueId *uniqueId);

/// Joins the group of `nranks` ranks as `rank`, on the device that is current.
ncclResult_t ncclCommInitRank(ncclComm_t *comm, int nranks, ncclUniqueId commId, int rank);

/// Flushes a communicator's outstanding work. `ncclCommDestroy` must follow.
ncclResult_t ncclCommFinalize(ncclComm_t comm);

/// Frees a communicator and what it holds.
ncclResult_t ncclCommDestroy(ncclComm_t comm);

/// Gives up a communicator's outstanding work and frees it. Never waits for other ranks.
ncclResult_t ncclCommAbort(ncclComm_t comm);

/// Writes the number of ranks.
ncclResult_t ncclCommCount(const ncclComm_t comm, int *count);

/// Writes the number of the CUDA device that the communicator uses.
ncclResult_t ncclCommCuDevice(const ncclComm_t comm, int *device);

/// Writes the caller's rank.
ncclResult_t ncclCommUserRank(const ncclComm_t comm, int *rank);

/// Writes the error that the communicator met after a call had returned, or `ncclSuccess`.
ncclResult_t ncclCommGetAsyncError(ncclComm_t comm, ncclResult_t *asyncError);

/// Combines `count` elements of every rank, and gives the result to `root`.
ncclResult_t ncclReduce(const void *sendbuff, void *recvbuff, size_t count, ncclDataType_t datatype,
    ncclRedOp_t op, int root, ncclComm_t comm, cudaStream_t stream);

/// Copies `count` elements of `root` to every rank.
ncclResult_t ncclBroadcast(const void *sendbuff, void *recvbuff, size_t count,
    ncclDataType_t datatype, int root, ncclComm_t comm, cudaStream_t stream);

/// Combines `count` elements of every rank, and gives the result to every rank.
ncclResult_t ncclAllReduce(const void *sendbuff, void *recvbuff, size_t count,
    ncclDataType_t datatype, ncclRedOp_t op, ncclComm_t comm, cudaStream_t stream);

/// Combines the ranks' elements, and gives each rank its own `recvcount` of the result.
ncclResult_t ncclReduceScatter(const void *sendbuff, void *recvbuff, size_t recvcount,
    ncclDataType_t datatype, ncclRedOp_t op, ncclComm_t comm, cudaStream_t stream);

/// Collects `sendcount` elements of each rank, in the order of the ranks, on every rank.
ncclResult_t ncclAllGather(const void *sendbuff, void *recvbuff, size_t sendcount,
    ncclDataType_t datatype, ncclComm_t comm, cudaStream_t stream);

/// Sends `count` elements to `peer`, which must call `ncclRecv` for as many.
ncclResult_t ncclSend(const void *sendbuff, size_t count, ncclDataType_t datatype, int peer,
    ncclComm_t comm, cudaStream_t stream);

/// Receives `count` elements from `peer`, which must call `ncclSend` for as many.
ncclResult_t ncclRecv(void *recvbuff, size_t count, ncclDataType_t datatype, int peer,
    ncclComm_t comm, cudaStream_t stream);

/// Exchanges a different number of elements between each two ranks.
///
/// Counts and displacements are in elements. Each of the four arrays holds a matrix of `nranks`
/// times `nranks` values, so that every rank knows every exchange; they are in host memory.
/// The relay buffer is device memory through which the library may forward; null to do without.
ncclResult_t ncclAlltoAllv(const void *sendbuff, const size_t *sendcounts, const size_t *sdispls,
    void *recvbuff, const size_t *recvcounts, const size_t *rdispls, const void *relaybuff,
    ncclDataType_t datatype, ncclComm_t comm, cudaStream_t stream);

/// Begins a group: the calls up to `ncclGroupEnd` are started together.
ncclResult_t ncclGroupStart(void);

/// Starts the calls since `ncclGroupStart`.
ncclResult_t ncclGroupEnd(void);

#ifdef __cplusplus
}
#endif

#endif
