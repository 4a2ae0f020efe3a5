// What a unique id consists of.

#ifndef HCI_UNIQUE_ID_H
#define HCI_UNIQUE_ID_H

#include "host_collectives.h"

#pragma GCC visibility push(hidden)

/// Refuses ids that are not ours: of another library, of zeros, damaged.
hc_status hci_check_id(const hc_unique_id *id);

/// The id of a communicator that ranks of `parent` form without asking each other: the same on all
/// that pass the same `kind`, `number` (how many there have been) and `part`.
void hci_derive_id(
    const hc_unique_id *parent, char kind, uint64_t number, uint64_t part, hc_unique_id *id);

bool hci_same_id(const hc_unique_id *a, const hc_unique_id *b);

/// 32 hexadecimal digits and a NUL.
void hci_id_text(const hc_unique_id *id, char text[33]);

uint64_t hci_hash(uint64_t seed, const void *bytes, size_t count);

#pragma GCC visibility pop

#endif
