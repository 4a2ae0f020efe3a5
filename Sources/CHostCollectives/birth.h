// How a communicator comes into being: by init, split or shrink; at once, at the end of a group, or
// behind the back of a non-blocking caller.

#ifndef HCI_BIRTH_H
#define HCI_BIRTH_H

#include "comm.h"

#pragma GCC visibility push(hidden)

typedef struct Birth {
  /// First, so that a job is a birth.
  Job job;
  struct Birth *next;
  const char *work;
  /// NULL for a split without a color. One reference, besides the registry's.
  hc_comm *comm;
  hc_comm **handle;
  bool isBlocking;
  uint64_t ticket;
  /// For a split: the communicator that is split (one reference), and this rank's part of it.
  hc_comm *parent;
  uint64_t parentTicket;
  uint64_t split;
  int color, key;
  // How it went.
  hc_status status;
  char text[HCI_TEXT_SIZE];
} Birth;

/// Draws the tickets. Under the lock of issuing.
void hci_birth_draw(Birth *birth);

/// Does it, and keeps status and text.
void hci_birth_run(Birth *birth);

/// If it failed and the caller waits, resets the handle. Frees.
void hci_birth_finish(Birth *birth);

/// Frees one that was never run, and resets the handle.
void hci_birth_discard(Birth *birth);

#pragma GCC visibility pop

#endif
