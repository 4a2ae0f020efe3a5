// all_to_all, reduce_scatter, their v-forms, and scatter: each sender divides its chunk into a part
// for each rank, and each receiver takes its part of the chunks.
//
// In place: in a round a rank has copied what it sends at an offset of its blocks before it writes
// what it receives at the same offset.

#include <string.h>

#include "algorithms.h"
#include "round.h"
#include "tables.h"

static size_t countOf(const Blocks *blocks, const Task *task, int rank) {
  return blocks->counts != NULL ? blocks->counts[rank] : task->count;
}

static size_t beginOf(const Blocks *blocks, const Task *task, int rank) {
  return blocks->counts != NULL ? blocks->displacements[rank] : (size_t)rank * task->count;
}

static void fill(
    const Task *task, int rankCount, size_t offset, size_t limit, size_t size, unsigned char *own) {
  for (int rank = 0; rank < rankCount; rank++) {
    size_t length = hci_part(countOf(&task->sendBlocks, task, rank), offset, limit);
    if (length == 0) continue;
    const char *source =
        (const char *)task->send + (beginOf(&task->sendBlocks, task, rank) + offset) * size;
    hci_copy_scaled(
        &task->scalar, task->type, source, own + (size_t)rank * limit * size, length);
  }
}

/// The part for this rank of each chunk, combined.
static hc_status takeReduced(Rounds *rounds, size_t offset, size_t limit, size_t size) {
  const Task *task = rounds->task;
  hc_comm *comm = rounds->comm;
  size_t length = hci_part(countOf(&task->sendBlocks, task, comm->rank), offset, limit);
  if (length == 0) return HC_SUCCESS;
  const void *sources[HC_MAX_RANKS];
  for (int rank = 0; rank < comm->rankCount; rank++) {
    const unsigned char *chunk;
    HCI_TRY(hci_round_read(rounds, rank, &chunk));
    sources[rank] = chunk + (size_t)comm->rank * limit * size;
  }
  char *destination = (char *)task->receive + offset * size;
  hci_reduce(&task->reduction, sources, comm->rankCount, destination, length);
  return HC_SUCCESS;
}

static hc_status take(Rounds *rounds, int from, size_t offset, size_t limit, size_t size) {
  const Task *task = rounds->task;
  size_t length = hci_part(countOf(&task->receiveBlocks, task, from), offset, limit);
  if (length == 0) return HC_SUCCESS;
  const unsigned char *chunk;
  HCI_TRY(hci_round_read(rounds, from, &chunk));
  size_t begin = task->kind == HCI_SCATTER ? 0 : beginOf(&task->receiveBlocks, task, from);
  memcpy(
      (char *)task->receive + (begin + offset) * size,
      chunk + (size_t)rounds->comm->rank * limit * size, length * size);
  return HC_SUCCESS;
}

hc_status hci_run_exchange(hc_comm *comm, const Task *task) {
  Rounds rounds = hci_rounds(comm, task);
  size_t size = hc_type_size(task->type);
  size_t limit = comm->segment.chunkBytes / (size_t)comm->rankCount / size;
  size_t longest = task->count;
  bool isV = task->kind == HCI_ALL_TO_ALL_V || task->kind == HCI_REDUCE_SCATTER_V;
  if (isV) HCI_TRY(hci_compare_tables(&rounds, &longest));
  bool isReduced = task->kind == HCI_REDUCE_SCATTER || task->kind == HCI_REDUCE_SCATTER_V;
  bool isSender = task->kind != HCI_SCATTER || task->root == comm->rank;
  size_t offset = 0;
  do {
    unsigned char *own;
    HCI_TRY(hci_round_begin(&rounds, isSender ? &own : NULL));
    if (isSender) fill(task, comm->rankCount, offset, limit, size, own);
    HCI_TRY(hci_round_publish(&rounds));
    if (isReduced) {
      HCI_TRY(takeReduced(&rounds, offset, limit, size));
    } else if (task->kind == HCI_SCATTER) {
      HCI_TRY(take(&rounds, task->root, offset, limit, size));
    } else {
      for (int rank = 0; rank < comm->rankCount; rank++) {
        HCI_TRY(take(&rounds, rank, offset, limit, size));
      }
    }
    offset += limit;
  } while (offset < longest);
  return HC_SUCCESS;
}
