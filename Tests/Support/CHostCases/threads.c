#define _GNU_SOURCE
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "host_cases.h"

void hcase_fail(hcase_report *report, const char *format, ...) {
  if (report->failures++ > 0) return;
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(report->text, sizeof report->text, format, arguments);
  va_end(arguments);
}

typedef struct Rank {
  pthread_t thread;
  int rank, ranks;
  const hc_unique_id *id;
  const hc_config *config;
  void (*body)(hc_comm *comm, hcase_report *report);
  hcase_report report;
} Rank;

static void *runRank(void *context) {
  Rank *rank = context;
  hc_comm *comm;
  hc_status status = hc_comm_init(&comm, rank->ranks, rank->id, rank->rank, rank->config);
  if (status != HC_SUCCESS) {
    hcase_fail(&rank->report, "init: %s", hc_last_error());
    return NULL;
  }
  rank->body(comm, &rank->report);
  status = hc_comm_destroy(comm);
  if (status != HC_SUCCESS) hcase_fail(&rank->report, "destroy: %s", hc_last_error());
  return NULL;
}

void hcase_with_threads(
    int ranks, const hc_config *config, void (*body)(hc_comm *comm, hcase_report *report),
    hcase_report *report) {
  hc_unique_id id;
  hc_get_unique_id(&id);
  Rank *all = calloc((size_t)ranks, sizeof *all);
  for (int rank = 0; rank < ranks; rank++) {
    all[rank] = (Rank){.rank = rank, .ranks = ranks, .id = &id, .config = config, .body = body};
    pthread_create(&all[rank].thread, NULL, runRank, &all[rank]);
  }
  for (int rank = 0; rank < ranks; rank++) {
    pthread_join(all[rank].thread, NULL);
    if (all[rank].report.failures > 0 && report->failures == 0) {
      memcpy(report->text, all[rank].report.text, sizeof report->text);
    }
    report->cases += all[rank].report.cases;
    report->failures += all[rank].report.failures;
  }
  free(all);
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec * 1e6 + (double)time.tv_nsec / 1e3;
}

static int compare(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

double hcase_measure_all_reduce(hc_comm *comm, size_t count, int repetitions) {
  float *data = calloc(count, sizeof(float));
  double *times = calloc((size_t)repetitions, sizeof(double));
  for (int i = 0; i < repetitions; i++) {
    double begin = now();
    hc_all_reduce(data, data, count, HC_FLOAT32, HC_SUM, comm, NULL);
    times[i] = now() - begin;
  }
  qsort(times, (size_t)repetitions, sizeof(double), compare);
  double median = times[repetitions / 2];
  free(times);
  free(data);
  return median;
}
