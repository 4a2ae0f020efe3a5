// Not SUCCL: a library of one of its releases as far as our description of that release goes, which
// it is compiled beside. It keeps what it is given.

#include "succl.h"

#include "recorder.h"

// The pointer that the newer release takes besides.
#if SUCCL_MAJOR >= 2
#define RESERVED , void *reserved
#define KEEP_RESERVED , A(reserved)
#else
#define RESERVED
#define KEEP_RESERVED
#endif

static int status;

void fixture_setStatus(int value) { status = value; }

static succlResult_t result(void) { return (succlResult_t)status; }

const char *succlGetErrorString(succlResult_t result) {
  RECORD(A(result));
  return (int)result == 42 ? "the answer" : "a status";
}

succlResult_t succlGetVersion(int *version) {
  RECORD(A(0));
  *version = SUCCL_VERSION_CODE;
  return succlSuccess;
}

succlResult_t succlGetUniqueId(succlUniqueId *uniqueId) {
  RECORD(A(0));
  for (int i = 0; i < 128; ++i) uniqueId->internal[i] = (char)(255 - i);
  return result();
}

succlResult_t succlCommInitRank(
    succlComm_t *comm, int nranks, succlUniqueId commId, int rank RESERVED) {
  RECORD(A(0), A(nranks), A(0), A(rank) KEEP_RESERVED);
  RECORD_BYTES(commId);
  *comm = (succlComm_t)0x5eed5eed5eed;
  return result();
}

succlResult_t succlAllReduce(
    const void *sendbuff, void *recvbuff, size_t count, succlDataType_t datatype, succlRedOp_t op,
    succlComm_t comm, suStream_t stream RESERVED) {
  RECORD(
      A(sendbuff), A(recvbuff), A(count), A(datatype), A(op), A(comm), A(stream) KEEP_RESERVED);
  return result();
}

succlResult_t succlReduce(
    const void *sendbuff, void *recvbuff, size_t count, succlDataType_t datatype, succlRedOp_t op,
    int root, succlComm_t comm, suStream_t stream RESERVED) {
  RECORD(
      A(sendbuff), A(recvbuff), A(count), A(datatype), A(op), A(root), A(comm),
      A(stream) KEEP_RESERVED);
  return result();
}

succlResult_t succlAllGather(
    const void *sendbuff, void *recvbuff, size_t sendcount, succlDataType_t datatype,
    succlComm_t comm, suStream_t stream RESERVED) {
  RECORD(A(sendbuff), A(recvbuff), A(sendcount), A(datatype), A(comm), A(stream) KEEP_RESERVED);
  return result();
}

succlResult_t succlReduceScatter(
    const void *sendbuff, void *recvbuff, size_t recvcount, succlDataType_t datatype,
    succlRedOp_t op, succlComm_t comm, suStream_t stream RESERVED) {
  RECORD(
      A(sendbuff), A(recvbuff), A(recvcount), A(datatype), A(op), A(comm), A(stream) KEEP_RESERVED);
  return result();
}

succlResult_t succlSend(
    const void *sendbuff, size_t count, succlDataType_t datatype, int peer, succlComm_t comm,
    suStream_t stream RESERVED) {
  RECORD(A(sendbuff), A(count), A(datatype), A(peer), A(comm), A(stream) KEEP_RESERVED);
  return result();
}

succlResult_t succlRecv(
    void *recvbuff, size_t count, succlDataType_t datatype, int peer, succlComm_t comm,
    suStream_t stream RESERVED) {
  RECORD(A(recvbuff), A(count), A(datatype), A(peer), A(comm), A(stream) KEEP_RESERVED);
  return result();
}

succlResult_t succlBroadcast(
    const void *sendbuff, void *recvbuff, size_t count, succlDataType_t datatype, int root,
    succlComm_t comm, suStream_t stream RESERVED) {
  RECORD(
      A(sendbuff), A(recvbuff), A(count), A(datatype), A(root), A(comm), A(stream) KEEP_RESERVED);
  return result();
}

succlResult_t succlCommDestroy(succlComm_t comm) {
  RECORD(A(comm));
  return result();
}

succlResult_t succlGroupStart(void) {
  RECORD_NONE();
  return result();
}

succlResult_t succlGroupEnd(void) {
  RECORD_NONE();
  return result();
}
