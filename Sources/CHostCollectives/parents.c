// The calls that make communicators.

#include <stdlib.h>
#include <string.h>

#include "birth.h"
#include "config.h"
#include "group.h"
#include "registry.h"
#include "unique_id.h"

static Birth *newBirth(
    const char *work, hc_comm **handle, const hc_config *config, hc_comm *parent, bool hasComm) {
  Birth *birth = calloc(1, sizeof *birth);
  if (birth == NULL) {
    hci_fail(HC_SYSTEM_ERROR, "%s: out of memory", work);
    return NULL;
  }
  birth->work = work;
  birth->handle = handle;
  // There is nothing that could tell the caller later that it has been left out of a split.
  birth->isBlocking = true;
  if (!hasComm) return birth;
  birth->comm = hci_comm_create(config, parent);
  if (birth->comm != NULL) {
    birth->isBlocking = birth->comm->config.blocking != 0;
    return birth;
  }
  free(birth);
  return NULL;
}

/// The communicator knows its id and rank, or (a split) will.
static hc_status issue(Birth *birth) {
  if (birth->comm != NULL && !hci_registry_add(birth->comm)) {
    hc_status status = hci_fail(
        HC_INVALID_USAGE, "%s: this process has a rank %d with this unique id already",
        birth->work, birth->comm->rank);
    if (birth->parent != NULL) hci_comm_release(birth->parent);
    hci_comm_release(birth->comm);
    free(birth);
    return hci_refuse(status);
  }
  *birth->handle = birth->comm;
  return hci_issue_birth(birth);
}

hc_status hc_comm_init(
    hc_comm **comm, int rankCount, const hc_unique_id *id, int rank, const hc_config *config) {
  const char *work = "comm_init";
  hc_status status = HC_SUCCESS;
  if (comm == NULL || id == NULL) {
    status = hci_fail(HC_INVALID_ARGUMENT, "%s: the communicator or the id is NULL", work);
  } else if (rankCount < 1 || rankCount > HC_MAX_RANKS) {
    status = hci_fail(
        HC_INVALID_ARGUMENT, "%s: %d ranks; from 1 to %d are possible", work, rankCount,
        HC_MAX_RANKS);
  } else if (rank < 0 || rank >= rankCount) {
    status = hci_fail(HC_INVALID_ARGUMENT, "%s: rank %d of %d", work, rank, rankCount);
  } else {
    *comm = NULL;
    status = hci_check_id(id);
    if (status == HC_SUCCESS) status = hci_check_config(config, work);
  }
  if (status != HC_SUCCESS) return hci_refuse(status);
  Birth *birth = newBirth(work, comm, config, NULL, true);
  if (birth == NULL) return hci_refuse(HC_SYSTEM_ERROR);
  birth->comm->id = *id;
  birth->comm->rank = rank;
  birth->comm->rankCount = rankCount;
  return issue(birth);
}

/// A parent may have failed or been revoked, but its ranks must have found each other.
static hc_status checkParent(hc_comm *parent, const char *work) {
  pthread_mutex_lock(&parent->lock);
  Stage stage = parent->stage;
  pthread_mutex_unlock(&parent->lock);
  if (stage == HCI_READY) return HC_SUCCESS;
  return hci_fail(HC_INVALID_USAGE, "%s: the communicator is not ready, or has ended", work);
}

hc_status hc_comm_split(
    hc_comm *comm, int color, int key, hc_comm **part, const hc_config *config) {
  const char *work = "comm_split";
  if (part == NULL) {
    return hci_refuse(hci_fail(HC_INVALID_ARGUMENT, "%s: the result is NULL", work));
  }
  *part = NULL;
  hc_status status = hci_comm_acquire(comm, work);
  if (status != HC_SUCCESS) return hci_refuse(status);
  status = checkParent(comm, work);
  if (status == HC_SUCCESS) status = hci_check_config(config, work);
  Birth *birth = NULL;
  if (status == HC_SUCCESS) {
    birth = newBirth(work, part, config, comm, color >= 0);
    if (birth == NULL) status = HC_SYSTEM_ERROR;
  }
  if (status != HC_SUCCESS) {
    hci_comm_release(comm);
    return hci_refuse(status);
  }
  birth->parent = comm;
  birth->color = color < 0 ? HC_SPLIT_NO_COLOR : color;
  birth->key = key;
  return issue(birth);
}

static hc_status markExcluded(
    const hc_comm *comm, const int *excluded, int count, bool *isExcluded, const char *work) {
  for (int i = 0; i < count; i++) {
    int rank = excluded[i];
    if (rank < 0 || rank >= comm->rankCount || isExcluded[rank]) {
      return hci_fail(
          HC_INVALID_ARGUMENT, "%s: rank %d to be excluded is none of the %d, or named twice", work,
          rank, comm->rankCount);
    }
    isExcluded[rank] = true;
  }
  if (!isExcluded[comm->rank]) return HC_SUCCESS;
  return hci_fail(
      HC_INVALID_USAGE, "%s: rank %d is excluded itself, and must not call it", work, comm->rank);
}

hc_status hc_comm_shrink(
    hc_comm *comm, const int *excluded, int excludedCount, bool abort, hc_comm **rest,
    const hc_config *config) {
  const char *work = "comm_shrink";
  if (rest == NULL || excludedCount < 0 || (excluded == NULL && excludedCount > 0)) {
    return hci_refuse(
        hci_fail(HC_INVALID_ARGUMENT, "%s: the result or the list is NULL", work));
  }
  *rest = NULL;
  hc_status status = hci_comm_acquire(comm, work);
  if (status != HC_SUCCESS) return hci_refuse(status);
  bool isExcluded[HC_MAX_RANKS] = {false};
  status = checkParent(comm, work);
  if (status == HC_SUCCESS) status = hci_check_config(config, work);
  if (status == HC_SUCCESS) status = markExcluded(comm, excluded, excludedCount, isExcluded, work);
  if (status == HC_SUCCESS && abort) status = hc_comm_revoke(comm);
  Birth *birth = NULL;
  if (status == HC_SUCCESS) {
    birth = newBirth(work, rest, config, comm, true);
    if (birth == NULL) status = HC_SYSTEM_ERROR;
  }
  if (status != HC_SUCCESS) {
    hci_comm_release(comm);
    return hci_refuse(status);
  }
  int rank = 0;
  for (int i = 0; i < comm->rank; i++) rank += !isExcluded[i];
  birth->comm->rank = rank;
  birth->comm->rankCount = comm->rankCount - excludedCount;
  uint64_t list = hci_hash(4, isExcluded, (size_t)comm->rankCount * sizeof(bool));
  pthread_mutex_lock(&comm->lock);
  uint64_t number = ++comm->shrinks;
  pthread_mutex_unlock(&comm->lock);
  hci_derive_id(&comm->id, 'x', number, list, &birth->comm->id);
  hci_comm_release(comm);
  return issue(birth);
}
