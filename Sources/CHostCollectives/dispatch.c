#define _GNU_SOURCE
#include "dispatch.h"

#include <stdio.h>
#include <stdlib.h>

#include "batch.h"
#include "gate.h"
#include "registry.h"
#include "stream.h"
#include "thread.h"
#include "turn.h"

/// The batches of a group that run together: on a stream, or on a non-blocking communicator's
/// worker.
typedef struct Launch {
  Job job;
  struct Launch *next;
  hc_stream *stream;
  /// For a non-blocking communicator without a stream; one reference.
  hc_comm *comm;
  Batch *batches;
} Launch;

/// Another stream's part of a batch: to wait for it. Or, with `comm`, a non-blocking
/// communicator's.
typedef struct Passage {
  Job job;
  struct Passage *next;
  hc_stream *stream;
  hc_comm *comm;
  Gate *gate;
} Passage;

/// A group on its way.
typedef struct Plan {
  Batch *batches;
  Launch *launches;
  Passage *passages;
  /// What the caller runs itself, and what it waits for.
  Batch *own;
} Plan;

static void settle(hc_comm *comm) {
  if (comm == NULL) return;
  pthread_mutex_lock(&comm->lock);
  comm->pending--;
  pthread_mutex_unlock(&comm->lock);
  hci_comm_release(comm);
}

static void runLaunch(Job *job) {
  Launch *launch = (Launch *)job;
  hc_status status = hci_batches_run(launch->batches);
  if (launch->stream != NULL) hci_stream_record(launch->stream, status);
  settle(launch->comm);
  free(launch);
}

static void runPassage(Job *job) {
  Passage *passage = (Passage *)job;
  hci_gate_pass(passage->gate);
  hci_gate_release(passage->gate);
  settle(passage->comm);
  free(passage);
}

static Batch *findBatch(Plan *plan, Task *tasks, size_t count, size_t index) {
  Batch **link = &plan->batches;
  for (; *link != NULL; link = &(*link)->next) {
    if ((*link)->comm == tasks[index].comm) return *link;
  }
  size_t capacity = 0;
  for (size_t i = index; i < count; i++) capacity += tasks[i].comm == tasks[index].comm;
  *link = hci_batch_create(tasks[index].comm, capacity);
  return *link;
}

static bool addPassage(Plan *plan, Batch *batch, hc_stream *stream) {
  for (Passage *other = plan->passages; other != NULL; other = other->next) {
    if (other->gate == batch->gate && other->stream == stream) return true;
  }
  Passage *passage = calloc(1, sizeof *passage);
  if (passage == NULL) return false;
  passage->stream = stream;
  if (stream == NULL && batch->comm->config.blocking == 0) {
    passage->comm = batch->comm;
    hci_comm_retain(batch->comm);
  }
  passage->gate = batch->gate;
  hci_gate_expect(batch->gate);
  passage->next = plan->passages;
  plan->passages = passage;
  return true;
}

/// A batch runs on the first of its streams; the others pass a gate.
static bool assignStreams(Plan *plan, Batch *batch) {
  for (size_t i = 0; i < batch->count && batch->stream == NULL; i++) {
    batch->stream = batch->tasks[i].stream;
  }
  for (size_t i = 0; i < batch->count; i++) {
    hc_stream *stream = batch->tasks[i].stream;
    if (stream == batch->stream) continue;
    if (batch->gate == NULL) batch->gate = hci_gate_create();
    if (batch->gate == NULL || !addPassage(plan, batch, stream)) return false;
  }
  return true;
}

static bool needsWorker(const Batch *batch) {
  if (batch->comm->config.blocking != 0) return false;
  if (batch->stream == NULL) return true;
  for (size_t i = 0; i < batch->count; i++) {
    if (batch->tasks[i].stream == NULL) return true;
  }
  return false;
}

/// Batches of one stream run at the same time; so do those that the caller waits for.
static bool addToLaunch(Plan *plan, Batch *batch) {
  batch->next = NULL;
  if (batch->stream == NULL && batch->comm->config.blocking != 0) {
    Batch **last = &plan->own;
    while (*last != NULL) last = &(*last)->next;
    *last = batch;
    return true;
  }
  Launch **link = &plan->launches;
  for (; *link != NULL; link = &(*link)->next) {
    if (batch->stream != NULL && (*link)->stream == batch->stream) break;
  }
  if (*link == NULL) {
    Launch *launch = calloc(1, sizeof *launch);
    if (launch == NULL) return false;
    launch->stream = batch->stream;
    if (batch->stream == NULL) {
      launch->comm = batch->comm;
      hci_comm_retain(batch->comm);
    }
    *link = launch;
  }
  Batch **last = &(*link)->batches;
  while (*last != NULL) last = &(*last)->next;
  *last = batch;
  return true;
}

static void freeBatches(Batch *batch) {
  while (batch != NULL) {
    Batch *next = batch->next;
    hci_batch_free(batch);
    batch = next;
  }
}

static void freePlan(Plan *plan) {
  freeBatches(plan->batches);
  freeBatches(plan->own);
  while (plan->launches != NULL) {
    Launch *launch = plan->launches;
    plan->launches = launch->next;
    freeBatches(launch->batches);
    if (launch->comm != NULL) hci_comm_release(launch->comm);
    free(launch);
  }
  while (plan->passages != NULL) {
    Passage *passage = plan->passages;
    plan->passages = passage->next;
    hci_gate_release(passage->gate);
    if (passage->comm != NULL) hci_comm_release(passage->comm);
    free(passage);
  }
}

/// Everything that can fail, before anything is queued.
static bool makePlan(Plan *plan, Task *tasks, size_t count) {
  bool isComplete = true;
  for (size_t i = 0; i < count; i++) {
    Batch *batch = isComplete ? findBatch(plan, tasks, count, i) : NULL;
    if (batch != NULL) {
      batch->tasks[batch->count++] = tasks[i];
    } else {
      isComplete = false;
      hci_task_free(&tasks[i]);
    }
    // The batch has a reference of its own.
    hci_comm_release(tasks[i].comm);
  }
  for (Batch *batch = plan->batches; isComplete && batch != NULL; batch = batch->next) {
    isComplete = assignStreams(plan, batch);
    if (isComplete && needsWorker(batch)) {
      pthread_mutex_lock(&batch->comm->lock);
      isComplete = hci_comm_worker(batch->comm) != NULL;
      pthread_mutex_unlock(&batch->comm->lock);
    }
  }
  while (isComplete && plan->batches != NULL) {
    Batch *batch = plan->batches, *rest = batch->next;
    isComplete = addToLaunch(plan, batch);
    if (isComplete) plan->batches = rest;
  }
  return isComplete;
}

static void drawTickets(Batch *batch) {
  for (; batch != NULL; batch = batch->next) {
    pthread_mutex_lock(&batch->comm->lock);
    batch->ticket = hci_turn_draw(batch->comm);
    pthread_mutex_unlock(&batch->comm->lock);
  }
}

/// False if the communicator has been aborted in the meantime.
static bool submitToWorker(hc_comm *comm, Job *job) {
  pthread_mutex_lock(&comm->lock);
  comm->pending++;
  bool hasWorker = comm->worker != NULL;
  if (hasWorker) hci_worker_submit(comm->worker, job);
  pthread_mutex_unlock(&comm->lock);
  return hasWorker;
}

/// Queues what is not the caller's own. Returns whether a worker has some of it, and leaves in the
/// plan what the caller has to do.
static bool submit(Plan *plan) {
  bool hasPending = false;
  hci_lock_issue();
  drawTickets(plan->own);
  for (Launch *launch = plan->launches; launch != NULL; launch = launch->next) {
    drawTickets(launch->batches);
  }
  for (Launch **link = &plan->launches; *link != NULL;) {
    Launch *launch = *link, *rest = launch->next;
    launch->job.run = runLaunch;
    bool isQueued = true;
    if (launch->stream != NULL) {
      hci_stream_submit(launch->stream, &launch->job);
    } else {
      isQueued = submitToWorker(launch->comm, &launch->job);
      hasPending |= isQueued;
    }
    if (isQueued) {
      *link = rest;
    } else {
      link = &launch->next;
    }
  }
  for (Passage **link = &plan->passages; *link != NULL;) {
    Passage *passage = *link, *rest = passage->next;
    passage->job.run = runPassage;
    bool isQueued = passage->stream != NULL || passage->comm != NULL;
    if (passage->stream != NULL) {
      hci_stream_submit(passage->stream, &passage->job);
    } else if (passage->comm != NULL) {
      isQueued = submitToWorker(passage->comm, &passage->job);
      hasPending |= isQueued;
    }
    if (isQueued) {
      *link = rest;
    } else {
      link = &passage->next;
    }
  }
  hci_unlock_issue();
  return hasPending;
}

hc_status hci_dispatch_tasks(Task *tasks, size_t count) {
  Plan plan = {NULL, NULL, NULL, NULL};
  if (!makePlan(&plan, tasks, count)) {
    freePlan(&plan);
    return hci_fail(HC_SYSTEM_ERROR, "out of memory or threads for the work of the group");
  }
  bool hasPending = submit(&plan);
  hc_status status = HC_SUCCESS;
  if (plan.own != NULL) status = hci_batches_run(plan.own);
  while (plan.launches != NULL) {
    Launch *launch = plan.launches;
    plan.launches = launch->next;
    runLaunch(&launch->job);
  }
  while (plan.passages != NULL) {
    Passage *passage = plan.passages;
    plan.passages = passage->next;
    runPassage(&passage->job);
  }
  return status == HC_SUCCESS && hasPending ? HC_IN_PROGRESS : status;
}

static void runBirthJob(Job *job) {
  Birth *birth = (Birth *)job;
  hci_birth_run(birth);
  hci_birth_finish(birth);
}

static void *runBirthThread(void *context) {
  hci_birth_run(context);
  return NULL;
}

/// Non-blocking ones go to their workers. Returns whether there were any.
static bool submitBirths(Birth **births) {
  bool hasPending = false;
  hci_lock_issue();
  for (Birth *birth = *births; birth != NULL; birth = birth->next) hci_birth_draw(birth);
  for (Birth **link = births; *link != NULL;) {
    Birth *birth = *link;
    Worker *worker = NULL;
    if (!birth->isBlocking) {
      pthread_mutex_lock(&birth->comm->lock);
      worker = hci_comm_worker(birth->comm);
      pthread_mutex_unlock(&birth->comm->lock);
    }
    // Without a thread for it the caller has to wait.
    if (worker == NULL) {
      link = &birth->next;
      continue;
    }
    *link = birth->next;
    birth->job.run = runBirthJob;
    hci_worker_submit(worker, &birth->job);
    hasPending = true;
  }
  hci_unlock_issue();
  return hasPending;
}

hc_status hci_dispatch_births(Birth *births) {
  bool hasPending = submitBirths(&births);
  size_t count = 0, started = 0;
  for (Birth *birth = births; birth != NULL; birth = birth->next) count++;
  pthread_t *threads = count > 1 ? calloc(count, sizeof(pthread_t)) : NULL;
  // What gets no thread comes after the first, which then fails at its time limit.
  Birth *leftover = NULL;
  for (Birth *birth = births != NULL ? births->next : NULL; birth != NULL; birth = birth->next) {
    if (threads == NULL || hci_start_thread(&threads[started], runBirthThread, birth) != 0) {
      leftover = birth;
      break;
    }
    started++;
  }
  if (births != NULL) hci_birth_run(births);
  for (; leftover != NULL; leftover = leftover->next) hci_birth_run(leftover);
  for (size_t i = 0; i < started; i++) pthread_join(threads[i], NULL);
  free(threads);

  hc_status status = HC_SUCCESS;
  while (births != NULL) {
    Birth *next = births->next;
    if (status == HC_SUCCESS && births->status != HC_SUCCESS) {
      status = hci_fail_again(births->status, births->text);
    }
    hci_birth_finish(births);
    births = next;
  }
  return status == HC_SUCCESS && hasPending ? HC_IN_PROGRESS : status;
}
