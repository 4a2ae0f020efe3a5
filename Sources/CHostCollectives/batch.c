#define _GNU_SOURCE
#include "batch.h"

#include <stdio.h>
#include <stdlib.h>

#include "algorithms.h"
#include "failure.h"
#include "gate.h"
#include "registry.h"
#include "thread.h"
#include "turn.h"

void hci_task_free(Task *task) {
  free(task->memory);
  task->memory = NULL;
}

Batch *hci_batch_create(hc_comm *comm, size_t capacity) {
  Batch *batch = calloc(1, sizeof *batch);
  if (batch == NULL) return NULL;
  batch->tasks = calloc(capacity, sizeof(Task));
  if (batch->tasks == NULL) {
    free(batch);
    return NULL;
  }
  batch->comm = comm;
  hci_comm_retain(comm);
  return batch;
}

static void keep(Batch *batch, hc_status status) {
  if (status == HC_SUCCESS || batch->status != HC_SUCCESS) return;
  batch->status = status;
  snprintf(batch->text, sizeof batch->text, "%s", hc_last_error());
}

// A call that does not fit the others' fails on all ranks, and what follows is still done on all. A
// failed communicator fails what follows at once.
static void runTasks(Batch *batch) {
  hc_comm *comm = batch->comm;
  size_t transfers = 0;
  for (size_t i = 0; i < batch->count; i++) {
    if (hci_is_p2p(&batch->tasks[i])) {
      transfers++;
      continue;
    }
    char text[HCI_TEXT_SIZE];
    hc_status status = hci_failure(&comm->segment, text);
    if (status != HC_SUCCESS) {
      keep(batch, hci_fail_again(status, text));
      return;
    }
    keep(batch, hci_run_collective(comm, &batch->tasks[i]));
  }
  if (transfers > 0) keep(batch, hci_run_p2p(comm, batch->tasks, batch->count));
}

void hci_batch_run(Batch *batch) {
  if (batch->gate != NULL) hci_gate_await_arrivals(batch->gate);
  hc_status turn = hci_turn_begin(batch->comm, batch->ticket);
  if (turn == HC_SUCCESS) {
    runTasks(batch);
  } else {
    keep(batch, turn);
  }
  hci_comm_record(batch->comm, batch->status);
  hci_turn_end(batch->comm);
  if (batch->gate != NULL) hci_gate_open(batch->gate);
}

void hci_batch_skip(Batch *batch, hc_status status) {
  keep(batch, status);
  hci_turn_begin(batch->comm, batch->ticket);
  hci_comm_record(batch->comm, batch->status);
  hci_turn_end(batch->comm);
  if (batch->gate != NULL) hci_gate_open(batch->gate);
}

void hci_batch_free(Batch *batch) {
  for (size_t i = 0; i < batch->count; i++) hci_task_free(&batch->tasks[i]);
  free(batch->tasks);
  if (batch->gate != NULL) hci_gate_release(batch->gate);
  hci_comm_release(batch->comm);
  free(batch);
}

/// Counts those that other threads run.
typedef struct Latch {
  pthread_mutex_t lock;
  pthread_cond_t changed;
  size_t open;
} Latch;

static void countDown(Latch *latch) {
  pthread_mutex_lock(&latch->lock);
  latch->open--;
  pthread_cond_signal(&latch->changed);
  pthread_mutex_unlock(&latch->lock);
}

static void *runInThread(void *context) {
  Batch *batch = context;
  hci_batch_run(batch);
  countDown(batch->latch);
  return NULL;
}

static void runByHelper(Job *job) {
  Batch *batch = (Batch *)job;
  hci_batch_run(batch);
  pthread_mutex_lock(&batch->comm->lock);
  batch->comm->isHelperBusy = false;
  pthread_mutex_unlock(&batch->comm->lock);
  countDown(batch->latch);
}

/// Gives the batch to the communicator's helper, unless that is at work: behind what it does, the
/// batch might wait for its turn while what is before it waits for another communicator.
static bool giveToHelper(Batch *batch) {
  hc_comm *comm = batch->comm;
  pthread_mutex_lock(&comm->lock);
  if (comm->helper == NULL && comm->stage != HCI_ENDING) comm->helper = hci_worker_create();
  bool isFree = comm->helper != NULL && !comm->isHelperBusy;
  if (isFree) {
    comm->isHelperBusy = true;
    batch->job.run = runByHelper;
    hci_worker_submit(comm->helper, &batch->job);
  }
  pthread_mutex_unlock(&comm->lock);
  return isFree;
}

static int startThread(Batch *batch) {
  pthread_t thread;
  int error = hci_start_thread(&thread, runInThread, batch);
  if (error == 0) pthread_detach(thread);
  return error;
}

static void runAll(Batch *first) {
  Latch latch = {.open = 0};
  pthread_mutex_init(&latch.lock, NULL);
  pthread_cond_init(&latch.changed, NULL);
  for (Batch *batch = first->next; batch != NULL; batch = batch->next) {
    batch->latch = &latch;
    pthread_mutex_lock(&latch.lock);
    latch.open++;
    pthread_mutex_unlock(&latch.lock);
    if (giveToHelper(batch)) continue;
    int error = startThread(batch);
    if (error == 0) continue;
    hci_batch_skip(batch, hci_fail_system(error, "no thread for a communicator's work"));
    countDown(&latch);
  }
  hci_batch_run(first);
  pthread_mutex_lock(&latch.lock);
  while (latch.open > 0) pthread_cond_wait(&latch.changed, &latch.lock);
  pthread_mutex_unlock(&latch.lock);
  pthread_cond_destroy(&latch.changed);
  pthread_mutex_destroy(&latch.lock);
}

hc_status hci_batches_run(Batch *first) {
  if (first->next != NULL) {
    runAll(first);
  } else {
    hci_batch_run(first);
  }
  hc_status status = HC_SUCCESS;
  while (first != NULL) {
    Batch *next = first->next;
    if (status == HC_SUCCESS && first->status != HC_SUCCESS) {
      status = hci_fail_again(first->status, first->text);
    }
    hci_batch_free(first);
    first = next;
  }
  return status;
}
