#include "tables.h"

#include <string.h>

// A table: what the rank sends to each, then what it expects of each. One of the two may be that of
// all ranks: for all_gather_v and reduce_scatter_v the first is the counts that all must agree on,
// and the second begins with what the rank sends.

static hc_status compareExchange(const size_t *const *tables, int ranks, const char *name) {
  for (int from = 0; from < ranks; from++) {
    for (int to = 0; to < ranks; to++) {
      size_t sent = tables[from][to], expected = tables[to][ranks + from];
      if (sent == expected) continue;
      return hci_fail(
          HC_INVALID_USAGE, "%s: rank %d sends %zu elements to rank %d, which expects %zu", name,
          from, sent, to, expected);
    }
  }
  return HC_SUCCESS;
}

static hc_status compareShared(const size_t *const *tables, int ranks, const char *name) {
  for (int rank = 0; rank < ranks; rank++) {
    for (int entry = 0; entry < ranks; entry++) {
      if (tables[rank][entry] == tables[0][entry]) continue;
      return hci_fail(
          HC_INVALID_USAGE, "%s: the count of rank %d is %zu on rank 0, and %zu on rank %d", name,
          entry, tables[0][entry], tables[rank][entry], rank);
    }
    if (tables[rank][ranks] == tables[0][rank]) continue;
    return hci_fail(
        HC_INVALID_USAGE, "%s: rank %d sends %zu elements, but its count is %zu", name, rank,
        tables[rank][ranks], tables[0][rank]);
  }
  return HC_SUCCESS;
}

hc_status hci_compare_tables(Rounds *rounds, size_t *longest) {
  hc_comm *comm = rounds->comm;
  const Task *task = rounds->task;
  int ranks = comm->rankCount;
  size_t half = (size_t)ranks * sizeof(size_t);
  unsigned char *own;
  HCI_TRY(hci_round_begin(rounds, &own));
  memset(own, 0, 2 * half);
  if (task->kind == HCI_ALL_TO_ALL_V) {
    memcpy(own, task->sendBlocks.counts, half);
    memcpy(own + half, task->receiveBlocks.counts, half);
  } else {
    const size_t *counts = task->kind == HCI_ALL_GATHER_V ? task->receiveBlocks.counts
                                                          : task->sendBlocks.counts;
    size_t sent = task->kind == HCI_ALL_GATHER_V ? task->count : counts[comm->rank];
    memcpy(own, counts, half);
    memcpy(own + half, &sent, sizeof sent);
  }
  HCI_TRY(hci_round_publish(rounds));

  const size_t *tables[HC_MAX_RANKS];
  *longest = 0;
  for (int rank = 0; rank < ranks; rank++) {
    const unsigned char *chunk;
    HCI_TRY(hci_round_read(rounds, rank, &chunk));
    tables[rank] = (const size_t *)chunk;
    for (int entry = 0; entry < ranks; entry++) {
      if (tables[rank][entry] > *longest) *longest = tables[rank][entry];
    }
  }
  const char *name = hci_kind_name(task->kind);
  return task->kind == HCI_ALL_TO_ALL_V ? compareExchange(tables, ranks, name)
                                        : compareShared(tables, ranks, name);
}
