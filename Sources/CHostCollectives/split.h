// Which ranks form which part of a split communicator.

#ifndef HCI_SPLIT_H
#define HCI_SPLIT_H

#include "birth.h"

#pragma GCC visibility push(hidden)

/// Exchanges colors and keys over the parent's memory, which works after a failure too, and sets
/// id, rank and number of ranks of the new communicator.
hc_status hci_split(Birth *birth);

#pragma GCC visibility pop

#endif
