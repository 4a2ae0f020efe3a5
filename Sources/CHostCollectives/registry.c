#define _GNU_SOURCE
#include "registry.h"

#include <stdlib.h>

#include "unique_id.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t issueLock = PTHREAD_MUTEX_INITIALIZER;
static hc_comm *alive;

bool hci_registry_add(hc_comm *comm) {
  pthread_mutex_lock(&lock);
  bool isUnique = true;
  for (hc_comm *other = alive; other != NULL; other = other->next) {
    // Without ranks it is part of a split that has not been made yet.
    if (comm->rankCount != 0 && other->rank == comm->rank && hci_same_id(&other->id, &comm->id)) {
      isUnique = false;
    }
  }
  if (isUnique) {
    comm->next = alive;
    comm->references++;
    comm->isListed = true;
    alive = comm;
  }
  pthread_mutex_unlock(&lock);
  return isUnique;
}

void hci_registry_identify(hc_comm *comm, const hc_unique_id *id, int rank, int rankCount) {
  pthread_mutex_lock(&lock);
  comm->id = *id;
  comm->rank = rank;
  comm->rankCount = rankCount;
  pthread_mutex_unlock(&lock);
}

hc_status hci_comm_acquire(hc_comm *comm, const char *work) {
  if (comm == NULL) return hci_fail(HC_INVALID_ARGUMENT, "%s: the communicator is NULL", work);
  pthread_mutex_lock(&lock);
  hc_comm *found = alive;
  while (found != NULL && found != comm) found = found->next;
  if (found != NULL) found->references++;
  pthread_mutex_unlock(&lock);
  if (found != NULL) return HC_SUCCESS;
  return hci_fail(
      HC_INVALID_ARGUMENT, "%s: no communicator, or one that was destroyed already", work);
}

void hci_comm_retain(hc_comm *comm) {
  pthread_mutex_lock(&lock);
  comm->references++;
  pthread_mutex_unlock(&lock);
}

bool hci_registry_remove(hc_comm *comm) {
  pthread_mutex_lock(&lock);
  bool wasListed = comm->isListed;
  comm->isListed = false;
  for (hc_comm **link = &alive; *link != NULL; link = &(*link)->next) {
    if (*link == comm) {
      *link = comm->next;
      break;
    }
  }
  pthread_mutex_unlock(&lock);
  return wasListed;
}

void hci_comm_release(hc_comm *comm) {
  pthread_mutex_lock(&lock);
  bool isLast = --comm->references == 0;
  pthread_mutex_unlock(&lock);
  if (!isLast) return;
  hci_segment_free(&comm->segment);
  pthread_cond_destroy(&comm->changed);
  pthread_mutex_destroy(&comm->lock);
  free(comm->scalars);
  free(comm);
}

void hci_lock_issue(void) { pthread_mutex_lock(&issueLock); }

void hci_unlock_issue(void) { pthread_mutex_unlock(&issueLock); }
