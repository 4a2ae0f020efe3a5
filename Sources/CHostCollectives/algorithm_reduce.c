// all_reduce and reduce, chunk by chunk. Small chunks in one round: those who want the result
// compute all of it. Larger ones in two: each rank computes its part of the chunk, and publishes
// it. Either way an element is computed from the ranks' in rank order, so the results are the same
// bits.

#include <string.h>

#include "algorithms.h"
#include "round.h"

// Below it a further round costs more than the repeated work.
enum { ONE_ROUND_BYTES = 4096 };

static size_t boundary(size_t length, int part, int parts) {
  return (size_t)((unsigned __int128)length * (unsigned)part / (unsigned)parts);
}

static hc_status reduceInParts(
    Rounds *rounds, const void *const *sources, size_t length, size_t size, char *destination) {
  hc_comm *comm = rounds->comm;
  int ranks = comm->rankCount;
  const void *parts[HC_MAX_RANKS];
  size_t begin = boundary(length, comm->rank, ranks);
  size_t end = boundary(length, comm->rank + 1, ranks);
  for (int rank = 0; rank < ranks; rank++) {
    parts[rank] = (const char *)sources[rank] + begin * size;
  }
  unsigned char *own;
  HCI_TRY(hci_round_begin(rounds, &own));
  hci_reduce(&rounds->task->reduction, parts, ranks, own + begin * size, end - begin);
  HCI_TRY(hci_round_publish(rounds));
  for (int rank = 0; destination != NULL && rank < ranks; rank++) {
    const unsigned char *chunk;
    begin = boundary(length, rank, ranks);
    end = boundary(length, rank + 1, ranks);
    HCI_TRY(hci_round_read(rounds, rank, &chunk));
    memcpy(destination + begin * size, chunk + begin * size, (end - begin) * size);
  }
  return HC_SUCCESS;
}

hc_status hci_run_reduce(hc_comm *comm, const Task *task) {
  Rounds rounds = hci_rounds(comm, task);
  size_t size = hc_type_size(task->type);
  size_t limit = comm->segment.chunkBytes / size;
  bool isReceiver = task->kind == HCI_ALL_REDUCE || task->root == comm->rank;
  const void *sources[HC_MAX_RANKS];
  size_t offset = 0;
  do {
    size_t length = hci_part(task->count, offset, limit);
    unsigned char *own;
    HCI_TRY(hci_round_begin(&rounds, &own));
    if (length > 0) {
      const char *source = (const char *)task->send + offset * size;
      hci_copy_scaled(&task->scalar, task->type, source, own, length);
    }
    HCI_TRY(hci_round_publish(&rounds));
    if (length == 0) break;
    char *destination = isReceiver ? (char *)task->receive + offset * size : NULL;
    bool isSmall = length * size <= ONE_ROUND_BYTES;
    for (int rank = 0; (isReceiver || !isSmall) && rank < comm->rankCount; rank++) {
      const unsigned char *chunk;
      HCI_TRY(hci_round_read(&rounds, rank, &chunk));
      sources[rank] = chunk;
    }
    if (!isSmall) {
      HCI_TRY(reduceInParts(&rounds, sources, length, size, destination));
    } else if (isReceiver) {
      hci_reduce(&task->reduction, sources, comm->rankCount, destination, length);
    }
    offset += limit;
  } while (offset < task->count);
  return HC_SUCCESS;
}
