// The few things that threads need beyond pthreads' defaults.

#ifndef HCI_THREAD_H
#define HCI_THREAD_H

#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <time.h>

/// Its time limits are those of hci_now.
static inline void hci_condition_init(pthread_cond_t *condition) {
  pthread_condattr_t attributes;
  pthread_condattr_init(&attributes);
  pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
  pthread_cond_init(condition, &attributes);
  pthread_condattr_destroy(&attributes);
}

/// A negative deadline: none.
static inline int hci_condition_wait(
    pthread_cond_t *condition, pthread_mutex_t *lock, int64_t deadline) {
  if (deadline < 0) return pthread_cond_wait(condition, lock);
  struct timespec limit = {deadline / 1000000000, deadline % 1000000000};
  return pthread_cond_timedwait(condition, lock, &limit);
}

/// A thread that gets none of the program's signals. Returns 0 or an error number.
static inline int hci_start_thread(pthread_t *thread, void *(*body)(void *), void *context) {
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  int error = pthread_create(thread, NULL, body, context);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  return error;
}

#endif
