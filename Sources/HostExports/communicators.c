// What is asked of a communicator, and how it ends.

#include <string.h>

#include "call.h"
#include "records.h"

HX_OPERATION(commFinalize) {
  (void)vendor;
  return hc_comm_finalize(arguments->comm);
}

HX_OPERATION(commDestroy) {
  (void)vendor;
  hx_forget_all(arguments->comm);
  return hc_comm_destroy(arguments->comm);
}

HX_OPERATION(commAbort) {
  (void)vendor;
  hx_forget_all(arguments->comm);
  return hc_comm_abort(arguments->comm);
}

HX_OPERATION(commRevoke) {
  if (arguments->flags != 0 && hx_find(vendor->revokeFlags, arguments->flags) == NULL) {
    return hx_refuse("there is no revoke flag %lld", (long long)arguments->flags);
  }
  return hc_comm_revoke(arguments->comm);
}

HX_OPERATION(commCount) {
  (void)vendor;
  int count;
  HX_TRY(hc_comm_count(arguments->comm, &count));
  return hx_store(arguments, count);
}

HX_OPERATION(commUserRank) {
  (void)vendor;
  int rank;
  HX_TRY(hc_comm_rank(arguments->comm, &rank));
  return hx_store(arguments, rank);
}

HX_OPERATION(commDevice) {
  (void)vendor;
  int rank;
  // Only to know that the communicator is alive.
  HX_TRY(hc_comm_rank(arguments->comm, &rank));
  return hx_store(arguments, 0);
}

HX_OPERATION(commGetAsyncError) {
  hc_status status;
  HX_TRY(hc_comm_async_error(arguments->comm, &status));
  if (status != HC_SUCCESS && status != HC_IN_PROGRESS) hx_keep_text(vendor, arguments);
  return hx_store(arguments, hx_status_code(vendor, status));
}

HX_OPERATION(redOpCreatePreMulSum) {
  const hx_code *residence = hx_find(vendor->scalarResidence, arguments->residence);
  if (residence == NULL) {
    return hx_refuse("there is no residence %lld", (long long)arguments->residence);
  }
  hc_type type;
  hc_op op;
  HX_TRY(hx_type(vendor, arguments, &type));
  bool isInDevice = strcmp(residence->name, "scalarDevice") == 0;
  HX_TRY(hc_op_create_premul_sum(&op, arguments->scalar, type, isInDevice, arguments->comm));
  return hx_store(arguments, hx_created_op_code(vendor, op));
}

HX_OPERATION(redOpDestroy) {
  hc_op op;
  HX_TRY(hx_op(vendor, arguments, &op));
  return hc_op_destroy(op, arguments->comm);
}

HX_OPERATION(groupStart) {
  (void)vendor;
  (void)arguments;
  return hc_group_start();
}

HX_OPERATION(groupEnd) {
  (void)vendor;
  (void)arguments;
  return hc_group_end();
}
