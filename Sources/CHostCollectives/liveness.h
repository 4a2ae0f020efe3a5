// Who is alive. Every rank opens the segment's file for itself and holds a lock on its byte, by the
// open file description: the kernel gives it back when the process ends, however it ends; threads
// have one each; and no process id is involved that another process could get in the meantime.
//
// A process that a rank forks without exec shares the description, so the rank counts as alive
// until both have ended; the time limits still hold.

#ifndef HCI_LIVENESS_H
#define HCI_LIVENESS_H

#include <stdbool.h>

#pragma GCC visibility push(hidden)

// These return 0 or errno; EAGAIN if another description holds the lock.

/// Held by whoever creates, enters or removes the file.
int hci_lock_setup(int descriptor);
void hci_unlock_setup(int descriptor);
int hci_lock_rank(int descriptor, int rank);
/// The lock of everything: only had if nobody uses the file.
int hci_lock_all(int descriptor);

/// Whether another description holds the rank's lock.
bool hci_is_rank_alive(int descriptor, int rank);

#pragma GCC visibility pop

#endif
