// The counts of the v-forms, which ranks compare before they send.

#ifndef HCI_TABLES_H
#define HCI_TABLES_H

#include "round.h"

#pragma GCC visibility push(hidden)

/// A round in which all ranks publish their counts. Sets `longest` to the largest of all of them.
hc_status hci_compare_tables(Rounds *rounds, size_t *longest);

#pragma GCC visibility pop

#endif
