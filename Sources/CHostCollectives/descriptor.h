// What ranks tell each other about a collective, so that calls that do not fit together are an
// error with names and numbers.

#ifndef HCI_DESCRIPTOR_H
#define HCI_DESCRIPTOR_H

#include "segment.h"
#include "task.h"

#pragma GCC visibility push(hidden)

Descriptor hci_describe(const Task *task, uint64_t number);

/// All ranks have published `segment->slots[].descriptors[which]`. Comes to the same on each.
hc_status hci_compare_descriptors(const Segment *segment, uint32_t which);

#pragma GCC visibility pop

#endif
