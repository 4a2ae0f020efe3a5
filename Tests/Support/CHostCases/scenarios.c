#define _GNU_SOURCE
#include <dirent.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "host_cases.h"

#define CHECK(condition)                                                                       \
  do {                                                                                         \
    report->cases++;                                                                           \
    if (!(condition)) {                                                                        \
      hcase_fail(report, "line %d: %s; last error: %s", __LINE__, #condition, hc_last_error()); \
    }                                                                                          \
  } while (0)

static bool says(const char *words) { return strstr(hc_last_error(), words) != NULL; }

static void pauseFor(long milliseconds) {
  struct timespec time = {milliseconds / 1000, milliseconds % 1000 * 1000000};
  nanosleep(&time, NULL);
}

static double seconds(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/// What a call may take that is to end before its time is up, in seconds: on a machine that is busy
/// with other tests even that takes a while.
static const double bound = 30;

static hc_config limited(int milliseconds) {
  hc_config config = HC_CONFIG_DEFAULT;
  config.timeout_ms = milliseconds;
  return config;
}

/// One thread joins for all ranks.
static void initAll(hc_comm **comms, int ranks, const hc_config *config, hcase_report *report) {
  hc_unique_id id;
  CHECK(hc_get_unique_id(&id) == HC_SUCCESS);
  hc_group_start();
  for (int rank = 0; rank < ranks; rank++) hc_comm_init(&comms[rank], ranks, &id, rank, config);
  CHECK(hc_group_end() == HC_SUCCESS);
}

static void destroyAll(hc_comm **comms, int ranks, hcase_report *report) {
  for (int rank = 0; rank < ranks; rank++) {
    if (comms[rank] != NULL) CHECK(hc_comm_destroy(comms[rank]) == HC_SUCCESS);
  }
}

/// Whether a sum over all of `comms`, by this thread, is right.
static void checkSum(hc_comm **comms, int ranks, hcase_report *report) {
  int values[16];
  hc_group_start();
  for (int rank = 0; rank < ranks; rank++) {
    values[rank] = rank + 1;
    hc_all_reduce(
        &values[rank], &values[rank], 1, HC_INT32, HC_SUM, comms[rank], NULL);
  }
  CHECK(hc_group_end() == HC_SUCCESS);
  for (int rank = 0; rank < ranks; rank++) CHECK(values[rank] == ranks * (ranks + 1) / 2);
}

static void oneThread(hcase_report *report) {
  hc_comm *comms[4];
  initAll(comms, 4, NULL, report);
  checkSum(comms, 4, report);
  int rank = -1, count = -1;
  CHECK(hc_comm_rank(comms[2], &rank) == HC_SUCCESS && rank == 2);
  CHECK(hc_comm_count(comms[2], &count) == HC_SUCCESS && count == 4);
  destroyAll(comms, 4, report);
}

static void arguments(hcase_report *report) {
  hc_comm *comm = (hc_comm *)&comm;
  hc_unique_id id, other;
  int value = 0;
  CHECK(hc_get_unique_id(&id) == HC_SUCCESS);
  CHECK(hc_get_unique_id(NULL) == HC_INVALID_ARGUMENT);
  CHECK(hc_comm_init(&comm, 0, &id, 0, NULL) == HC_INVALID_ARGUMENT);
  CHECK(hc_comm_init(&comm, 2, &id, 2, NULL) == HC_INVALID_ARGUMENT && says("rank 2 of 2"));
  CHECK(hc_comm_init(&comm, 2, &id, -1, NULL) == HC_INVALID_ARGUMENT);
  CHECK(hc_comm_init(NULL, 1, &id, 0, NULL) == HC_INVALID_ARGUMENT);
  memset(&other, 0, sizeof other);
  CHECK(hc_comm_init(&comm, 1, &other, 0, NULL) == HC_INVALID_ARGUMENT && says("zeros"));
  memset(&other, 7, sizeof other);
  CHECK(hc_comm_init(&comm, 1, &other, 0, NULL) == HC_INVALID_ARGUMENT && says("another library"));
  other = id;
  other.bytes[12] ^= 1;
  CHECK(hc_comm_init(&comm, 1, &other, 0, NULL) == HC_INVALID_ARGUMENT && says("changed"));
  CHECK(comm == NULL);
  CHECK(hc_comm_init(&comm, 1, &id, 0, NULL) == HC_SUCCESS);
  hc_comm *again;
  CHECK(hc_comm_init(&again, 1, &id, 0, NULL) == HC_INVALID_USAGE && says("already"));
  CHECK(again == NULL);
  CHECK(hc_all_reduce(&value, &value, 1, 99, HC_SUM, comm, NULL) == HC_INVALID_ARGUMENT);
  CHECK(hc_all_reduce(&value, &value, 1, HC_INT32, 9, comm, NULL) == HC_INVALID_ARGUMENT);
  CHECK(hc_all_reduce(&value, &value, 1, HC_INT32, -1, comm, NULL) == HC_INVALID_ARGUMENT);
  CHECK(hc_all_reduce(NULL, &value, 1, HC_INT32, HC_SUM, comm, NULL) == HC_INVALID_ARGUMENT);
  CHECK(hc_all_reduce(NULL, NULL, 0, HC_INT32, HC_SUM, comm, NULL) == HC_SUCCESS);
  CHECK(
      hc_all_reduce(&value, &value, SIZE_MAX / 2, HC_INT32, HC_SUM, comm, NULL) ==
      HC_INVALID_ARGUMENT);
  CHECK(hc_broadcast(&value, &value, 1, HC_INT32, 1, comm, NULL) == HC_INVALID_ARGUMENT);
  CHECK(hc_send(&value, 1, HC_INT32, 3, comm, NULL) == HC_INVALID_ARGUMENT);
  CHECK(
      hc_all_gather_v(&value, 1, &value, NULL, NULL, HC_INT32, comm, NULL) ==
      HC_INVALID_ARGUMENT);
  hc_op op;
  float factor = 2;
  CHECK(hc_op_create_premul_sum(&op, &factor, HC_FLOAT32, false, comm) == HC_SUCCESS);
  CHECK(hc_all_reduce(&value, &value, 1, HC_INT32, op, comm, NULL) == HC_INVALID_ARGUMENT);
  CHECK(hc_op_destroy(op, comm) == HC_SUCCESS);
  CHECK(hc_op_destroy(op, comm) == HC_INVALID_ARGUMENT);
  CHECK(hc_group_end() == HC_INVALID_USAGE);
  CHECK(hc_comm_destroy(comm) == HC_SUCCESS);
  CHECK(hc_comm_destroy(comm) == HC_INVALID_ARGUMENT && says("destroyed already"));
  CHECK(hc_all_reduce(&value, &value, 1, HC_INT32, HC_SUM, comm, NULL) == HC_INVALID_ARGUMENT);
  CHECK(hc_comm_abort(NULL) == HC_INVALID_ARGUMENT);
}

static void mismatch(hcase_report *report) {
  hc_comm *comms[3];
  hc_config config = limited(5000);
  initAll(comms, 3, &config, report);
  int send[8] = {0}, receive[8] = {0};
  hc_group_start();
  for (int rank = 0; rank < 3; rank++) {
    hc_all_reduce(send, receive + rank, rank == 1 ? 3 : 1, HC_INT32, HC_SUM, comms[rank], NULL);
  }
  CHECK(hc_group_end() == HC_INVALID_USAGE);
  CHECK(says("rank 0: all_reduce of 1 int32, sum; rank 1: all_reduce of 3 int32, sum"));
  hc_group_start();
  hc_broadcast(send, receive, 1, HC_INT32, 0, comms[0], NULL);
  hc_broadcast(send, receive + 1, 1, HC_INT32, 1, comms[1], NULL);
  hc_all_gather(send, receive + 2, 1, HC_INT32, comms[2], NULL);
  CHECK(hc_group_end() == HC_INVALID_USAGE && says("root 1; rank 2: all_gather of 1 int32"));
  hc_group_start();
  for (int rank = 0; rank < 3; rank++) {
    size_t counts[3] = {1, 1, rank == 2 ? 2 : 1};
    hc_all_gather_v(send, 1, receive, counts, NULL, HC_INT32, comms[rank], NULL);
  }
  CHECK(hc_group_end() == HC_INVALID_USAGE && says("the count of rank 2 is 1 on rank 0, and 2"));
  hc_group_start();
  for (int rank = 0; rank < 3; rank++) {
    size_t sent[3] = {1, 1, rank == 0 ? 2 : 1}, received[3] = {1, 1, 1};
    hc_all_to_all_v(
        send, sent, NULL, receive, received, NULL, HC_INT32, comms[rank], NULL);
  }
  CHECK(hc_group_end() == HC_INVALID_USAGE && says("rank 0 sends 2 elements to rank 2"));
  hc_op op;
  int factor = 2;
  CHECK(hc_op_create_premul_sum(&op, &factor, HC_INT32, false, comms[2]) == HC_SUCCESS);
  hc_group_start();
  for (int rank = 0; rank < 3; rank++) {
    hc_all_reduce(
        send, receive + rank, 1, HC_INT32, rank == 2 ? op : HC_SUM, comms[rank], NULL);
  }
  CHECK(hc_group_end() == HC_INVALID_USAGE);
  CHECK(says("rank 0: all_reduce of 1 int32, sum; rank 2: all_reduce of 1 int32, premul_sum"));
  // All of them agreed that they disagree, so they can go on.
  checkSum(comms, 3, report);
  destroyAll(comms, 3, report);
}

/// Whether the sum of 10 and 100, each times its rank's scalar, is `expected`.
static void checkScaledSum(
    hc_comm **comms, const hc_op *ops, int expected, hcase_report *report) {
  int values[2] = {10, 100};
  hc_group_start();
  for (int rank = 0; rank < 2; rank++) {
    hc_all_reduce(
        &values[rank], &values[rank], 1, HC_INT32, ops[rank], comms[rank], NULL);
  }
  CHECK(hc_group_end() == HC_SUCCESS);
  CHECK(values[0] == expected && values[1] == expected);
}

static void scalars(hcase_report *report) {
  hc_comm *comms[2];
  initAll(comms, 2, NULL, report);
  // Rank 0's scalar is read when the op is made, rank 1's by each call.
  int factors[2] = {2, 3};
  hc_op ops[2];
  for (int rank = 0; rank < 2; rank++) {
    CHECK(
        hc_op_create_premul_sum(&ops[rank], &factors[rank], HC_INT32, rank == 1, comms[rank]) ==
        HC_SUCCESS);
  }
  checkScaledSum(comms, ops, 10 * 2 + 100 * 3, report);
  factors[0] = factors[1] = -7;
  checkScaledSum(comms, ops, 10 * 2 + 100 * -7, report);
  for (int rank = 0; rank < 2; rank++) CHECK(hc_op_destroy(ops[rank], comms[rank]) == HC_SUCCESS);
  destroyAll(comms, 2, report);
}

static void messageMismatch(hcase_report *report) {
  hc_comm *comms[2];
  hc_config config = limited(5000);
  initAll(comms, 2, &config, report);
  int values[4] = {0};
  hc_group_start();
  hc_send(values, 1, HC_INT32, 1, comms[0], NULL);
  hc_receive(values + 2, 2, HC_INT32, 0, comms[1], NULL);
  CHECK(hc_group_end() == HC_INVALID_USAGE && says("rank 0 sends 1 int32 to rank 1"));
  hc_status status;
  CHECK(hc_comm_async_error(comms[0], &status) == HC_SUCCESS && status == HC_INVALID_USAGE);
  CHECK(hc_send(values, 1, HC_INT32, 1, comms[0], NULL) == HC_INVALID_USAGE);
  destroyAll(comms, 2, report);
}

static void missingInCollective(hcase_report *report) {
  hc_comm *comms[3];
  // The limit is that of joining, too.
  hc_config config = limited(2000);
  initAll(comms, 3, &config, report);
  int values[2] = {0};
  double begin = seconds();
  hc_group_start();
  hc_all_reduce(values, values, 1, HC_INT32, HC_SUM, comms[0], NULL);
  hc_all_reduce(values + 1, values + 1, 1, HC_INT32, HC_SUM, comms[2], NULL);
  CHECK(hc_group_end() == HC_TIMEOUT && says("all_reduce #1") && says("without rank 1"));
  CHECK(seconds() - begin < bound);
  hc_status status;
  CHECK(hc_comm_async_error(comms[1], &status) == HC_SUCCESS && status == HC_TIMEOUT);
  CHECK(
      hc_all_reduce(values, values, 1, HC_INT32, HC_SUM, comms[1], NULL) == HC_TIMEOUT &&
      says("without rank 1"));
  destroyAll(comms, 3, report);
}

static void missingInInit(hcase_report *report) {
  hc_unique_id id;
  hc_get_unique_id(&id);
  hc_config config = limited(2000);
  hc_comm *comms[4] = {NULL};
  double begin = seconds();
  hc_group_start();
  hc_comm_init(&comms[0], 4, &id, 0, &config);
  hc_comm_init(&comms[2], 4, &id, 2, &config);
  CHECK(hc_group_end() == HC_TIMEOUT && says("without ranks 1 and 3"));
  CHECK(comms[0] == NULL && comms[2] == NULL);
  CHECK(seconds() - begin < bound);
  // Those that come too late do not find the others.
  CHECK(hc_comm_init(&comms[1], 4, &id, 1, &config) == HC_TIMEOUT);
  CHECK(says("without ranks 0, 2 and 3"));
}

static void differentSizes(hcase_report *report) {
  hc_unique_id id;
  hc_get_unique_id(&id);
  hc_config config = limited(300);
  hc_comm *comms[2];
  hc_group_start();
  hc_comm_init(&comms[0], 2, &id, 0, &config);
  hc_comm_init(&comms[1], 3, &id, 1, &config);
  hc_status status = hc_group_end();
  CHECK(status == HC_TIMEOUT || status == HC_INVALID_USAGE);
  CHECK(comms[0] == NULL && comms[1] == NULL);
}

static void leaving(hcase_report *report) {
  hc_comm *comms[2];
  hc_config config = limited(60000);
  initAll(comms, 2, &config, report);
  int value = 0, got = 1;
  // A message that is sent is received, though its sender has gone.
  CHECK(hc_send(&value, 1, HC_INT32, 1, comms[0], NULL) == HC_SUCCESS);
  CHECK(hc_comm_destroy(comms[0]) == HC_SUCCESS);
  CHECK(hc_receive(&got, 1, HC_INT32, 0, comms[1], NULL) == HC_SUCCESS && got == 0);
  double begin = seconds();
  CHECK(hc_all_reduce(&value, &value, 1, HC_INT32, HC_SUM, comms[1], NULL) == HC_REMOTE_ERROR);
  CHECK(says("rank 0 has left") && seconds() - begin < bound);
  CHECK(hc_comm_destroy(comms[1]) == HC_SUCCESS);
}

typedef struct Waiter {
  pthread_t thread;
  hc_comm *comm;
  atomic_bool hasBegun;
  hc_status status;
  char text[512];
} Waiter;

static void *waitInAllReduce(void *context) {
  Waiter *waiter = context;
  int value = 1;
  waiter->hasBegun = true;
  waiter->status = hc_all_reduce(&value, &value, 1, HC_INT32, HC_SUM, waiter->comm, NULL);
  snprintf(waiter->text, sizeof waiter->text, "%s", hc_last_error());
  return NULL;
}

/// Returns when the waiter is about to call; a pause gives it the time to be in the call.
static void startWaiter(Waiter *waiter) {
  pthread_create(&waiter->thread, NULL, waitInAllReduce, waiter);
  while (!waiter->hasBegun) pauseFor(1);
}

static void aborting(hcase_report *report) {
  hc_comm *comms[3];
  hc_config config = limited(60000);
  initAll(comms, 3, &config, report);
  Waiter waiters[2] = {{.comm = comms[0]}, {.comm = comms[1]}};
  for (int i = 0; i < 2; i++) startWaiter(&waiters[i]);
  pauseFor(300);
  double begin = seconds();
  // Rank 0's own call ends as well as rank 1's.
  CHECK(hc_comm_abort(comms[0]) == HC_SUCCESS);
  for (int i = 0; i < 2; i++) pthread_join(waiters[i].thread, NULL);
  CHECK(seconds() - begin < bound);
  CHECK(waiters[0].status == HC_REMOTE_ERROR && strstr(waiters[0].text, "aborted") != NULL);
  CHECK(waiters[1].status == HC_REMOTE_ERROR && strstr(waiters[1].text, "rank 0") != NULL);
  hc_status status;
  CHECK(hc_comm_async_error(comms[2], &status) == HC_SUCCESS && status == HC_REMOTE_ERROR);
  CHECK(hc_comm_abort(comms[0]) == HC_INVALID_ARGUMENT);
  CHECK(hc_comm_abort(comms[1]) == HC_SUCCESS);
  CHECK(hc_comm_destroy(comms[2]) == HC_SUCCESS);
  // The process goes on.
  initAll(comms, 3, &config, report);
  checkSum(comms, 3, report);
  destroyAll(comms, 3, report);
}

static void abortingInit(hcase_report *report) {
  hc_unique_id id;
  hc_get_unique_id(&id);
  hc_config config = limited(60000);
  config.blocking = 0;
  hc_comm *comm;
  hc_status status;
  CHECK(hc_comm_init(&comm, 2, &id, 0, &config) == HC_IN_PROGRESS && comm != NULL);
  CHECK(hc_comm_async_error(comm, &status) == HC_SUCCESS && status == HC_IN_PROGRESS);
  int count;
  CHECK(hc_comm_count(comm, &count) == HC_INVALID_USAGE);
  pauseFor(20);
  double begin = seconds();
  CHECK(hc_comm_abort(comm) == HC_SUCCESS);
  CHECK(seconds() - begin < bound);
}

static hc_status settled(hc_comm *comm) {
  hc_status status = HC_IN_PROGRESS;
  for (int i = 0; i < 60000 && status == HC_IN_PROGRESS; i++) {
    if (i > 0) pauseFor(1);
    if (hc_comm_async_error(comm, &status) != HC_SUCCESS) return HC_INTERNAL;
  }
  return status;
}

static void nonBlocking(hcase_report *report) {
  hc_unique_id id;
  hc_get_unique_id(&id);
  hc_config config = limited(20000);
  config.blocking = 0;
  hc_comm *comms[2];
  CHECK(hc_comm_init(&comms[0], 2, &id, 0, &config) == HC_IN_PROGRESS);
  CHECK(hc_comm_init(&comms[1], 2, &id, 1, &config) == HC_IN_PROGRESS);
  CHECK(settled(comms[0]) == HC_SUCCESS && settled(comms[1]) == HC_SUCCESS);
  int values[2] = {1, 2}, more[2] = {10, 20};
  for (int rank = 0; rank < 2; rank++) {
    CHECK(
        hc_all_reduce(&values[rank], &values[rank], 1, HC_INT32, HC_SUM, comms[rank], NULL) ==
        HC_IN_PROGRESS);
    CHECK(
        hc_all_reduce(&more[rank], &more[rank], 1, HC_INT32, HC_SUM, comms[rank], NULL) ==
        HC_IN_PROGRESS);
  }
  CHECK(settled(comms[0]) == HC_SUCCESS && settled(comms[1]) == HC_SUCCESS);
  CHECK(values[0] == 3 && values[1] == 3 && more[0] == 30 && more[1] == 30);
  hc_comm *parts[2];
  for (int rank = 0; rank < 2; rank++) {
    CHECK(hc_comm_split(comms[rank], 0, -rank, &parts[rank], NULL) == HC_IN_PROGRESS);
  }
  CHECK(settled(parts[0]) == HC_SUCCESS && settled(parts[1]) == HC_SUCCESS);
  int rank = -1;
  CHECK(hc_comm_rank(parts[0], &rank) == HC_SUCCESS && rank == 1);
  for (int i = 0; i < 2; i++) {
    hc_status status = hc_comm_finalize(comms[i]);
    CHECK(status == HC_SUCCESS || status == HC_IN_PROGRESS);
    CHECK(settled(comms[i]) == HC_SUCCESS);
  }
  destroyAll(comms, 2, report);
  destroyAll(parts, 2, report);
}

static void finalizing(hcase_report *report) {
  hc_comm *comms[2];
  initAll(comms, 2, NULL, report);
  int value = 0;
  CHECK(hc_comm_finalize(comms[0]) == HC_SUCCESS);
  CHECK(hc_comm_finalize(comms[0]) == HC_INVALID_USAGE);
  CHECK(hc_all_reduce(&value, &value, 1, HC_INT32, HC_SUM, comms[0], NULL) == HC_INVALID_USAGE);
  destroyAll(comms, 2, report);
}

static void splitting(hcase_report *report) {
  enum { RANKS = 5 };
  hc_comm *comms[RANKS], *parts[RANKS];
  initAll(comms, RANKS, NULL, report);
  // Even and odd ranks, in reverse; rank 4 stays away.
  for (int round = 0; round < 3; round++) {
    hc_group_start();
    for (int rank = 0; rank < RANKS; rank++) {
      int color = rank == 4 ? HC_SPLIT_NO_COLOR : rank % 2;
      hc_comm_split(comms[rank], color, -rank, &parts[rank], NULL);
    }
    CHECK(hc_group_end() == HC_SUCCESS);
    CHECK(parts[4] == NULL);
    for (int rank = 0; rank < 4; rank++) {
      int own = -1, count = -1;
      CHECK(hc_comm_rank(parts[rank], &own) == HC_SUCCESS && own == (rank < 2));
      CHECK(hc_comm_count(parts[rank], &count) == HC_SUCCESS && count == 2);
    }
    int values[4] = {1, 2, 4, 8};
    hc_group_start();
    for (int rank = 0; rank < 4; rank++) {
      hc_all_reduce(&values[rank], &values[rank], 1, HC_INT32, HC_SUM, parts[rank], NULL);
    }
    CHECK(hc_group_end() == HC_SUCCESS);
    CHECK(values[0] == 5 && values[1] == 10 && values[2] == 5 && values[3] == 10);
    destroyAll(parts, 4, report);
  }
  checkSum(comms, RANKS, report);
  destroyAll(comms, RANKS, report);
}

static void revoking(hcase_report *report) {
  hc_comm *comms[3], *parts[3];
  hc_config config = limited(20000);
  initAll(comms, 3, &config, report);
  Waiter waiter = {.comm = comms[1]};
  startWaiter(&waiter);
  pauseFor(300);
  CHECK(hc_comm_revoke(comms[0]) == HC_SUCCESS);
  pthread_join(waiter.thread, NULL);
  CHECK(waiter.status == HC_REMOTE_ERROR && strstr(waiter.text, "rank 0 of 3 has revoked") != NULL);
  int value = 0;
  CHECK(hc_all_reduce(&value, &value, 1, HC_INT32, HC_SUM, comms[2], NULL) == HC_REMOTE_ERROR);
  hc_group_start();
  for (int rank = 0; rank < 3; rank++) hc_comm_split(comms[rank], 7, 0, &parts[rank], NULL);
  CHECK(hc_group_end() == HC_SUCCESS);
  checkSum(parts, 3, report);
  destroyAll(parts, 3, report);
  destroyAll(comms, 3, report);
}

static void shrinking(hcase_report *report) {
  hc_comm *comms[4], *rest[3];
  hc_config config = limited(5000);
  initAll(comms, 4, &config, report);
  CHECK(hc_comm_abort(comms[1]) == HC_SUCCESS);
  int value = 0, excluded = 1;
  CHECK(hc_all_reduce(&value, &value, 1, HC_INT32, HC_SUM, comms[0], NULL) == HC_REMOTE_ERROR);
  hc_comm *left[3] = {comms[0], comms[2], comms[3]};
  hc_group_start();
  for (int i = 0; i < 3; i++) hc_comm_shrink(left[i], &excluded, 1, i == 0, &rest[i], NULL);
  CHECK(hc_group_end() == HC_SUCCESS);
  checkSum(rest, 3, report);
  excluded = 0;
  hc_comm *none;
  CHECK(hc_comm_shrink(comms[0], &excluded, 1, false, &none, NULL) == HC_INVALID_USAGE);
  destroyAll(rest, 3, report);
  destroyAll(left, 3, report);
}

static void streams(hcase_report *report) {
  enum { ROUNDS = 50, COUNT = 3000 };
  hc_comm *comms[2];
  initAll(comms, 2, NULL, report);
  hc_stream *streams[3];
  for (int i = 0; i < 3; i++) CHECK(hc_stream_create(&streams[i]) == HC_SUCCESS);
  static _Thread_local double values[2][COUNT];
  for (int i = 0; i < COUNT; i++) values[0][i] = values[1][i] = 1;
  // A communicator's calls keep their order, also over several streams.
  for (int round = 0; round < ROUNDS; round++) {
    hc_status first = hc_all_reduce(
        values[0], values[0], COUNT, HC_FLOAT64, HC_SUM, comms[0], streams[round % 2 * 2]);
    hc_status second =
        hc_all_reduce(values[1], values[1], COUNT, HC_FLOAT64, HC_AVG, comms[1], streams[1]);
    CHECK(first == HC_SUCCESS && second == HC_SUCCESS);
    // The reductions differ, so nothing is written.
  }
  hc_stream_synchronize(streams[0], -1);
  CHECK(hc_stream_synchronize(streams[1], 20000) == HC_INVALID_USAGE && says("avg"));
  hc_stream_synchronize(streams[2], -1);
  for (int round = 0; round < ROUNDS; round++) {
    hc_all_reduce(
        values[0], values[0], COUNT, HC_FLOAT64, HC_SUM, comms[0], streams[round % 2 * 2]);
    hc_all_reduce(values[1], values[1], COUNT, HC_FLOAT64, HC_SUM, comms[1], streams[1]);
  }
  for (int i = 0; i < 3; i++) CHECK(hc_stream_synchronize(streams[i], 20000) == HC_SUCCESS);
  CHECK(values[0][0] == 0x1p50 && values[1][COUNT - 1] == 0x1p50);
  CHECK(hc_stream_query(streams[0]) == HC_SUCCESS);
  // Work that waits for another rank.
  int value = 1, other = 2;
  CHECK(hc_all_reduce(&value, &value, 1, HC_INT32, HC_SUM, comms[0], streams[0]) == HC_SUCCESS);
  CHECK(hc_stream_query(streams[0]) == HC_IN_PROGRESS);
  CHECK(hc_stream_synchronize(streams[0], 20) == HC_TIMEOUT);
  CHECK(hc_all_reduce(&other, &other, 1, HC_INT32, HC_SUM, comms[1], NULL) == HC_SUCCESS);
  CHECK(hc_stream_synchronize(streams[0], -1) == HC_SUCCESS && value == 3 && other == 3);
  for (int i = 0; i < 3; i++) CHECK(hc_stream_destroy(streams[i]) == HC_SUCCESS);
  destroyAll(comms, 2, report);
}

static void streamsInGroups(hcase_report *report) {
  hc_comm *comms[2];
  initAll(comms, 2, NULL, report);
  hc_stream *streams[2];
  for (int i = 0; i < 2; i++) CHECK(hc_stream_create(&streams[i]) == HC_SUCCESS);
  for (int round = 0; round < 20; round++) {
    int sent[2] = {round, round + 1}, received[2] = {-1, -1}, sums[2] = {1, 2};
    // One stream for two communicators, two streams for one, and none.
    hc_group_start();
    hc_send(&sent[0], 1, HC_INT32, 1, comms[0], streams[0]);
    hc_receive(&received[0], 1, HC_INT32, 1, comms[0], streams[1]);
    hc_all_reduce(&sums[0], &sums[0], 1, HC_INT32, HC_MAX, comms[0], streams[0]);
    hc_send(&sent[1], 1, HC_INT32, 0, comms[1], streams[0]);
    hc_all_reduce(&sums[1], &sums[1], 1, HC_INT32, HC_MAX, comms[1], round % 2 ? NULL : streams[0]);
    hc_receive(&received[1], 1, HC_INT32, 0, comms[1], streams[0]);
    CHECK(hc_group_end() == HC_SUCCESS);
    CHECK(hc_stream_synchronize(streams[0], 20000) == HC_SUCCESS);
    CHECK(hc_stream_synchronize(streams[1], 20000) == HC_SUCCESS);
    CHECK(received[0] == round + 1 && received[1] == round && sums[0] == 2 && sums[1] == 2);
  }
  for (int i = 0; i < 2; i++) CHECK(hc_stream_destroy(streams[i]) == HC_SUCCESS);
  destroyAll(comms, 2, report);
}

static void abortingStreams(hcase_report *report) {
  hc_comm *comms[2];
  hc_config config = limited(60000);
  initAll(comms, 2, &config, report);
  hc_stream *stream;
  CHECK(hc_stream_create(&stream) == HC_SUCCESS);
  int value = 0;
  for (int i = 0; i < 5; i++) {
    hc_all_reduce(&value, &value, 1, HC_INT32, HC_SUM, comms[0], stream);
  }
  double begin = seconds();
  CHECK(hc_comm_abort(comms[0]) == HC_SUCCESS);
  CHECK(hc_stream_synchronize(stream, -1) == HC_REMOTE_ERROR);
  CHECK(seconds() - begin < bound);
  CHECK(hc_stream_destroy(stream) == HC_SUCCESS);
  CHECK(hc_comm_destroy(comms[1]) == HC_SUCCESS);
}

static void failingGroups(hcase_report *report) {
  hc_comm *comms[2];
  initAll(comms, 2, NULL, report);
  int values[2] = {1, 1};
  hc_group_start();
  hc_group_start();
  CHECK(hc_all_reduce(values, values, 1, HC_INT32, HC_SUM, comms[0], NULL) == HC_SUCCESS);
  CHECK(hc_comm_destroy(comms[0]) == HC_INVALID_USAGE);
  CHECK(hc_all_reduce(values, values, 1, 77, HC_SUM, comms[1], NULL) == HC_INVALID_ARGUMENT);
  CHECK(hc_group_end() == HC_SUCCESS);
  CHECK(hc_all_reduce(values + 1, values + 1, 1, HC_INT32, HC_SUM, comms[1], NULL) == HC_SUCCESS);
  CHECK(hc_group_end() == HC_INVALID_ARGUMENT && says("no type 77"));
  CHECK(values[0] == 1 && values[1] == 1);
  hc_unique_id id;
  hc_comm *fresh;
  hc_get_unique_id(&id);
  hc_group_start();
  hc_comm_init(&fresh, 1, &id, 0, NULL);
  hc_comm_init(&fresh, 1, &id, 5, NULL);
  CHECK(hc_group_end() == HC_INVALID_ARGUMENT && fresh == NULL);
  checkSum(comms, 2, report);
  destroyAll(comms, 2, report);
}

static void manyCommunicators(hcase_report *report) {
  enum { COUNT = 12 };
  hc_comm *comms[COUNT][2];
  int values[COUNT][2];
  for (int i = 0; i < COUNT; i++) initAll(comms[i], 2, NULL, report);
  hc_group_start();
  for (int i = 0; i < COUNT; i++) {
    for (int rank = 0; rank < 2; rank++) {
      // In another order on the other rank.
      int which = rank == 0 ? i : COUNT - 1 - i;
      values[which][rank] = which + rank;
      hc_all_reduce(
          &values[which][rank], &values[which][rank], 1, HC_INT32, HC_SUM, comms[which][rank],
          NULL);
    }
  }
  CHECK(hc_group_end() == HC_SUCCESS);
  for (int i = 0; i < COUNT; i++) CHECK(values[i][0] == 2 * i + 1 && values[i][1] == 2 * i + 1);
  for (int i = 0; i < COUNT; i++) destroyAll(comms[i], 2, report);
}

const hcase_scenario hcase_scenarios[] = {
    {"one thread for all ranks", oneThread},
    {"refused arguments", arguments},
    {"ranks that call different things", mismatch},
    {"scalars of premultiplied sums", scalars},
    {"messages that do not match", messageMismatch},
    {"a rank that does not come to a collective", missingInCollective},
    {"a rank that does not come to init", missingInInit},
    {"different numbers of ranks", differentSizes},
    {"a rank that leaves", leaving},
    {"abort", aborting},
    {"abort of an init", abortingInit},
    {"non-blocking communicators", nonBlocking},
    {"finalize", finalizing},
    {"split", splitting},
    {"revoke", revoking},
    {"shrink", shrinking},
    {"streams", streams},
    {"streams in groups", streamsInGroups},
    {"abort with work on a stream", abortingStreams},
    {"groups that fail", failingGroups},
    {"many communicators in a group", manyCommunicators},
};

const int hcase_scenario_count = sizeof hcase_scenarios / sizeof *hcase_scenarios;

static int entries(const char *path) {
  int count = 0;
  DIR *directory = opendir(path);
  if (directory == NULL) return -1;
  while (readdir(directory) != NULL) count++;
  closedir(directory);
  return count;
}

static int mappings(void) {
  int count = 0;
  char line[512];
  FILE *file = fopen("/proc/self/maps", "r");
  while (file != NULL && fgets(line, sizeof line, file) != NULL) {
    count += strstr(line, "bindgen-coll-") != NULL;
  }
  if (file != NULL) fclose(file);
  return count;
}

void hcase_leaks(hcase_report *report) {
  // What a first time leaves is no leak: a sanitizer's thread.
  hcase_scenarios[0].run(report);
  int descriptors = entries("/proc/self/fd"), threads = entries("/proc/self/task");
  for (int i = 0; i < hcase_scenario_count; i++) {
    hcase_scenarios[i].run(report);
    CHECK(entries("/proc/self/fd") == descriptors);
    CHECK(mappings() == 0);
    // The kernel may still list a thread that was joined.
    for (int tries = 0; tries < 5000 && entries("/proc/self/task") != threads; tries++) pauseFor(2);
    CHECK(entries("/proc/self/task") == threads);
  }
}
