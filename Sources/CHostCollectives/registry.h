// The communicators of the process that are alive. A handle is looked up before it is followed, so
// that one that was destroyed already is an error and no crash.

#ifndef HCI_REGISTRY_H
#define HCI_REGISTRY_H

#include "comm.h"

#pragma GCC visibility push(hidden)

/// Adds one. False if a rank of that number and id is alive in this process: it would wait for
/// itself.
bool hci_registry_add(hc_comm *comm);

/// Says who one is that a split made.
void hci_registry_identify(hc_comm *comm, const hc_unique_id *id, int rank, int rankCount);

/// Takes a reference, if the handle is alive; else sets the thread's text.
hc_status hci_comm_acquire(hc_comm *comm, const char *work);

/// The first thing of every function that takes a handle.
#define HCI_ACQUIRE(comm, work)                              \
  do {                                                       \
    hc_status _status = hci_comm_acquire((comm), (work));    \
    if (_status != HC_SUCCESS) return _status;               \
  } while (0)

/// A further reference by one who has one.
void hci_comm_retain(hc_comm *comm);

/// Gives one back; the last one frees.
void hci_comm_release(hc_comm *comm);

/// From here on the handle is unknown. True for the one caller who removed it; the reference that
/// the registry had is now the caller's.
bool hci_registry_remove(hc_comm *comm);

/// Held while tickets are drawn and work is queued, so that all queues of the process agree about
/// the order; then no two of them can wait for each other.
void hci_lock_issue(void);
void hci_unlock_issue(void);

#pragma GCC visibility pop

#endif
