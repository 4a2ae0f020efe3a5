#include "gate.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

struct Gate {
  pthread_mutex_t lock;
  pthread_cond_t changed;
  int references, missing;
  bool isOpen;
};

Gate *hci_gate_create(void) {
  Gate *gate = calloc(1, sizeof *gate);
  if (gate == NULL) return NULL;
  pthread_mutex_init(&gate->lock, NULL);
  pthread_cond_init(&gate->changed, NULL);
  gate->references = 1;
  return gate;
}

void hci_gate_expect(Gate *gate) {
  pthread_mutex_lock(&gate->lock);
  gate->references++;
  gate->missing++;
  pthread_mutex_unlock(&gate->lock);
}

void hci_gate_release(Gate *gate) {
  pthread_mutex_lock(&gate->lock);
  bool isLast = --gate->references == 0;
  pthread_mutex_unlock(&gate->lock);
  if (!isLast) return;
  pthread_cond_destroy(&gate->changed);
  pthread_mutex_destroy(&gate->lock);
  free(gate);
}

void hci_gate_await_arrivals(Gate *gate) {
  pthread_mutex_lock(&gate->lock);
  while (gate->missing > 0) pthread_cond_wait(&gate->changed, &gate->lock);
  pthread_mutex_unlock(&gate->lock);
}

void hci_gate_open(Gate *gate) {
  pthread_mutex_lock(&gate->lock);
  gate->isOpen = true;
  pthread_cond_broadcast(&gate->changed);
  pthread_mutex_unlock(&gate->lock);
}

void hci_gate_pass(Gate *gate) {
  pthread_mutex_lock(&gate->lock);
  gate->missing--;
  pthread_cond_broadcast(&gate->changed);
  while (!gate->isOpen) pthread_cond_wait(&gate->changed, &gate->lock);
  pthread_mutex_unlock(&gate->lock);
}
