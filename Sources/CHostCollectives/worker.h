// A thread that does one job after the other.

#ifndef HCI_WORKER_H
#define HCI_WORKER_H

#include <stdbool.h>
#include <stdint.h>

#include "host_collectives.h"

#pragma GCC visibility push(hidden)

typedef struct Worker Worker;

/// Part of what is to be done; `run` gets it back, and owns it.
typedef struct Job {
  struct Job *next;
  void (*run)(struct Job *job);
} Job;

/// NULL, with the thread's text set, if there can be no thread.
Worker *hci_worker_create(void);

void hci_worker_submit(Worker *worker, Job *job);

/// Waits until what has been submitted so far is done. False at `deadline` (hci_now's; negative:
/// none).
bool hci_worker_drain(Worker *worker, int64_t deadline);
bool hci_worker_is_idle(Worker *worker);

/// Drains, and ends the thread.
void hci_worker_free(Worker *worker);


#pragma GCC visibility pop

#endif
