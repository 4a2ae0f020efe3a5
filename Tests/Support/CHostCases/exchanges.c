#include <stdlib.h>
#include <string.h>

#include "host_cases.h"

static unsigned value(int from, int to, size_t index) {
  return (unsigned)(from * 131 + to * 17 + (int)index * 7);
}

/// Everyone with everyone, oneself too, all sends before all receives.
static void exchangeAll(hc_comm *comm, int rank, int ranks, size_t count, hcase_report *report) {
  report->cases++;
  unsigned *send = calloc(count * (size_t)ranks + 1, sizeof *send);
  unsigned *receive = calloc(count * (size_t)ranks + 1, sizeof *receive);
  hc_group_start();
  for (int peer = 0; peer < ranks; peer++) {
    for (size_t i = 0; i < count; i++) send[(size_t)peer * count + i] = value(rank, peer, i);
    hc_send(send + (size_t)peer * count, count, HC_UINT32, peer, comm, NULL);
  }
  for (int peer = ranks - 1; peer >= 0; peer--) {
    hc_receive(receive + (size_t)peer * count, count, HC_UINT32, peer, comm, NULL);
  }
  hc_status status = hc_group_end();
  if (status != HC_SUCCESS) hcase_fail(report, "exchange: %s", hc_last_error());
  for (int peer = 0; peer < ranks && status == HC_SUCCESS; peer++) {
    for (size_t i = 0; i < count; i++) {
      if (receive[(size_t)peer * count + i] == value(peer, rank, i)) continue;
      hcase_fail(report, "exchange of %zu: wrong data from %d to %d", count, peer, rank);
      break;
    }
  }
  free(send);
  free(receive);
}

/// Several messages between two neighbours, in order, and a collective in the same group.
static void ring(hc_comm *comm, int rank, int ranks, hcase_report *report) {
  report->cases++;
  enum { MESSAGES = 7 };
  unsigned send[MESSAGES], receive[MESSAGES], sum = 1;
  int right = (rank + 1) % ranks, left = (rank + ranks - 1) % ranks;
  hc_group_start();
  for (unsigned i = 0; i < MESSAGES; i++) {
    send[i] = value(rank, right, i);
    hc_receive(&receive[i], 1, HC_UINT32, left, comm, NULL);
    // Ranks may differ in where the collective stands among the transfers.
    if ((int)i == rank % MESSAGES) {
      hc_all_reduce(&sum, &sum, 1, HC_UINT32, HC_SUM, comm, NULL);
    }
    hc_group_start();
    hc_send(&send[i], 1, HC_UINT32, right, comm, NULL);
    hc_group_end();
  }
  if (hc_group_end() != HC_SUCCESS) hcase_fail(report, "ring: %s", hc_last_error());
  for (unsigned i = 0; i < MESSAGES; i++) {
    if (receive[i] != value(left, rank, i)) hcase_fail(report, "ring: message %u is wrong", i);
  }
  if (sum != (unsigned)ranks) hcase_fail(report, "ring: the sum is %u", sum);
}

/// Without groups: sends and receives in turn.
static void chain(hc_comm *comm, int rank, int ranks, hcase_report *report) {
  report->cases++;
  enum { COUNT = 100000 };
  unsigned *data = calloc(COUNT, sizeof *data);
  for (size_t i = 0; i < COUNT && rank == 0; i++) data[i] = value(0, 0, i);
  if (rank > 0 && hc_receive(data, COUNT, HC_UINT32, rank - 1, comm, NULL) != HC_SUCCESS) {
    hcase_fail(report, "chain: %s", hc_last_error());
  }
  if (rank + 1 < ranks && hc_send(data, COUNT, HC_UINT32, rank + 1, comm, NULL) != HC_SUCCESS) {
    hcase_fail(report, "chain: %s", hc_last_error());
  }
  for (size_t i = 0; i < COUNT; i++) {
    if (data[i] == value(0, 0, i)) continue;
    hcase_fail(report, "chain: wrong data at %zu on rank %d", i, rank);
    break;
  }
  free(data);
}

void hcase_exchanges(hc_comm *comm, hcase_report *report) {
  int rank, ranks;
  hc_comm_rank(comm, &rank);
  hc_comm_count(comm, &ranks);
  static const size_t counts[] = {0, 1, 1000, 100003};
  for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
    exchangeAll(comm, rank, ranks, counts[i], report);
  }
  ring(comm, rank, ranks, report);
  chain(comm, rank, ranks, report);
}
