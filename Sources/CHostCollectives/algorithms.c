#include "algorithms.h"

#include <string.h>

#include "round.h"

hc_status hci_run_collective(hc_comm *comm, const Task *task) {
  switch (task->kind) {
    case HCI_ALL_REDUCE:
    case HCI_REDUCE: return hci_run_reduce(comm, task);
    case HCI_BROADCAST: return hci_run_broadcast(comm, task);
    case HCI_ALL_GATHER:
    case HCI_ALL_GATHER_V:
    case HCI_GATHER: return hci_run_gather(comm, task);
    case HCI_REDUCE_SCATTER:
    case HCI_REDUCE_SCATTER_V:
    case HCI_ALL_TO_ALL:
    case HCI_ALL_TO_ALL_V:
    case HCI_SCATTER: return hci_run_exchange(comm, task);
    case HCI_SEND:
    case HCI_RECEIVE: break;
  }
  return hci_fail(HC_INTERNAL, "no collective: %s", hci_kind_name(task->kind));
}

hc_status hci_run_broadcast(hc_comm *comm, const Task *task) {
  Rounds rounds = hci_rounds(comm, task);
  size_t size = hc_type_size(task->type);
  size_t limit = comm->segment.chunkBytes / size;
  bool isRoot = task->root == comm->rank;
  size_t offset = 0;
  do {
    size_t length = hci_part(task->count, offset, limit);
    unsigned char *own;
    HCI_TRY(hci_round_begin(&rounds, isRoot ? &own : NULL));
    if (isRoot && length > 0) {
      memcpy(own, (const char *)task->send + offset * size, length * size);
    }
    HCI_TRY(hci_round_publish(&rounds));
    if (!isRoot && length > 0) {
      const unsigned char *chunk;
      HCI_TRY(hci_round_read(&rounds, task->root, &chunk));
      memcpy((char *)task->receive + offset * size, chunk, length * size);
    }
    offset += limit;
  } while (offset < task->count);
  if (isRoot && task->receive != NULL && task->receive != task->send && task->count > 0) {
    memcpy(task->receive, task->send, task->count * size);
  }
  return HC_SUCCESS;
}
