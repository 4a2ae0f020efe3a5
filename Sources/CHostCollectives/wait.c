#define _GNU_SOURCE
#include "wait.h"

#include <sched.h>
#include <stdio.h>

#include "clock.h"
#include "failure.h"
#include "liveness.h"

enum {
  SLICE = 4 * HCI_MILLISECOND,
  // Lets the awaited rank run where it has no processor; most often cheaper than to sleep.
  YIELDS = 8,
};

static inline void relax(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

Wait hci_wait(Segment *segment, const char *work, uint64_t number, Awaited awaited) {
  return (Wait){.segment = segment, .work = work, .number = number, .awaited = awaited};
}

static bool isMissing(const Wait *wait, int rank) {
  return wait->awaited.isMissing(wait->awaited.context, rank);
}

static Obstacle look(Wait *wait, int64_t now) {
  Segment *segment = wait->segment;
  for (int rank = 0; rank < segment->rankCount; rank++) {
    if (rank == segment->rank) continue;
    uint32_t presence =
        atomic_load_explicit(&segment->slots[rank].presence, memory_order_acquire);
    if (presence == HCI_ABSENT || !isMissing(wait, rank)) continue;
    wait->culprit = rank;
    if (presence == HCI_LEFT) return HCI_WENT;
    if (!hci_is_rank_alive(segment->descriptor, rank)) {
      // It may have left just now; then the lock went after the mark.
      presence = atomic_load_explicit(&segment->slots[rank].presence, memory_order_acquire);
      return presence == HCI_LEFT ? HCI_WENT : HCI_DIED;
    }
  }
  return now - wait->begin > segment->timeout ? HCI_TIMED_OUT : HCI_NO_OBSTACLE;
}

Obstacle hci_wait_turn(Wait *wait, Word *word, uint32_t seen) {
  Segment *segment = wait->segment;
  if (atomic_load_explicit(&segment->isCancelled, memory_order_relaxed)) return HCI_CANCELLED;
  if (!wait->ignoresFailure && hci_failure(segment, NULL) != HC_SUCCESS) return HCI_FAILED;
  if (wait->turns < segment->spins) {
    wait->turns++;
    relax();
    return HCI_NO_OBSTACLE;
  }
  if (wait->turns < segment->spins + YIELDS) {
    wait->turns++;
    sched_yield();
    return HCI_NO_OBSTACLE;
  }
  int64_t now = hci_now();
  if (wait->begin == 0) {
    wait->begin = now;
    wait->nextLook = now + SLICE;
  }
  if (now >= wait->nextLook) {
    wait->nextLook = now + SLICE;
    Obstacle obstacle = look(wait, now);
    if (obstacle != HCI_NO_OBSTACLE) return obstacle;
  }
  hci_sleep(word, seen, SLICE);
  return HCI_NO_OBSTACLE;
}

/// "rank 2", "ranks 1, 2 and 5".
static void appendMissing(const Wait *wait, char *text) {
  int count = 0;
  for (int rank = 0; rank < wait->segment->rankCount; rank++) {
    if (rank != wait->segment->rank && isMissing(wait, rank)) count++;
  }
  hci_append(text, count == 1 ? "rank" : "ranks");
  int shown = 0;
  for (int rank = 0; rank < wait->segment->rankCount; rank++) {
    if (rank == wait->segment->rank || !isMissing(wait, rank)) continue;
    if (shown == 16) {
      hci_append(text, " and %d more", count - shown);
      break;
    }
    hci_append(text, "%s%d", shown == 0 ? " " : shown == count - 1 ? " and " : ", ", rank);
    shown++;
  }
}

hc_status hci_wait_fail(Wait *wait, Obstacle obstacle) {
  Segment *segment = wait->segment;
  char text[HCI_TEXT_SIZE];
  hc_status status = HC_REMOTE_ERROR;
  if (obstacle == HCI_FAILED) {
    status = hci_failure(segment, text);
    return hci_fail_again(status, text);
  }
  snprintf(text, sizeof text, "%s", wait->work);
  if (wait->number != 0) hci_append(text, " #%llu", (unsigned long long)wait->number);
  hci_append(text, " on rank %d of %d: ", segment->rank, segment->rankCount);
  switch (obstacle) {
    case HCI_CANCELLED: hci_append(text, "the communicator was aborted"); break;
    case HCI_DIED: hci_append(text, "rank %d has died", wait->culprit); break;
    case HCI_WENT:
      hci_append(text, "rank %d has left: it ended its communicator", wait->culprit);
      break;
    default:
      status = HC_TIMEOUT;
      hci_append(text, "after %lld ms still without ",
                 (long long)(segment->timeout / HCI_MILLISECOND));
      appendMissing(wait, text);
  }
  if (!wait->ignoresFailure && obstacle != HCI_CANCELLED) hci_post_failure(segment, status, text);
  return hci_fail_again(status, text);
}

hc_status hci_wait_until(Wait *wait, Word *word, uint32_t target) {
  for (;;) {
    uint32_t seen = hci_load(word);
    if (hci_is_at_least(seen, target)) return HC_SUCCESS;
    Obstacle obstacle = hci_wait_turn(wait, word, seen);
    if (obstacle == HCI_NO_OBSTACLE) continue;
    if (hci_is_at_least(hci_load(word), target)) return HC_SUCCESS;
    return hci_wait_fail(wait, obstacle);
  }
}
