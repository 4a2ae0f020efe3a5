// Waiting for other ranks: first by looking, then asleep in short slices, between which a wait
// finds out whether it has become pointless.

#ifndef HCI_WAIT_H
#define HCI_WAIT_H

#include "segment.h"

#pragma GCC visibility push(hidden)

/// Whose turn it is.
typedef struct Awaited {
  bool (*isMissing)(const void *context, int rank);
  const void *context;
} Awaited;

typedef enum Obstacle {
  HCI_NO_OBSTACLE,
  /// This rank aborts.
  HCI_CANCELLED,
  /// The communicator's work has ended with an error.
  HCI_FAILED,
  /// A missing rank's process has ended.
  HCI_DIED,
  /// A missing rank has destroyed its communicator.
  HCI_WENT,
  HCI_TIMED_OUT,
} Obstacle;

typedef struct Wait {
  Segment *segment;
  /// For messages: the operation.
  const char *work;
  uint64_t number;
  Awaited awaited;
  /// For split, which works after a failure.
  bool ignoresFailure;
  int64_t begin;
  int64_t nextLook;
  unsigned turns;
  /// The rank behind HCI_DIED and HCI_WENT.
  int culprit;
} Wait;

Wait hci_wait(Segment *segment, const char *work, uint64_t number, Awaited awaited);

/// Waits a while for `word` to differ from `seen`. What was waited for must be tested once more
/// before an obstacle counts: a rank may have done its part, and left.
Obstacle hci_wait_turn(Wait *wait, Word *word, uint32_t seen);

/// Words for the obstacle, which other ranks get as well unless they are known already.
hc_status hci_wait_fail(Wait *wait, Obstacle obstacle);

/// Waits for a rank's word to count up to `target`.
hc_status hci_wait_until(Wait *wait, Word *word, uint32_t target);

#pragma GCC visibility pop

#endif
