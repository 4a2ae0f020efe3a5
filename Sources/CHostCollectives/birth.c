#include "birth.h"

#include <stdio.h>
#include <stdlib.h>

#include "registry.h"
#include "split.h"
#include "turn.h"

void hci_birth_draw(Birth *birth) {
  if (birth->parent != NULL) {
    pthread_mutex_lock(&birth->parent->lock);
    birth->parentTicket = hci_turn_draw(birth->parent);
    birth->split = ++birth->parent->splits;
    pthread_mutex_unlock(&birth->parent->lock);
  }
  if (birth->comm != NULL) {
    pthread_mutex_lock(&birth->comm->lock);
    birth->ticket = hci_turn_draw(birth->comm);
    pthread_mutex_unlock(&birth->comm->lock);
  }
}

static hc_status askParent(Birth *birth) {
  if (birth->parent == NULL) return HC_SUCCESS;
  hc_status status = hci_turn_begin(birth->parent, birth->parentTicket);
  if (status == HC_SUCCESS) status = hci_split(birth);
  hci_turn_end(birth->parent);
  return status;
}

void hci_birth_run(Birth *birth) {
  hc_comm *comm = birth->comm;
  hc_status turn = HC_SUCCESS;
  if (comm != NULL) turn = hci_turn_begin(comm, birth->ticket);
  hc_status status = askParent(birth);
  if (turn != HC_SUCCESS) {
    status = hci_fail(turn, "%s: the communicator was aborted", birth->work);
  } else if (status == HC_SUCCESS && comm != NULL) {
    status = hci_comm_join(comm, birth->work);
  }
  birth->status = status;
  if (status != HC_SUCCESS) snprintf(birth->text, sizeof birth->text, "%s", hc_last_error());
  if (comm == NULL) return;
  hci_comm_record(comm, status);
  hci_turn_end(comm);
}

static void release(Birth *birth) {
  if (birth->parent != NULL) hci_comm_release(birth->parent);
  if (birth->comm != NULL) hci_comm_release(birth->comm);
  free(birth);
}

static void takeBack(Birth *birth) {
  if (birth->comm == NULL) return;
  *birth->handle = NULL;
  pthread_mutex_lock(&birth->comm->lock);
  birth->comm->stage = HCI_ENDING;
  pthread_mutex_unlock(&birth->comm->lock);
  if (hci_registry_remove(birth->comm)) hci_comm_release(birth->comm);
}

void hci_birth_finish(Birth *birth) {
  if (birth->isBlocking && birth->status != HC_SUCCESS) takeBack(birth);
  release(birth);
}

void hci_birth_discard(Birth *birth) {
  takeBack(birth);
  release(birth);
}
