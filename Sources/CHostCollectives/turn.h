// The order of a communicator's work: a ticket is drawn when work is issued, and the work waits
// until all before it is done.

#ifndef HCI_TURN_H
#define HCI_TURN_H

#include "comm.h"

#pragma GCC visibility push(hidden)

/// Under the communicator's lock, and that of issuing.
uint64_t hci_turn_draw(hc_comm *comm);

/// Waits for the turn. An error: the communicator ends, and nothing may be done. In either case
/// `hci_turn_end` must follow.
hc_status hci_turn_begin(hc_comm *comm, uint64_t ticket);
void hci_turn_end(hc_comm *comm);

#pragma GCC visibility pop

#endif
