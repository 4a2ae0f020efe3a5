// Element-wise reduction of one block of each rank.

#ifndef HCI_REDUCE_H
#define HCI_REDUCE_H

#include "host_collectives.h"

#pragma GCC visibility push(hidden)

typedef struct Reduction {
  hc_type type;
  /// HC_SUM to HC_AVG.
  hc_op op;
} Reduction;

/// Combines `count` elements of each of `sources`, in their order, into `destination`, which may be
/// no part of them. The rules are at `hc_op`.
void hci_reduce(
    const Reduction *reduction, const void *const *sources, int sourceCount, void *destination,
    size_t count);

// One family of types a file.
void hci_reduce_integers(
    const Reduction *reduction, const void *const *sources, int sourceCount, void *destination,
    size_t count);
void hci_reduce_reals(
    const Reduction *reduction, const void *const *sources, int sourceCount, void *destination,
    size_t count);
void hci_reduce_small_floats(
    const Reduction *reduction, const void *const *sources, int sourceCount, void *destination,
    size_t count);

#pragma GCC visibility pop

#endif
