// Sends and receives. From each rank to each other there is a ring of pieces with one writer and
// one reader; whoever has written or read a piece rings the other's doorbell. All transfers of a
// batch are tried in turn until all are done; between two ranks only the first unfinished one of a
// direction is, so that messages stay in order.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "algorithms.h"
#include "failure.h"
#include "wait.h"

typedef struct Transfer {
  const Task *task;
  size_t bytes;
  size_t done;
  /// An empty message has a piece, too.
  bool hasBegun;
  bool isFinished;
} Transfer;

typedef struct Exchange {
  hc_comm *comm;
  Transfer *transfers;
  size_t count;
  size_t unfinished;
  /// For each direction and peer: has a transfer that is not finished.
  bool *isBusy;
  hc_status status;
} Exchange;

static bool isMissing(const void *context, int rank) {
  const Exchange *exchange = context;
  for (size_t i = 0; i < exchange->count; i++) {
    const Transfer *transfer = &exchange->transfers[i];
    if (!transfer->isFinished && transfer->task->root == rank) return true;
  }
  return false;
}

/// Returns whether a piece was written.
static bool trySend(Exchange *exchange, Transfer *transfer) {
  hc_comm *comm = exchange->comm;
  Segment *segment = &comm->segment;
  const Task *task = transfer->task;
  Mailbox *mailbox = hci_mailbox(segment, comm->rank, task->root);
  uint32_t number = atomic_load_explicit(&mailbox->written, memory_order_relaxed);
  uint32_t read = atomic_load_explicit(&mailbox->read, memory_order_acquire);
  if (number - read >= HCI_RING) return false;
  exchange->status = hci_reserve_pieces(segment, task->root);
  if (exchange->status != HC_SUCCESS) return false;

  size_t length = transfer->bytes - transfer->done;
  if (length > segment->pieceBytes) length = segment->pieceBytes;
  if (length > 0) {
    memcpy(
        hci_piece(segment, comm->rank, task->root, number),
        (const char *)task->send + transfer->done, length);
  }
  mailbox->pieces[number % HCI_RING] =
      (Piece){task->count, (uint32_t)task->type, (uint32_t)length};
  atomic_store_explicit(&mailbox->written, number + 1, memory_order_release);
  hci_increment(&segment->slots[task->root].doorbell);
  transfer->done += length;
  transfer->isFinished = transfer->done == transfer->bytes;
  return true;
}

static hc_status mismatch(Exchange *exchange, const Task *task, const Piece *piece) {
  char text[HCI_TEXT_SIZE];
  int rank = exchange->comm->rank;
  snprintf(
      text, sizeof text, "receive: rank %d sends %llu %s to rank %d, which expects %zu %s",
      task->root, (unsigned long long)piece->count, hc_type_name((hc_type)piece->type), rank,
      task->count, hc_type_name(task->type));
  hci_post_failure(&exchange->comm->segment, HC_INVALID_USAGE, text);
  return hci_fail_again(HC_INVALID_USAGE, text);
}

static bool tryReceive(Exchange *exchange, Transfer *transfer) {
  hc_comm *comm = exchange->comm;
  Segment *segment = &comm->segment;
  const Task *task = transfer->task;
  Mailbox *mailbox = hci_mailbox(segment, task->root, comm->rank);
  uint32_t number = atomic_load_explicit(&mailbox->read, memory_order_relaxed);
  if (atomic_load_explicit(&mailbox->written, memory_order_acquire) == number) return false;

  Piece piece = mailbox->pieces[number % HCI_RING];
  if (!transfer->hasBegun &&
      (piece.count != task->count || piece.type != (uint32_t)task->type)) {
    exchange->status = mismatch(exchange, task, &piece);
    return false;
  }
  transfer->hasBegun = true;
  if (piece.bytes > transfer->bytes - transfer->done) {
    exchange->status = hci_fail(HC_INTERNAL, "receive: a piece is too long");
    return false;
  }
  if (piece.bytes > 0) {
    memcpy(
        (char *)task->receive + transfer->done,
        hci_piece(segment, task->root, comm->rank, number), piece.bytes);
  }
  atomic_store_explicit(&mailbox->read, number + 1, memory_order_release);
  hci_increment(&segment->slots[task->root].doorbell);
  transfer->done += piece.bytes;
  transfer->isFinished = transfer->done == transfer->bytes;
  return true;
}

/// Tries everything once. Returns whether anything moved.
static bool advance(Exchange *exchange) {
  int ranks = exchange->comm->rankCount;
  memset(exchange->isBusy, 0, 2 * (size_t)ranks * sizeof(bool));
  bool hasMoved = false;
  for (size_t i = 0; i < exchange->count && exchange->status == HC_SUCCESS; i++) {
    Transfer *transfer = &exchange->transfers[i];
    if (transfer->isFinished) continue;
    bool isSend = transfer->task->kind == HCI_SEND;
    bool *isBusy = &exchange->isBusy[(isSend ? 0 : ranks) + transfer->task->root];
    if (*isBusy) continue;
    while (!transfer->isFinished &&
           (isSend ? trySend(exchange, transfer) : tryReceive(exchange, transfer))) {
      hasMoved = true;
    }
    if (transfer->isFinished) exchange->unfinished--;
    *isBusy = !transfer->isFinished;
  }
  return hasMoved;
}

static hc_status run(Exchange *exchange) {
  hc_comm *comm = exchange->comm;
  Segment *segment = &comm->segment;
  Word *doorbell = &segment->slots[comm->rank].doorbell;
  Awaited awaited = {isMissing, exchange};
  uint64_t number = ++comm->exchanges;
  Wait wait = hci_wait(segment, "send and receive", number, awaited);
  for (;;) {
    uint32_t seen = hci_load(doorbell);
    bool hasMoved = advance(exchange);
    if (exchange->status != HC_SUCCESS) return exchange->status;
    if (exchange->unfinished == 0) return HC_SUCCESS;
    if (hasMoved) {
      wait = hci_wait(segment, "send and receive", number, awaited);
      continue;
    }
    Obstacle obstacle = hci_wait_turn(&wait, doorbell, seen);
    if (obstacle == HCI_NO_OBSTACLE || (obstacle != HCI_FAILED && advance(exchange))) continue;
    if (exchange->status != HC_SUCCESS) return exchange->status;
    return hci_wait_fail(&wait, obstacle);
  }
}

hc_status hci_run_p2p(hc_comm *comm, const Task *tasks, size_t count) {
  Exchange exchange = {.comm = comm};
  exchange.transfers = calloc(count, sizeof(Transfer));
  exchange.isBusy = calloc(2 * (size_t)comm->rankCount, sizeof(bool));
  hc_status status = HC_SUCCESS;
  if (exchange.transfers == NULL || exchange.isBusy == NULL) {
    status = hci_fail(HC_SYSTEM_ERROR, "send and receive: out of memory");
  } else {
    for (size_t i = 0; i < count; i++) {
      if (!hci_is_p2p(&tasks[i])) continue;
      size_t bytes = tasks[i].count * hc_type_size(tasks[i].type);
      exchange.transfers[exchange.count++] = (Transfer){.task = &tasks[i], .bytes = bytes};
    }
    exchange.unfinished = exchange.count;
    if (exchange.count > 0) status = run(&exchange);
    // Half a message lies in a ring now: nothing could be sent behind it.
    if (status != HC_SUCCESS) hci_post_failure(&comm->segment, status, hc_last_error());
  }
  free(exchange.transfers);
  free(exchange.isBusy);
  return status;
}
