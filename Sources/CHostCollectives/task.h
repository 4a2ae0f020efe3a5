// One call of a collective, a send or a receive, as it is kept until it runs.

#ifndef HCI_TASK_H
#define HCI_TASK_H

#include "reduce.h"
#include "scale.h"

#pragma GCC visibility push(hidden)

typedef enum Kind {
  HCI_ALL_REDUCE = 1,
  HCI_REDUCE,
  HCI_BROADCAST,
  HCI_ALL_GATHER,
  HCI_REDUCE_SCATTER,
  HCI_ALL_TO_ALL,
  HCI_GATHER,
  HCI_SCATTER,
  HCI_ALL_TO_ALL_V,
  HCI_ALL_GATHER_V,
  HCI_REDUCE_SCATTER_V,
  HCI_SEND,
  HCI_RECEIVE,
} Kind;

const char *hci_kind_name(int kind);

/// For one rank after the other, what of a buffer belongs to it. In elements.
typedef struct Blocks {
  size_t *counts;
  size_t *displacements;
} Blocks;

typedef struct Task {
  Kind kind;
  const void *send;
  void *receive;
  size_t count;
  hc_type type;
  Reduction reduction;
  /// What `send` is multiplied with before the reduction.
  Scalar scalar;
  /// The root, or the peer of a send or receive; -1 if there is none.
  int root;
  /// For the kinds with counts of each rank: of `send`, of `receive`. One allocation, in `memory`.
  Blocks sendBlocks, receiveBlocks;
  size_t *memory;
  struct hc_comm *comm;
  hc_stream *stream;
} Task;

static inline bool hci_is_p2p(const Task *task) {
  return task->kind == HCI_SEND || task->kind == HCI_RECEIVE;
}

void hci_task_free(Task *task);

#pragma GCC visibility pop

#endif
