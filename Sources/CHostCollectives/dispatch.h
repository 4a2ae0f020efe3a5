// Where work is done: on the caller's thread, on streams, on the workers of non-blocking
// communicators.

#ifndef HCI_DISPATCH_H
#define HCI_DISPATCH_H

#include "birth.h"
#include "task.h"

#pragma GCC visibility push(hidden)

/// The tasks of a group, in the order of the calls. Their references and memory are given away.
hc_status hci_dispatch_tasks(Task *tasks, size_t count);

/// A list, which is given away.
hc_status hci_dispatch_births(Birth *births);

#pragma GCC visibility pop

#endif
