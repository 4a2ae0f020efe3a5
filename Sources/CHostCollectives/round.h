// The steps of a collective.
//
// A round: each rank that has something to say writes it to its chunk, publishes the round's
// number, and reads the chunks of those whose data it needs. All ranks go through the same rounds,
// counted over the communicator's life. There are two chunks a rank, used in turn. The chunk of
// round k is written again in round k + 2, and only after all have published k + 1, which they do
// after their last look at the chunks of round k: so nobody's data is overwritten while others read
// it.
//
// In the first round of a collective the ranks compare what they are about to do.

#ifndef HCI_ROUND_H
#define HCI_ROUND_H

#include "comm.h"
#include "task.h"

#pragma GCC visibility push(hidden)

typedef struct Rounds {
  hc_comm *comm;
  const Task *task;
  uint64_t collective;
  uint32_t round;
  bool isFirst;
} Rounds;

Rounds hci_rounds(hc_comm *comm, const Task *task);

/// Begins the next round. Where `chunk` is not NULL this rank writes to `*chunk` before it
/// publishes.
hc_status hci_round_begin(Rounds *rounds, unsigned char **chunk);

/// Makes this rank's chunk visible. In the first round, waits for all and compares.
hc_status hci_round_publish(Rounds *rounds);

/// What `rank` has published in this round.
hc_status hci_round_read(Rounds *rounds, int rank, const unsigned char **chunk);

#define HCI_TRY(call)                                 \
  do {                                                \
    hc_status _status = (call);                       \
    if (_status != HC_SUCCESS) return _status;        \
  } while (0)

#pragma GCC visibility pop

#endif
