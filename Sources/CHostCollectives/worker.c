#define _GNU_SOURCE
#include "worker.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

#include "clock.h"
#include "error.h"
#include "thread.h"

struct Worker {
  pthread_t thread;
  pthread_mutex_t lock;
  pthread_cond_t changed;
  // Under the lock.
  Job *first, **last;
  uint64_t submitted, done;
  bool isEnding;
};

static void *work(void *context) {
  Worker *worker = context;
  pthread_mutex_lock(&worker->lock);
  for (;;) {
    while (worker->first == NULL && !worker->isEnding) {
      pthread_cond_wait(&worker->changed, &worker->lock);
    }
    Job *job = worker->first;
    if (job == NULL) break;
    worker->first = job->next;
    if (worker->first == NULL) worker->last = &worker->first;
    pthread_mutex_unlock(&worker->lock);
    job->run(job);
    pthread_mutex_lock(&worker->lock);
    worker->done++;
    pthread_cond_broadcast(&worker->changed);
  }
  pthread_mutex_unlock(&worker->lock);
  return NULL;
}

Worker *hci_worker_create(void) {
  Worker *worker = calloc(1, sizeof *worker);
  if (worker == NULL) {
    hci_fail(HC_SYSTEM_ERROR, "out of memory");
    return NULL;
  }
  worker->last = &worker->first;
  pthread_mutex_init(&worker->lock, NULL);
  hci_condition_init(&worker->changed);
  int error = hci_start_thread(&worker->thread, work, worker);
  if (error == 0) return worker;
  hci_fail_system(error, "no thread");
  pthread_cond_destroy(&worker->changed);
  pthread_mutex_destroy(&worker->lock);
  free(worker);
  return NULL;
}

void hci_worker_submit(Worker *worker, Job *job) {
  job->next = NULL;
  pthread_mutex_lock(&worker->lock);
  *worker->last = job;
  worker->last = &job->next;
  worker->submitted++;
  pthread_cond_broadcast(&worker->changed);
  pthread_mutex_unlock(&worker->lock);
}

bool hci_worker_drain(Worker *worker, int64_t deadline) {
  pthread_mutex_lock(&worker->lock);
  uint64_t target = worker->submitted;
  int result = 0;
  while (worker->done < target && result != ETIMEDOUT) {
    result = hci_condition_wait(&worker->changed, &worker->lock, deadline);
  }
  bool isDone = worker->done >= target;
  pthread_mutex_unlock(&worker->lock);
  return isDone;
}

bool hci_worker_is_idle(Worker *worker) {
  pthread_mutex_lock(&worker->lock);
  bool isIdle = worker->done == worker->submitted;
  pthread_mutex_unlock(&worker->lock);
  return isIdle;
}

void hci_worker_free(Worker *worker) {
  if (worker == NULL) return;
  pthread_mutex_lock(&worker->lock);
  worker->isEnding = true;
  pthread_cond_broadcast(&worker->changed);
  pthread_mutex_unlock(&worker->lock);
  pthread_join(worker->thread, NULL);
  pthread_cond_destroy(&worker->changed);
  pthread_mutex_destroy(&worker->lock);
  free(worker);
}
