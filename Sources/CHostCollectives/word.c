#define _GNU_SOURCE
#include "word.h"

#include <limits.h>
#include <linux/futex.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

// The order of all of this is sequentially consistent: either the writer sees the sleeper, or the
// sleeper (in the kernel, which compares once more) sees the writer's value.

static void wake(Word *word) {
  if (atomic_load(&word->sleepers) == 0) return;
  syscall(SYS_futex, &word->value, FUTEX_WAKE, INT_MAX, NULL, NULL, 0);
}

void hci_store(Word *word, uint32_t value) {
  atomic_store(&word->value, value);
  wake(word);
}

void hci_increment(Word *word) {
  atomic_fetch_add(&word->value, 1);
  wake(word);
}

void hci_sleep(Word *word, uint32_t seen, int64_t nanoseconds) {
  struct timespec limit = {nanoseconds / 1000000000, nanoseconds % 1000000000};
  atomic_fetch_add(&word->sleepers, 1);
  syscall(SYS_futex, &word->value, FUTEX_WAIT, seen, &limit, NULL, 0);
  atomic_fetch_sub(&word->sleepers, 1);
}
