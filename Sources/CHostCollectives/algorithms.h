// Doing a collective. The caller has the communicator's turn.

#ifndef HCI_ALGORITHMS_H
#define HCI_ALGORITHMS_H

#include "comm.h"
#include "task.h"

#pragma GCC visibility push(hidden)

hc_status hci_run_collective(hc_comm *comm, const Task *task);

/// Sends and receives, all of them together. See p2p.c.
hc_status hci_run_p2p(hc_comm *comm, const Task *tasks, size_t count);

// By what is done with the data: reduce.., gather.., exchange..
hc_status hci_run_reduce(hc_comm *comm, const Task *task);
hc_status hci_run_broadcast(hc_comm *comm, const Task *task);
hc_status hci_run_gather(hc_comm *comm, const Task *task);
hc_status hci_run_exchange(hc_comm *comm, const Task *task);

/// Of `total` elements from `offset` on, at most `limit`.
static inline size_t hci_part(size_t total, size_t offset, size_t limit) {
  if (offset >= total) return 0;
  return total - offset < limit ? total - offset : limit;
}

#pragma GCC visibility pop

#endif
