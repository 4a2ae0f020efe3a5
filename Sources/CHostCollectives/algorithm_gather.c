// all_gather, all_gather_v and gather: each rank publishes its block, chunk by chunk, and the
// receivers read all of them.

#include <string.h>

#include "algorithms.h"
#include "round.h"
#include "tables.h"

hc_status hci_run_gather(hc_comm *comm, const Task *task) {
  Rounds rounds = hci_rounds(comm, task);
  size_t size = hc_type_size(task->type);
  size_t limit = comm->segment.chunkBytes / size;
  size_t longest = task->count;
  if (task->kind == HCI_ALL_GATHER_V) HCI_TRY(hci_compare_tables(&rounds, &longest));
  bool isReceiver = task->kind != HCI_GATHER || task->root == comm->rank;
  const Blocks *blocks = &task->receiveBlocks;
  size_t offset = 0;
  do {
    size_t length = hci_part(task->count, offset, limit);
    unsigned char *own;
    HCI_TRY(hci_round_begin(&rounds, &own));
    if (length > 0) memcpy(own, (const char *)task->send + offset * size, length * size);
    HCI_TRY(hci_round_publish(&rounds));
    for (int rank = 0; isReceiver && rank < comm->rankCount; rank++) {
      size_t count = blocks->counts != NULL ? blocks->counts[rank] : task->count;
      size_t begin =
          blocks->counts != NULL ? blocks->displacements[rank] : (size_t)rank * task->count;
      length = hci_part(count, offset, limit);
      if (length == 0) continue;
      const unsigned char *chunk;
      HCI_TRY(hci_round_read(&rounds, rank, &chunk));
      memcpy((char *)task->receive + (begin + offset) * size, chunk, length * size);
    }
    offset += limit;
  } while (offset < longest);
  return HC_SUCCESS;
}
