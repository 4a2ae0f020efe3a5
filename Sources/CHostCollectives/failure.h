// The end of a communicator's work, seen by all ranks.

#ifndef HCI_FAILURE_H
#define HCI_FAILURE_H

#include "segment.h"

#pragma GCC visibility push(hidden)

/// Whether there is one; then, where `text` is not NULL, copies what it says.
hc_status hci_failure(const Segment *segment, char text[HCI_TEXT_SIZE]);

/// Records one, if there is none. Ranks that wait see it within a few milliseconds.
void hci_post_failure(Segment *segment, hc_status status, const char *text);

#pragma GCC visibility pop

#endif
