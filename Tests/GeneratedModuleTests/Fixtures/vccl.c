// Not VCCL: a library of one of its builds as far as our description of that build goes, which it
// is compiled beside. It keeps what it is given.

#include "nccl.h"

#include "recorder.h"

// Both builds say the same version; only the header tells them apart.
#ifdef RELAY_BUFFER
#define RELAY void *relaybuff, size_t relaycount
#define KEEP_RELAY A(relaybuff), A(relaycount)
#else
#define RELAY const void *relaybuff
#define KEEP_RELAY A(relaybuff)
#endif

static const void *comm_handle = (const void *)0x5eed5eed5eed;

const char *ncclGetErrorString(ncclResult_t result) {
  RECORD(A(result));
  return "a status";
}

const char *ncclGetLastError(ncclComm_t comm) {
  RECORD(A(comm));
  return "the last error";
}

ncclResult_t ncclGetVersion(int *version) {
  RECORD(A(0));
  *version = NCCL_VERSION_CODE;
  return ncclSuccess;
}

ncclResult_t ncclGetUniqueId(ncclUniqueId *uniqueId) {
  RECORD(A(0));
  memset(uniqueId->internal, 7, sizeof uniqueId->internal);
  return ncclSuccess;
}

ncclResult_t ncclCommInitRank(ncclComm_t *comm, int nranks, ncclUniqueId commId, int rank) {
  RECORD(A(0), A(nranks), A(0), A(rank));
  RECORD_BYTES(commId);
  *comm = (ncclComm_t)comm_handle;
  return ncclSuccess;
}

#define ON_COMM(name)                  \
  ncclResult_t name(ncclComm_t comm) { \
    RECORD(A(comm));                   \
    return ncclSuccess;                \
  }

ON_COMM(ncclCommFinalize)
ON_COMM(ncclCommDestroy)
ON_COMM(ncclCommAbort)

#define NUMBER_OF_COMM(name, number)                     \
  ncclResult_t name(const ncclComm_t comm, int *value) { \
    RECORD(A(comm), A(0));                               \
    *value = number;                                     \
    return ncclSuccess;                                  \
  }

NUMBER_OF_COMM(ncclCommCount, 101)
NUMBER_OF_COMM(ncclCommCuDevice, 102)
NUMBER_OF_COMM(ncclCommUserRank, 103)

ncclResult_t ncclCommGetAsyncError(ncclComm_t comm, ncclResult_t *asyncError) {
  RECORD(A(comm), A(0));
  *asyncError = ncclRemoteError;
  return ncclSuccess;
}

ncclResult_t ncclReduce(
    const void *sendbuff, void *recvbuff, size_t count, ncclDataType_t datatype, ncclRedOp_t op,
    int root, ncclComm_t comm, cudaStream_t stream) {
  RECORD(
      A(sendbuff), A(recvbuff), A(count), A(datatype), A(op), A(root), A(comm), A(stream));
  return ncclSuccess;
}

ncclResult_t ncclBroadcast(
    const void *sendbuff, void *recvbuff, size_t count, ncclDataType_t datatype, int root,
    ncclComm_t comm, cudaStream_t stream) {
  RECORD(A(sendbuff), A(recvbuff), A(count), A(datatype), A(root), A(comm), A(stream));
  return ncclSuccess;
}

ncclResult_t ncclAllReduce(
    const void *sendbuff, void *recvbuff, size_t count, ncclDataType_t datatype, ncclRedOp_t op,
    ncclComm_t comm, cudaStream_t stream) {
  RECORD(A(sendbuff), A(recvbuff), A(count), A(datatype), A(op), A(comm), A(stream));
  return ncclSuccess;
}

ncclResult_t ncclReduceScatter(
    const void *sendbuff, void *recvbuff, size_t recvcount, ncclDataType_t datatype, ncclRedOp_t op,
    ncclComm_t comm, cudaStream_t stream) {
  RECORD(A(sendbuff), A(recvbuff), A(recvcount), A(datatype), A(op), A(comm), A(stream));
  return ncclSuccess;
}

ncclResult_t ncclAllGather(
    const void *sendbuff, void *recvbuff, size_t sendcount, ncclDataType_t datatype,
    ncclComm_t comm, cudaStream_t stream) {
  RECORD(A(sendbuff), A(recvbuff), A(sendcount), A(datatype), A(comm), A(stream));
  return ncclSuccess;
}

ncclResult_t ncclSend(
    const void *sendbuff, size_t count, ncclDataType_t datatype, int peer, ncclComm_t comm,
    cudaStream_t stream) {
  RECORD(A(sendbuff), A(count), A(datatype), A(peer), A(comm), A(stream));
  return ncclSuccess;
}

ncclResult_t ncclRecv(
    void *recvbuff, size_t count, ncclDataType_t datatype, int peer, ncclComm_t comm,
    cudaStream_t stream) {
  RECORD(A(recvbuff), A(count), A(datatype), A(peer), A(comm), A(stream));
  return ncclSuccess;
}

ncclResult_t ncclAlltoAllv(
    const void *sendbuff, const size_t *sendcounts, const size_t *sdispls, void *recvbuff,
    const size_t *recvcounts, const size_t *rdispls, RELAY, ncclDataType_t datatype,
    ncclComm_t comm, cudaStream_t stream) {
  RECORD(
      A(sendbuff), A(sendcounts), A(sdispls), A(recvbuff), A(recvcounts), A(rdispls), KEEP_RELAY,
      A(datatype), A(comm), A(stream));
  return ncclSuccess;
}

ncclResult_t ncclGroupStart(void) {
  RECORD_NONE();
  return ncclSuccess;
}

ncclResult_t ncclGroupEnd(void) {
  RECORD_NONE();
  return ncclSuccess;
}
