#define _GNU_SOURCE
#include "batch.h"

#include <errno.h>
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

static void *runInThread(void *context) {
  hci_batch_run(context);
  return NULL;
}

hc_status hci_batches_run(Batch *first) {
  size_t count = 0;
  for (Batch *batch = first; batch != NULL; batch = batch->next) count++;
  pthread_t *threads = count > 1 ? calloc(count, sizeof(pthread_t)) : NULL;
  size_t started = 0;
  for (Batch *batch = first->next; batch != NULL; batch = batch->next) {
    int error = threads != NULL ? hci_start_thread(&threads[started], runInThread, batch) : ENOMEM;
    if (error == 0) {
      started++;
    } else {
      hci_batch_skip(batch, hci_fail_system(error, "no thread for a communicator's work"));
    }
  }
  hci_batch_run(first);
  for (size_t i = 0; i < started; i++) pthread_join(threads[i], NULL);
  free(threads);

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
