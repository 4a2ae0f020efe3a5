#include "turn.h"

uint64_t hci_turn_draw(hc_comm *comm) { return comm->issued++; }

hc_status hci_turn_begin(hc_comm *comm, uint64_t ticket) {
  pthread_mutex_lock(&comm->lock);
  while (comm->executed != ticket) pthread_cond_wait(&comm->changed, &comm->lock);
  bool isEnding = comm->stage == HCI_ENDING;
  comm->isRunning = !isEnding;
  pthread_mutex_unlock(&comm->lock);
  return isEnding ? hci_fail(HC_REMOTE_ERROR, "the communicator was aborted") : HC_SUCCESS;
}

void hci_turn_end(hc_comm *comm) {
  pthread_mutex_lock(&comm->lock);
  comm->isRunning = false;
  comm->executed++;
  pthread_cond_broadcast(&comm->changed);
  pthread_mutex_unlock(&comm->lock);
}
