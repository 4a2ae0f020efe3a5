// The calls: what can be checked without the other ranks is, and the rest is a task.

#define _GNU_SOURCE
#include <stdlib.h>
#include <string.h>

#include "created_ops.h"
#include "group.h"
#include "registry.h"
#include "types.h"

/// What a call may leave open.
typedef struct Needs {
  bool send, receive;
} Needs;

static hc_status checkSize(const Task *task, size_t count, size_t blocks) {
  size_t size = hc_type_size(task->type);
  if (count <= SIZE_MAX / 2 / size / blocks) return HC_SUCCESS;
  return hci_fail(
      HC_INVALID_ARGUMENT, "%s: %zu elements are more than memory can have",
      hci_kind_name(task->kind), count);
}

static Needs needsOf(const Task *task, const hc_comm *comm) {
  bool isRoot = task->root == comm->rank;
  switch (task->kind) {
    case HCI_REDUCE:
    case HCI_GATHER: return (Needs){true, isRoot};
    case HCI_BROADCAST: return (Needs){isRoot, !isRoot};
    case HCI_SCATTER: return (Needs){isRoot, true};
    case HCI_SEND: return (Needs){true, false};
    case HCI_RECEIVE: return (Needs){false, true};
    default: return (Needs){true, true};
  }
}

static hc_status check(const Task *task, const hc_comm *comm) {
  const char *work = hci_kind_name(task->kind);
  if (!hci_is_type(task->type)) {
    return hci_fail(HC_INVALID_ARGUMENT, "%s: there is no type %d", work, (int)task->type);
  }
  bool hasRoot = hci_is_p2p(task) || task->kind == HCI_REDUCE || task->kind == HCI_BROADCAST ||
                 task->kind == HCI_GATHER || task->kind == HCI_SCATTER;
  if (hasRoot && (task->root < 0 || task->root >= comm->rankCount)) {
    return hci_fail(
        HC_INVALID_ARGUMENT, "%s: %s %d of %d ranks", work, hci_is_p2p(task) ? "peer" : "root",
        task->root, comm->rankCount);
  }
  hc_status status = checkSize(task, task->count, (size_t)comm->rankCount);
  if (status != HC_SUCCESS || task->count == 0) return status;
  Needs needs = needsOf(task, comm);
  if ((needs.send && task->send == NULL) || (needs.receive && task->receive == NULL)) {
    return hci_fail(
        HC_INVALID_ARGUMENT, "%s of %zu %s: a buffer is NULL", work, task->count,
        hc_type_name(task->type));
  }
  return HC_SUCCESS;
}

/// Copies the counts, and makes displacements where there are none.
static void keepBlocks(
    int rankCount, const size_t *counts, const size_t *displacements, size_t *memory,
    Blocks *blocks) {
  blocks->counts = memory;
  blocks->displacements = memory + rankCount;
  size_t next = 0;
  for (int rank = 0; rank < rankCount; rank++) {
    blocks->counts[rank] = counts[rank];
    blocks->displacements[rank] = displacements != NULL ? displacements[rank] : next;
    next += counts[rank];
  }
}

static hc_status checkBlocks(
    const Task *task, const Blocks *blocks, int rankCount, const void *buffer) {
  for (int rank = 0; blocks->counts != NULL && rank < rankCount; rank++) {
    hc_status status = checkSize(task, blocks->counts[rank], (size_t)rankCount);
    if (status != HC_SUCCESS) return status;
    if (blocks->counts[rank] > 0 && buffer == NULL) {
      return hci_fail(
          HC_INVALID_ARGUMENT, "%s: a buffer is NULL, and rank %d's count is %zu",
          hci_kind_name(task->kind), rank, blocks->counts[rank]);
    }
  }
  return HC_SUCCESS;
}

/// The arrays of the v-forms.
typedef struct Arrays {
  const size_t *sendCounts, *sendDisplacements, *receiveCounts, *receiveDisplacements;
} Arrays;

static hc_status keepArrays(Task *task, const hc_comm *comm, const Arrays *arrays) {
  bool needsSend = task->kind != HCI_ALL_GATHER_V;
  bool needsReceive = task->kind != HCI_REDUCE_SCATTER_V;
  if ((needsSend && arrays->sendCounts == NULL) ||
      (needsReceive && arrays->receiveCounts == NULL)) {
    return hci_fail(HC_INVALID_ARGUMENT, "%s: the counts are NULL", hci_kind_name(task->kind));
  }
  int ranks = comm->rankCount;
  task->memory = calloc(4 * (size_t)ranks, sizeof(size_t));
  if (task->memory == NULL) {
    return hci_fail(HC_SYSTEM_ERROR, "%s: out of memory", hci_kind_name(task->kind));
  }
  if (needsSend) {
    keepBlocks(
        ranks, arrays->sendCounts, arrays->sendDisplacements, task->memory, &task->sendBlocks);
  }
  if (needsReceive) {
    keepBlocks(
        ranks, arrays->receiveCounts, arrays->receiveDisplacements, task->memory + 2 * ranks,
        &task->receiveBlocks);
  }
  hc_status status = checkBlocks(task, &task->sendBlocks, ranks, task->send);
  if (status == HC_SUCCESS) {
    status = checkBlocks(task, &task->receiveBlocks, ranks, task->receive);
  }
  if (status != HC_SUCCESS) return status;
  bool isReceiver = task->kind != HCI_REDUCE_SCATTER_V || arrays->sendCounts[comm->rank] > 0;
  if (task->kind == HCI_REDUCE_SCATTER_V && isReceiver && task->receive == NULL) {
    return hci_fail(HC_INVALID_ARGUMENT, "reduce_scatter_v: the receive buffer is NULL");
  }
  if (task->kind == HCI_ALL_GATHER_V && task->count > 0 && task->send == NULL) {
    return hci_fail(HC_INVALID_ARGUMENT, "all_gather_v: the send buffer is NULL");
  }
  return HC_SUCCESS;
}

static hc_status prepare(Task *task, hc_comm *comm, hc_op op, const Arrays *arrays) {
  const char *work = hci_kind_name(task->kind);
  pthread_mutex_lock(&comm->lock);
  hc_status status = hci_comm_check_ready(comm, work);
  if (status == HC_SUCCESS) status = check(task, comm);
  if (status == HC_SUCCESS && op >= 0) {
    status = hci_resolve_op(comm, op, task);
  } else if (status == HC_SUCCESS && op != -1) {
    status = hci_fail(HC_INVALID_ARGUMENT, "%s: %d is no reduction", work, op);
  }
  pthread_mutex_unlock(&comm->lock);
  if (status == HC_SUCCESS && arrays != NULL) status = keepArrays(task, comm, arrays);
  return status;
}

/// `op` -1: no reduction.
static hc_status issue(Task task, hc_op op, const Arrays *arrays) {
  hc_status status = hci_comm_acquire(task.comm, hci_kind_name(task.kind));
  if (status != HC_SUCCESS) return hci_refuse(status);
  status = prepare(&task, task.comm, op, arrays);
  if (status == HC_SUCCESS) return hci_issue_task(&task);
  hci_task_free(&task);
  hci_comm_release(task.comm);
  return hci_refuse(status);
}

static Task makeTask(
    Kind kind, const void *send, void *receive, size_t count, hc_type type, int root,
    hc_comm *comm, hc_stream *stream) {
  return (Task){
      .kind = kind,
      .send = send,
      .receive = receive,
      .count = count,
      .type = type,
      .root = root,
      .comm = comm,
      .stream = stream,
  };
}

/// A caller's -1 is no reduction, but not the absence of one.
static hc_op given(hc_op op) { return op < 0 ? -2 : op; }

hc_status hc_all_reduce(
    const void *send, void *receive, size_t count, hc_type type, hc_op op, hc_comm *comm,
    hc_stream *stream) {
  Task task = makeTask(HCI_ALL_REDUCE, send, receive, count, type, -1, comm, stream);
  return issue(task, given(op), NULL);
}

hc_status hc_reduce(
    const void *send, void *receive, size_t count, hc_type type, hc_op op, int root, hc_comm *comm,
    hc_stream *stream) {
  Task task = makeTask(HCI_REDUCE, send, receive, count, type, root, comm, stream);
  return issue(task, given(op), NULL);
}

hc_status hc_broadcast(
    const void *send, void *receive, size_t count, hc_type type, int root, hc_comm *comm,
    hc_stream *stream) {
  return issue(makeTask(HCI_BROADCAST, send, receive, count, type, root, comm, stream), -1, NULL);
}

hc_status hc_all_gather(
    const void *send, void *receive, size_t count, hc_type type, hc_comm *comm,
    hc_stream *stream) {
  return issue(makeTask(HCI_ALL_GATHER, send, receive, count, type, -1, comm, stream), -1, NULL);
}

hc_status hc_reduce_scatter(
    const void *send, void *receive, size_t count, hc_type type, hc_op op, hc_comm *comm,
    hc_stream *stream) {
  Task task = makeTask(HCI_REDUCE_SCATTER, send, receive, count, type, -1, comm, stream);
  return issue(task, given(op), NULL);
}

hc_status hc_all_to_all(
    const void *send, void *receive, size_t count, hc_type type, hc_comm *comm,
    hc_stream *stream) {
  return issue(makeTask(HCI_ALL_TO_ALL, send, receive, count, type, -1, comm, stream), -1, NULL);
}

hc_status hc_gather(
    const void *send, void *receive, size_t count, hc_type type, int root, hc_comm *comm,
    hc_stream *stream) {
  return issue(makeTask(HCI_GATHER, send, receive, count, type, root, comm, stream), -1, NULL);
}

hc_status hc_scatter(
    const void *send, void *receive, size_t count, hc_type type, int root, hc_comm *comm,
    hc_stream *stream) {
  return issue(makeTask(HCI_SCATTER, send, receive, count, type, root, comm, stream), -1, NULL);
}

hc_status hc_all_to_all_v(
    const void *send, const size_t *sendCounts, const size_t *sendDisplacements, void *receive,
    const size_t *receiveCounts, const size_t *receiveDisplacements, hc_type type, hc_comm *comm,
    hc_stream *stream) {
  Arrays arrays = {sendCounts, sendDisplacements, receiveCounts, receiveDisplacements};
  Task task = makeTask(HCI_ALL_TO_ALL_V, send, receive, 0, type, -1, comm, stream);
  return issue(task, -1, &arrays);
}

hc_status hc_all_gather_v(
    const void *send, size_t sendCount, void *receive, const size_t *counts,
    const size_t *displacements, hc_type type, hc_comm *comm, hc_stream *stream) {
  Arrays arrays = {NULL, NULL, counts, displacements};
  Task task = makeTask(HCI_ALL_GATHER_V, send, receive, sendCount, type, -1, comm, stream);
  return issue(task, -1, &arrays);
}

hc_status hc_reduce_scatter_v(
    const void *send, void *receive, const size_t *counts, const size_t *displacements,
    hc_type type, hc_op op, hc_comm *comm, hc_stream *stream) {
  Arrays arrays = {counts, displacements, NULL, NULL};
  Task task = makeTask(HCI_REDUCE_SCATTER_V, send, receive, 0, type, -1, comm, stream);
  return issue(task, given(op), &arrays);
}

hc_status hc_send(
    const void *send, size_t count, hc_type type, int peer, hc_comm *comm, hc_stream *stream) {
  return issue(makeTask(HCI_SEND, send, NULL, count, type, peer, comm, stream), -1, NULL);
}

hc_status hc_receive(
    void *receive, size_t count, hc_type type, int peer, hc_comm *comm, hc_stream *stream) {
  return issue(makeTask(HCI_RECEIVE, NULL, receive, count, type, peer, comm, stream), -1, NULL);
}
