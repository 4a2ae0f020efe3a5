// Reductions that a communicator has made.

#ifndef HCI_CREATED_OPS_H
#define HCI_CREATED_OPS_H

#include "comm.h"

#pragma GCC visibility push(hidden)

/// What `op` stands for, with its factor. Under the communicator's lock.
hc_status hci_resolve_op(
    hc_comm *comm, hc_op op, hc_type type, const char *work, Reduction *reduction);

#pragma GCC visibility pop

#endif
