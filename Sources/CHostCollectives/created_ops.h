// Reductions that a communicator has made.

#ifndef HCI_CREATED_OPS_H
#define HCI_CREATED_OPS_H

#include "comm.h"
#include "task.h"

#pragma GCC visibility push(hidden)

/// Sets the task's reduction and scalar to what `op` stands for. Under the communicator's lock.
hc_status hci_resolve_op(hc_comm *comm, hc_op op, Task *task);

#pragma GCC visibility pop

#endif
