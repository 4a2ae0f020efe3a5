// A number in shared memory that others can sleep on.

#ifndef HCI_WORD_H
#define HCI_WORD_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#pragma GCC visibility push(hidden)

typedef struct Word {
  _Atomic uint32_t value;
  /// Spares the system call where nobody sleeps. A sleeper that was killed stays counted.
  _Atomic uint32_t sleepers;
} Word;

/// What the writer of the value did before is visible afterwards.
static inline uint32_t hci_load(const Word *word) {
  return atomic_load_explicit(&((Word *)word)->value, memory_order_acquire);
}

/// Values count up, and wrap around.
static inline bool hci_is_at_least(uint32_t value, uint32_t target) {
  return (int32_t)(value - target) >= 0;
}

void hci_store(Word *word, uint32_t value);
void hci_increment(Word *word);

/// Sleeps while the value is `seen`, for at most `nanoseconds`; may return earlier.
void hci_sleep(Word *word, uint32_t seen, int64_t nanoseconds);

#pragma GCC visibility pop

#endif
