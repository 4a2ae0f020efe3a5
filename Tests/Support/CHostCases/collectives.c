#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host_cases.h"

typedef enum Kind {
  ALL_REDUCE, REDUCE, REDUCE_SCATTER, REDUCE_SCATTER_V,
  BROADCAST, ALL_GATHER, ALL_TO_ALL, GATHER, SCATTER, ALL_TO_ALL_V, ALL_GATHER_V,
  KIND_COUNT,
} Kind;

static const char *const names[] = {
    "all_reduce", "reduce", "reduce_scatter", "reduce_scatter_v", "broadcast", "all_gather",
    "all_to_all", "gather", "scatter", "all_to_all_v", "all_gather_v",
};

typedef struct Case {
  hc_comm *comm;
  int rank, ranks, root;
  Kind kind;
  hc_type type;
  hc_op op;
  bool isInPlace;
  size_t count, size;
  uint64_t seed;
  hcase_report *report;
} Case;

enum { GUARD = 64, MAX_RANKS = 16 };

/// `elements` and a guard behind, with a pattern that no case leaves there by chance.
static unsigned char *makeBuffer(const Case *c, size_t elements) {
  unsigned char *buffer = malloc(elements * c->size + GUARD);
  memset(buffer, 0xa5, elements * c->size + GUARD);
  return buffer;
}

static void fill(const Case *c, unsigned char *to, int rank, size_t firstIndex, size_t count) {
  for (size_t i = 0; i < count; i++) {
    hcase_input(c->seed, rank, firstIndex + i, c->type, to + i * c->size);
  }
}

static void fail(const Case *c, const char *words, size_t index) {
  hcase_fail(
      c->report, "%s, rank %d of %d, %zu %s, op %d, %s place: %s at %zu", names[c->kind], c->rank,
      c->ranks, c->count, hc_type_name(c->type), c->op, c->isInPlace ? "in" : "out of", words,
      index);
}

static void expectBytes(
    const Case *c, const unsigned char *got, int rank, size_t firstIndex, size_t count) {
  unsigned char expected[8];
  for (size_t i = 0; i < count; i++) {
    hcase_input(c->seed, rank, firstIndex + i, c->type, expected);
    if (memcmp(got + i * c->size, expected, c->size) != 0) {
      fail(c, "wrong data", i);
      return;
    }
  }
}

static void expectReduced(
    const Case *c, const unsigned char *got, size_t firstIndex, size_t count) {
  unsigned char expected[8];
  for (size_t i = 0; i < count; i++) {
    hcase_reduce(c->seed, c->ranks, firstIndex + i, c->type, c->op, expected);
    if (!hcase_equal(c->type, got + i * c->size, expected)) {
      fail(c, "wrong result", i);
      return;
    }
  }
}

static void expectUntouched(const Case *c, const unsigned char *bytes, size_t count) {
  for (size_t i = 0; i < count; i++) {
    if (bytes[i] != 0xa5) {
      fail(c, "written where nothing belongs", i);
      return;
    }
  }
}

static void expectSuccess(const Case *c, hc_status status) {
  if (status != HC_SUCCESS) fail(c, hc_last_error(), 0);
}

static void runReduce(const Case *c) {
  unsigned char *receive = makeBuffer(c, c->count);
  unsigned char *send = c->isInPlace ? receive : makeBuffer(c, c->count);
  fill(c, send, c->rank, 0, c->count);
  bool isReceiver = c->kind == ALL_REDUCE || c->rank == c->root;
  expectSuccess(
      c, c->kind == ALL_REDUCE
             ? hc_all_reduce(send, receive, c->count, c->type, c->op, c->comm, NULL)
             : hc_reduce(send, receive, c->count, c->type, c->op, c->root, c->comm, NULL));
  if (isReceiver) {
    expectReduced(c, receive, 0, c->count);
  } else if (!c->isInPlace) {
    expectUntouched(c, receive, c->count * c->size);
  }
  if (!c->isInPlace) expectBytes(c, send, c->rank, 0, c->count);
  expectUntouched(c, receive + c->count * c->size, GUARD);
  if (send != receive) free(send);
  free(receive);
}

static void runReduceScatter(const Case *c) {
  size_t counts[MAX_RANKS], begins[MAX_RANKS], total = 0;
  for (int rank = 0; rank < c->ranks; rank++) {
    bool isV = c->kind == REDUCE_SCATTER_V;
    counts[rank] = isV ? (c->count * (size_t)(rank + 1)) / (size_t)c->ranks : c->count;
    begins[rank] = total;
    total += counts[rank];
  }
  unsigned char *send = makeBuffer(c, total);
  fill(c, send, c->rank, 0, total);
  size_t own = counts[c->rank];
  unsigned char *receive =
      c->isInPlace ? send + begins[c->rank] * c->size : makeBuffer(c, own);
  expectSuccess(
      c, c->kind == REDUCE_SCATTER
             ? hc_reduce_scatter(send, receive, c->count, c->type, c->op, c->comm, NULL)
             : hc_reduce_scatter_v(
                   send, receive, counts, NULL, c->type, c->op, c->comm, NULL));
  expectReduced(c, receive, begins[c->rank], own);
  if (!c->isInPlace) {
    expectUntouched(c, receive + own * c->size, GUARD);
    free(receive);
  }
  expectUntouched(c, send + total * c->size, GUARD);
  free(send);
}

static void runBroadcast(const Case *c) {
  unsigned char *receive = makeBuffer(c, c->count);
  unsigned char *send = c->isInPlace ? receive : makeBuffer(c, c->count);
  if (c->rank == c->root) fill(c, send, c->rank, 0, c->count);
  expectSuccess(c, hc_broadcast(send, receive, c->count, c->type, c->root, c->comm, NULL));
  expectBytes(c, receive, c->root, 0, c->count);
  expectUntouched(c, receive + c->count * c->size, GUARD);
  if (send != receive) free(send);
  free(receive);
}

static void runGather(const Case *c) {
  size_t counts[MAX_RANKS], begins[MAX_RANKS], total = 0;
  for (int rank = 0; rank < c->ranks; rank++) {
    bool isV = c->kind == ALL_GATHER_V;
    counts[rank] = isV ? (c->count * (size_t)(rank + 2)) / (size_t)(c->ranks + 1) : c->count;
    // A gap before each block, in the v-form.
    begins[rank] = total + (isV ? (size_t)rank : 0);
    total += counts[rank];
  }
  total += MAX_RANKS;
  unsigned char *receive = makeBuffer(c, total);
  size_t own = counts[c->rank];
  unsigned char *send = c->isInPlace ? receive + begins[c->rank] * c->size : makeBuffer(c, own);
  fill(c, send, c->rank, 0, own);
  bool isReceiver = c->kind != GATHER || c->rank == c->root;
  hc_status status;
  if (c->kind == ALL_GATHER) {
    status = hc_all_gather(send, receive, c->count, c->type, c->comm, NULL);
  } else if (c->kind == GATHER) {
    status = hc_gather(
        send, isReceiver ? receive : NULL, c->count, c->type, c->root, c->comm, NULL);
  } else {
    status = hc_all_gather_v(send, own, receive, counts, begins, c->type, c->comm, NULL);
  }
  expectSuccess(c, status);
  for (int rank = 0; isReceiver && rank < c->ranks; rank++) {
    expectBytes(c, receive + begins[rank] * c->size, rank, 0, counts[rank]);
    if (c->kind == ALL_GATHER_V && rank > 0) {
      expectUntouched(c, receive + (begins[rank] - 1) * c->size, c->size);
    }
  }
  expectUntouched(c, receive + total * c->size, GUARD);
  if (!c->isInPlace) free(send);
  free(receive);
}

static size_t sentCount(const Case *c, int from, int to) {
  if (c->kind != ALL_TO_ALL_V) return c->count;
  // In place both directions have the same counts.
  size_t spread = c->isInPlace ? (size_t)(from + to) : (size_t)(5 * from + 3 * to);
  return (c->count + spread) % (c->count + 1);
}

/// What a rank sends to another begins at this index of its input.
static size_t inputBegin(const Case *c, int to) { return (size_t)to * (c->count + 1); }

static void runAllToAll(const Case *c) {
  size_t sendCounts[MAX_RANKS], receiveCounts[MAX_RANKS], sends[MAX_RANKS], receives[MAX_RANKS];
  size_t sent = 0, received = 0;
  for (int rank = 0; rank < c->ranks; rank++) {
    sendCounts[rank] = sentCount(c, c->rank, rank);
    receiveCounts[rank] = sentCount(c, rank, c->rank);
    sends[rank] = sent;
    receives[rank] = received;
    sent += sendCounts[rank];
    received += receiveCounts[rank];
  }
  unsigned char *receive = makeBuffer(c, received);
  unsigned char *send = c->isInPlace ? receive : makeBuffer(c, sent);
  for (int rank = 0; rank < c->ranks; rank++) {
    fill(c, send + sends[rank] * c->size, c->rank, inputBegin(c, rank), sendCounts[rank]);
  }
  expectSuccess(
      c, c->kind == ALL_TO_ALL
             ? hc_all_to_all(send, receive, c->count, c->type, c->comm, NULL)
             : hc_all_to_all_v(
                   send, sendCounts, sends, receive, receiveCounts, NULL, c->type, c->comm, NULL));
  for (int rank = 0; rank < c->ranks; rank++) {
    expectBytes(
        c, receive + receives[rank] * c->size, rank, inputBegin(c, c->rank), receiveCounts[rank]);
  }
  expectUntouched(c, receive + received * c->size, GUARD);
  if (send != receive) free(send);
  free(receive);
}

static void runScatter(const Case *c) {
  bool isRoot = c->rank == c->root;
  unsigned char *send = isRoot ? makeBuffer(c, c->count * (size_t)c->ranks) : NULL;
  if (isRoot) fill(c, send, c->rank, 0, c->count * (size_t)c->ranks);
  bool isInPlace = c->isInPlace && isRoot;
  unsigned char *receive = isInPlace ? send + (size_t)c->rank * c->count * c->size
                                     : makeBuffer(c, c->count);
  expectSuccess(c, hc_scatter(send, receive, c->count, c->type, c->root, c->comm, NULL));
  expectBytes(c, receive, c->root, (size_t)c->rank * c->count, c->count);
  if (!isInPlace) {
    expectUntouched(c, receive + c->count * c->size, GUARD);
    free(receive);
  }
  free(send);
}

static void runCase(const Case *c) {
  c->report->cases++;
  switch (c->kind) {
    case ALL_REDUCE:
    case REDUCE: runReduce(c); break;
    case REDUCE_SCATTER:
    case REDUCE_SCATTER_V: runReduceScatter(c); break;
    case BROADCAST: runBroadcast(c); break;
    case ALL_GATHER:
    case ALL_GATHER_V:
    case GATHER: runGather(c); break;
    case ALL_TO_ALL:
    case ALL_TO_ALL_V: runAllToAll(c); break;
    case SCATTER: runScatter(c); break;
    case KIND_COUNT: break;
  }
}

static void runAll(hc_comm *comm, hcase_report *report, const size_t *counts, size_t countCount) {
  Case c = {.comm = comm, .report = report};
  hc_comm_rank(comm, &c.rank);
  hc_comm_count(comm, &c.ranks);
  for (int type = 0; type < HC_TYPE_COUNT; type++) {
    unsigned char scalar[8];
    hcase_scalar(c.rank, (hc_type)type, scalar);
    hc_op premul;
    if (hc_op_create_premul_sum(&premul, scalar, (hc_type)type, false, comm) != HC_SUCCESS) {
      hcase_fail(report, "premul sum: %s", hc_last_error());
      return;
    }
    c.type = (hc_type)type;
    c.size = hc_type_size(c.type);
    for (int kind = 0; kind < KIND_COUNT; kind++) {
      c.kind = (Kind)kind;
      int ops = kind <= REDUCE_SCATTER_V ? 6 : 1;
      for (int variant = 0; variant < ops * 2 * (int)countCount; variant++) {
        int op = variant % ops;
        c.op = op == 5 ? premul : op;
        c.isInPlace = variant / ops % 2 == 1;
        c.count = counts[variant / ops / 2];
        c.root = (int)(c.seed % (uint64_t)c.ranks);
        runCase(&c);
        c.seed++;
        if (report->failures > 20) return;
      }
    }
    hc_op_destroy(premul, comm);
  }
}

void hcase_all(hc_comm *comm, hcase_report *report) {
  static const size_t counts[] = {0, 1, 3, 17, 1000, 5000};
  runAll(comm, report, counts, sizeof counts / sizeof *counts);
}

void hcase_some(hc_comm *comm, hcase_report *report) {
  static const size_t counts[] = {0, 5, 1500};
  runAll(comm, report, counts, sizeof counts / sizeof *counts);
}
