// One rank in a process of its own, for the tests of CHostCollectives.
//
// usage: host-rank MODE ID RANKS RANK TIMEOUT-MILLISECONDS
//
// ID is the unique id in hexadecimal. Prints "status: text" of what the mode came to; 0 is success.
//
//   cases    a part of all collectives, and exchanges, against the model
//   sum      a sum of the ranks' numbers
//   counts   rank 1 has another count than the others; then a sum
//   loop     sums until there is an error; then a communicator of the ranks from 1 on, and a sum
//   die      as loop, but kills itself in the 200th round
//   go       as loop, but ends the process in the 200th round, without a word
//   two      this process is RANK and RANK + 1, with one thread; a sum, and a message between them
//   leaks    all scenarios, on threads: nothing may be left (ID and numbers are not used)
//   measure  times of all-reduces

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "host_cases.h"

static hc_status sum(hc_comm *comm) {
  int rank, ranks;
  hc_comm_rank(comm, &rank);
  hc_comm_count(comm, &ranks);
  int value = rank + 1;
  hc_status status = hc_all_reduce(&value, &value, 1, HC_INT32, HC_SUM, comm, NULL);
  if (status == HC_SUCCESS && value != ranks * (ranks + 1) / 2) return HC_INTERNAL;
  return status;
}

static hc_status counts(hc_comm *comm) {
  int rank, values[4] = {0};
  hc_comm_rank(comm, &rank);
  hc_status status =
      hc_all_reduce(values, values, rank == 1 ? 4 : 3, HC_INT32, HC_SUM, comm, NULL);
  if (status != HC_INVALID_USAGE) return HC_INTERNAL;
  printf("%s\n", hc_last_error());
  return sum(comm);
}

static hc_status loop(hc_comm *comm, const char *mode) {
  hc_status status = HC_SUCCESS;
  for (int round = 0; status == HC_SUCCESS; round++) {
    if (round == 200 && strcmp(mode, "die") == 0) kill(getpid(), SIGKILL);
    if (round == 200 && strcmp(mode, "go") == 0) _exit(0);
    status = sum(comm);
  }
  printf("%s\n", hc_last_error());
  if (status != HC_REMOTE_ERROR) return status;
  // Rank 0 is the one that dies.
  hc_comm *rest;
  int excluded = 0;
  status = hc_comm_shrink(comm, &excluded, 1, false, &rest, NULL);
  if (status != HC_SUCCESS) return status;
  status = sum(rest);
  hc_comm_destroy(rest);
  return status;
}

static hc_status finish(const hcase_report *report) {
  if (report->failures == 0) return HC_SUCCESS;
  printf("%ld of %ld: %s\n", report->failures, report->cases, report->text);
  return HC_INTERNAL;
}

static hc_status run(const char *mode, hc_comm *comm) {
  hcase_report report = {0};
  if (strcmp(mode, "cases") == 0) {
    hcase_some(comm, &report);
    hcase_exchanges(comm, &report);
    return finish(&report);
  }
  if (strcmp(mode, "counts") == 0) return counts(comm);
  if (strcmp(mode, "sum") == 0) return sum(comm);
  if (strcmp(mode, "measure") == 0) {
    static const size_t sizes[] = {1, 1024, 262144, 4194304};
    for (int i = 0; i < 4; i++) {
      double time = hcase_measure_all_reduce(comm, sizes[i], i < 2 ? 3000 : 20);
      printf("%zu bytes: %.1f us, %.2f GB/s\n", 4 * sizes[i], time, 4e-3 * (double)sizes[i] / time);
    }
    return HC_SUCCESS;
  }
  return loop(comm, mode);
}

static hc_status two(int ranks, const hc_unique_id *id, int rank, const hc_config *config) {
  hc_comm *comms[2];
  int sums[2], message = rank, received = -1;
  hc_group_start();
  for (int i = 0; i < 2; i++) hc_comm_init(&comms[i], ranks, id, rank + i, config);
  hc_status status = hc_group_end();
  if (status != HC_SUCCESS) return status;
  hc_group_start();
  for (int i = 0; i < 2; i++) {
    sums[i] = rank + i + 1;
    hc_all_reduce(&sums[i], &sums[i], 1, HC_INT32, HC_SUM, comms[i], NULL);
  }
  hc_send(&message, 1, HC_INT32, rank + 1, comms[0], NULL);
  hc_receive(&received, 1, HC_INT32, rank, comms[1], NULL);
  status = hc_group_end();
  for (int i = 0; i < 2; i++) {
    if (status == HC_SUCCESS && sums[i] != ranks * (ranks + 1) / 2) status = HC_INTERNAL;
    hc_comm_destroy(comms[i]);
  }
  return status == HC_SUCCESS && received != rank ? HC_INTERNAL : status;
}

static int parse(const char *text, hc_unique_id *id) {
  if (strlen(text) != 2 * sizeof *id) return 0;
  for (size_t i = 0; i < sizeof *id; i++) {
    char digits[3] = {text[2 * i], text[2 * i + 1], 0};
    id->bytes[i] = (unsigned char)strtol(digits, NULL, 16);
  }
  return 1;
}

int main(int argc, char **argv) {
  hc_unique_id id;
  if (argc != 6 || !parse(argv[2], &id)) {
    fprintf(stderr, "usage: host-rank MODE ID RANKS RANK TIMEOUT-MILLISECONDS\n");
    return 2;
  }
  if (strcmp(argv[1], "leaks") == 0) {
    hcase_report report = {0};
    hcase_leaks(&report);
    return (int)finish(&report);
  }
  hc_config config = HC_CONFIG_DEFAULT;
  config.timeout_ms = atoi(argv[5]);
  if (strcmp(argv[1], "measure") != 0) config.chunk_bytes = 4096;
  int ranks = atoi(argv[3]), rank = atoi(argv[4]);
  hc_comm *comm;
  hc_status status;
  if (strcmp(argv[1], "two") == 0) {
    status = two(ranks, &id, rank, &config);
  } else {
    status = hc_comm_init(&comm, ranks, &id, rank, &config);
    if (status == HC_SUCCESS) {
      status = run(argv[1], comm);
      hc_comm_destroy(comm);
    }
  }
  printf("%d: %s\n", (int)status, status == HC_SUCCESS ? "success" : hc_last_error());
  return 0;
}
