// Premultiplied sums: a communicator's list of factors.

#include "created_ops.h"

#include <stdlib.h>
#include <string.h>

#include "registry.h"
#include "types.h"

hc_status hc_op_create_premul_sum(hc_op *op, const void *scalar, hc_type type, hc_comm *comm) {
  if (op == NULL || scalar == NULL) {
    return hci_fail(HC_INVALID_ARGUMENT, "op_create_premul_sum: the op or the scalar is NULL");
  }
  if (!hci_is_type(type)) {
    return hci_fail(HC_INVALID_ARGUMENT, "op_create_premul_sum: there is no type %d", (int)type);
  }
  HCI_ACQUIRE(comm, "op_create_premul_sum");
  hc_status status = HC_SUCCESS;
  pthread_mutex_lock(&comm->lock);
  int index = 0;
  while (index < comm->createdOpCount && comm->createdOps[index].op >= 0) index++;
  if (index == comm->createdOpCount) {
    Reduction *more = realloc(comm->createdOps, (size_t)(index + 1) * sizeof(Reduction));
    if (more == NULL) {
      status = hci_fail(HC_SYSTEM_ERROR, "op_create_premul_sum: out of memory");
    } else {
      comm->createdOps = more;
      comm->createdOpCount++;
    }
  }
  if (status == HC_SUCCESS) {
    Reduction *created = &comm->createdOps[index];
    *created = (Reduction){.type = type, .op = HC_FIRST_CREATED_OP};
    memcpy(created->scalar, scalar, hc_type_size(type));
    *op = HC_FIRST_CREATED_OP + index;
  }
  pthread_mutex_unlock(&comm->lock);
  hci_comm_release(comm);
  return status;
}

static Reduction *find(hc_comm *comm, hc_op op) {
  int index = op - HC_FIRST_CREATED_OP;
  if (index < 0 || index >= comm->createdOpCount || comm->createdOps[index].op < 0) return NULL;
  return &comm->createdOps[index];
}

hc_status hc_op_destroy(hc_op op, hc_comm *comm) {
  HCI_ACQUIRE(comm, "op_destroy");
  pthread_mutex_lock(&comm->lock);
  Reduction *created = find(comm, op);
  if (created != NULL) created->op = -1;
  pthread_mutex_unlock(&comm->lock);
  hci_comm_release(comm);
  if (created != NULL) return HC_SUCCESS;
  return hci_fail(
      HC_INVALID_ARGUMENT, "op_destroy: %d is no reduction that the communicator has made", op);
}

hc_status hci_resolve_op(
    hc_comm *comm, hc_op op, hc_type type, const char *work, Reduction *reduction) {
  *reduction = (Reduction){.type = type, .op = op};
  if (op >= 0 && op <= HC_AVG) return HC_SUCCESS;
  Reduction *created = find(comm, op);
  if (created == NULL) {
    return hci_fail(
        HC_INVALID_ARGUMENT, "%s: %d is no reduction, nor one that the communicator has made",
        work, op);
  }
  if (created->type != type) {
    return hci_fail(
        HC_INVALID_ARGUMENT, "%s: the reduction was made for %s, and the data is %s", work,
        hc_type_name(created->type), hc_type_name(type));
  }
  *reduction = *created;
  return HC_SUCCESS;
}
