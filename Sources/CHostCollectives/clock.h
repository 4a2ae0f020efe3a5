// Time that only goes forward.

#ifndef HCI_CLOCK_H
#define HCI_CLOCK_H

#include <stdint.h>
#include <time.h>

static inline int64_t hci_now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

enum { HCI_MILLISECOND = 1000000 };

#endif
