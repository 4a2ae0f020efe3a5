#define _GNU_SOURCE
#include "comm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "config.h"
#include "failure.h"
#include "group.h"
#include "registry.h"
#include "thread.h"
#include "turn.h"

hc_comm *hci_comm_create(const hc_config *config, const hc_comm *parent) {
  hc_comm *comm = calloc(1, sizeof *comm);
  if (comm == NULL) {
    hci_fail(HC_SYSTEM_ERROR, "out of memory for a communicator");
    return NULL;
  }
  comm->references = 1;
  comm->config = config != NULL ? *config : parent != NULL ? parent->config : HC_CONFIG_DEFAULT;
  if (comm->config.name != NULL) snprintf(comm->name, sizeof comm->name, "%s", comm->config.name);
  comm->config.name = comm->name;
  pthread_mutex_init(&comm->lock, NULL);
  hci_condition_init(&comm->changed);
  hci_segment_init(&comm->segment);
  return comm;
}

hc_status hci_comm_join(hc_comm *comm, const char *work) {
  char what[128];
  snprintf(what, sizeof what, "%s%s%s", work, comm->name[0] != 0 ? " of " : "", comm->name);
  hc_status status = hci_segment_join(
      &comm->segment, &comm->id, comm->rankCount, comm->rank, comm->config.chunk_bytes,
      hci_timeout(&comm->config), what);
  if (status != HC_SUCCESS) return status;
  pthread_mutex_lock(&comm->lock);
  if (comm->stage == HCI_JOINING) comm->stage = HCI_READY;
  pthread_mutex_unlock(&comm->lock);
  return HC_SUCCESS;
}

void hci_comm_record(hc_comm *comm, hc_status status) {
  if (status == HC_SUCCESS || status == HC_IN_PROGRESS) return;
  pthread_mutex_lock(&comm->lock);
  if (comm->status == HC_SUCCESS) {
    comm->status = status;
    snprintf(comm->text, sizeof comm->text, "%s", hc_last_error());
  }
  pthread_mutex_unlock(&comm->lock);
}

hc_status hci_comm_check_ready(hc_comm *comm, const char *work) {
  switch (comm->stage) {
    case HCI_JOINING:
      if (comm->status != HC_SUCCESS) return hci_fail_again(comm->status, comm->text);
      return hci_fail(
          HC_INVALID_USAGE, "%s: the communicator's init has not come to its end yet", work);
    case HCI_FINALIZED:
      return hci_fail(HC_INVALID_USAGE, "%s: the communicator was finalized", work);
    case HCI_ENDING:
      return hci_fail(HC_INVALID_USAGE, "%s: the communicator is being destroyed", work);
    case HCI_READY: break;
  }
  char text[HCI_TEXT_SIZE];
  hc_status status = hci_failure(&comm->segment, text);
  return status != HC_SUCCESS ? hci_fail_again(status, text) : HC_SUCCESS;
}

Worker *hci_comm_worker(hc_comm *comm) {
  if (comm->worker == NULL && comm->stage != HCI_ENDING) comm->worker = hci_worker_create();
  return comm->worker;
}

static void end(hc_comm *comm) {
  hci_registry_remove(comm);
  pthread_mutex_lock(&comm->lock);
  Worker *worker = comm->worker, *helper = comm->helper;
  comm->worker = comm->helper = NULL;
  pthread_mutex_unlock(&comm->lock);
  // Their jobs find the communicator ending, and are done at once.
  hci_worker_free(worker);
  hci_worker_free(helper);
  hci_segment_leave(&comm->segment);
  hci_comm_release(comm);
  hci_comm_release(comm);
}

hc_status hc_comm_finalize(hc_comm *comm) {
  HCI_ACQUIRE(comm, "comm_finalize");
  hc_status status = HC_SUCCESS;
  if (hci_group_uses(comm)) {
    status = hci_fail(HC_INVALID_USAGE, "comm_finalize: the group has work for the communicator");
  }
  pthread_mutex_lock(&comm->lock);
  if (status == HC_SUCCESS && comm->stage != HCI_READY) {
    status = hci_fail(HC_INVALID_USAGE, "comm_finalize: the communicator is not ready, or was "
                                        "finalized already");
  }
  if (status == HC_SUCCESS) {
    comm->stage = HCI_FINALIZED;
    uint64_t issued = comm->issued;
    if (comm->config.blocking == 0) {
      status = comm->executed < issued ? HC_IN_PROGRESS : HC_SUCCESS;
    } else {
      while (comm->executed < issued) pthread_cond_wait(&comm->changed, &comm->lock);
    }
  }
  pthread_mutex_unlock(&comm->lock);
  hci_comm_release(comm);
  return status;
}

hc_status hc_comm_destroy(hc_comm *comm) {
  HCI_ACQUIRE(comm, "comm_destroy");
  hc_status status = HC_SUCCESS;
  if (hci_group_uses(comm)) {
    status = hci_fail(HC_INVALID_USAGE, "comm_destroy: the group has work for the communicator");
  }
  pthread_mutex_lock(&comm->lock);
  if (status == HC_SUCCESS) {
    while (comm->executed < comm->issued && comm->stage != HCI_ENDING) {
      pthread_cond_wait(&comm->changed, &comm->lock);
    }
    if (comm->stage == HCI_ENDING) {
      status = hci_fail(HC_INVALID_USAGE, "comm_destroy: the communicator is being destroyed");
    } else {
      comm->stage = HCI_ENDING;
    }
  }
  pthread_mutex_unlock(&comm->lock);
  if (status == HC_SUCCESS) {
    end(comm);
  } else {
    hci_comm_release(comm);
  }
  return status;
}

hc_status hc_comm_abort(hc_comm *comm) {
  HCI_ACQUIRE(comm, "comm_abort");
  atomic_store(&comm->segment.isCancelled, true);
  pthread_mutex_lock(&comm->lock);
  bool isMine = comm->stage != HCI_ENDING;
  comm->stage = HCI_ENDING;
  // For one that waits in destroy.
  pthread_cond_broadcast(&comm->changed);
  while (comm->isRunning) pthread_cond_wait(&comm->changed, &comm->lock);
  pthread_mutex_unlock(&comm->lock);
  if (!isMine) {
    hci_comm_release(comm);
    return hci_fail(HC_INVALID_USAGE, "comm_abort: the communicator is being destroyed");
  }
  char text[HCI_TEXT_SIZE];
  snprintf(
      text, sizeof text, "rank %d of %d has aborted the communicator", comm->rank,
      comm->rankCount);
  hci_post_failure(&comm->segment, HC_REMOTE_ERROR, text);
  hci_group_forget(comm);
  end(comm);
  return HC_SUCCESS;
}

hc_status hc_comm_revoke(hc_comm *comm) {
  HCI_ACQUIRE(comm, "comm_revoke");
  hc_status status = HC_SUCCESS;
  pthread_mutex_lock(&comm->lock);
  if (comm->stage != HCI_READY && comm->stage != HCI_FINALIZED) {
    status = hci_fail(HC_INVALID_USAGE, "comm_revoke: the communicator is not ready");
  } else {
    char text[HCI_TEXT_SIZE];
    snprintf(
        text, sizeof text, "rank %d of %d has revoked the communicator", comm->rank,
        comm->rankCount);
    hci_post_failure(&comm->segment, HC_REMOTE_ERROR, text);
    while (comm->isRunning) pthread_cond_wait(&comm->changed, &comm->lock);
  }
  pthread_mutex_unlock(&comm->lock);
  hci_comm_release(comm);
  return status;
}

static hc_status getNumber(hc_comm *comm, int *number, bool isRank, const char *work) {
  if (number == NULL) return hci_fail(HC_INVALID_ARGUMENT, "%s: the result is NULL", work);
  HCI_ACQUIRE(comm, work);
  pthread_mutex_lock(&comm->lock);
  hc_status status = HC_SUCCESS;
  if (comm->stage == HCI_JOINING) status = hci_comm_check_ready(comm, work);
  if (status == HC_SUCCESS) *number = isRank ? comm->rank : comm->rankCount;
  pthread_mutex_unlock(&comm->lock);
  hci_comm_release(comm);
  return status;
}

hc_status hc_comm_count(hc_comm *comm, int *count) {
  return getNumber(comm, count, false, "comm_count");
}

hc_status hc_comm_rank(hc_comm *comm, int *rank) {
  return getNumber(comm, rank, true, "comm_rank");
}

hc_status hc_comm_async_error(hc_comm *comm, hc_status *result) {
  if (result == NULL) {
    return hci_fail(HC_INVALID_ARGUMENT, "comm_async_error: the result is NULL");
  }
  HCI_ACQUIRE(comm, "comm_async_error");
  char text[HCI_TEXT_SIZE];
  pthread_mutex_lock(&comm->lock);
  bool isWorking = comm->config.blocking == 0 &&
                   (comm->stage == HCI_JOINING || comm->pending > 0 ||
                    (comm->stage == HCI_FINALIZED && comm->executed < comm->issued));
  *result = comm->status;
  if (comm->status != HC_SUCCESS) {
    snprintf(text, sizeof text, "%s", comm->text);
  } else if (comm->stage != HCI_JOINING) {
    // Also what has happened to others while this rank had nothing to do.
    *result = hci_failure(&comm->segment, text);
  }
  pthread_mutex_unlock(&comm->lock);
  if (*result != HC_SUCCESS) {
    hci_fail_again(*result, text);
  } else if (isWorking) {
    *result = HC_IN_PROGRESS;
  }
  hci_comm_release(comm);
  return HC_SUCCESS;
}

hc_status hc_comm_last_error(hc_comm *comm, char *text, size_t capacity) {
  if (text == NULL || capacity == 0) {
    return hci_fail(HC_INVALID_ARGUMENT, "comm_last_error: no room for the text");
  }
  HCI_ACQUIRE(comm, "comm_last_error");
  char words[HCI_TEXT_SIZE] = "";
  pthread_mutex_lock(&comm->lock);
  if (comm->status != HC_SUCCESS) {
    snprintf(words, sizeof words, "%s", comm->text);
  } else if (comm->stage != HCI_JOINING) {
    hci_failure(&comm->segment, words);
  }
  pthread_mutex_unlock(&comm->lock);
  snprintf(text, capacity, "%s", words);
  hci_comm_release(comm);
  return HC_SUCCESS;
}
