// An exchange whose counts and displacements are matrices that all ranks have: row r is rank r's.

#include "call.h"

/// What a rank sends to another must be what that expects.
static hc_status compare(const size_t *sent, const size_t *expected, int ranks) {
  for (int from = 0; from < ranks; from++) {
    for (int to = 0; to < ranks; to++) {
      size_t out = sent[from * ranks + to], in = expected[to * ranks + from];
      if (out == in) continue;
      return hx_refuse(
          "the matrices disagree: rank %d sends %zu elements to rank %d, which expects %zu", from,
          out, to, in);
    }
  }
  return HC_SUCCESS;
}

HX_OPERATION(allToAllV) {
  hc_type type;
  int ranks, rank;
  HX_TRY(hx_type(vendor, arguments, &type));
  hc_status status = hc_comm_count(arguments->comm, &ranks);
  if (status == HC_SUCCESS) status = hc_comm_rank(arguments->comm, &rank);
  if (status != HC_SUCCESS) return hc_refuse(status, hc_last_error());
  const hx_arguments *matrices = arguments;
  if (matrices->sendCounts == NULL || matrices->sendDisplacements == NULL ||
      matrices->recvCounts == NULL || matrices->recvDisplacements == NULL) {
    return hx_refuse("a matrix of counts or displacements is NULL");
  }
  HX_TRY(compare(matrices->sendCounts, matrices->recvCounts, ranks));
  size_t row = (size_t)rank * (size_t)ranks;
  return hc_all_to_all_v(
      arguments->sendBuffer, matrices->sendCounts + row, matrices->sendDisplacements + row,
      arguments->recvBuffer, matrices->recvCounts + row, matrices->recvDisplacements + row, type,
      arguments->comm, arguments->stream);
}
