// Premultiplied sums: a communicator's list of scalars.

#include "created_ops.h"

#include <stdlib.h>

#include "registry.h"
#include "types.h"

hc_status hc_op_create_premul_sum(
    hc_op *op, const void *scalar, hc_type type, bool keep_address, hc_comm *comm) {
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
  while (index < comm->scalarCount && comm->scalars[index].place != HCI_NO_SCALAR) index++;
  if (index == comm->scalarCount) {
    Scalar *more = realloc(comm->scalars, (size_t)(index + 1) * sizeof(Scalar));
    if (more == NULL) {
      status = hci_fail(HC_SYSTEM_ERROR, "op_create_premul_sum: out of memory");
    } else {
      comm->scalars = more;
      comm->scalarCount++;
    }
  }
  if (status == HC_SUCCESS) {
    comm->scalars[index] = hci_scalar(scalar, type, keep_address);
    *op = HC_FIRST_CREATED_OP + index;
  }
  pthread_mutex_unlock(&comm->lock);
  hci_comm_release(comm);
  return status;
}

static Scalar *find(hc_comm *comm, hc_op op) {
  int index = op - HC_FIRST_CREATED_OP;
  if (index < 0 || index >= comm->scalarCount) return NULL;
  Scalar *scalar = &comm->scalars[index];
  return scalar->place != HCI_NO_SCALAR ? scalar : NULL;
}

hc_status hc_op_destroy(hc_op op, hc_comm *comm) {
  HCI_ACQUIRE(comm, "op_destroy");
  pthread_mutex_lock(&comm->lock);
  Scalar *scalar = find(comm, op);
  if (scalar != NULL) scalar->place = HCI_NO_SCALAR;
  pthread_mutex_unlock(&comm->lock);
  hci_comm_release(comm);
  if (scalar != NULL) return HC_SUCCESS;
  return hci_fail(
      HC_INVALID_ARGUMENT, "op_destroy: %d is no reduction that the communicator has made", op);
}

hc_status hci_resolve_op(hc_comm *comm, hc_op op, Task *task) {
  task->reduction = (Reduction){.type = task->type, .op = op};
  if (op >= 0 && op <= HC_AVG) return HC_SUCCESS;
  const char *work = hci_kind_name(task->kind);
  const Scalar *scalar = find(comm, op);
  if (scalar == NULL) {
    return hci_fail(
        HC_INVALID_ARGUMENT, "%s: %d is no reduction, nor one that the communicator has made",
        work, op);
  }
  if (scalar->type != task->type) {
    return hci_fail(
        HC_INVALID_ARGUMENT, "%s: the reduction was made for %s, and the data is %s", work,
        hc_type_name(scalar->type), hc_type_name(task->type));
  }
  task->reduction.op = HC_SUM;
  task->scalar = *scalar;
  return HC_SUCCESS;
}
