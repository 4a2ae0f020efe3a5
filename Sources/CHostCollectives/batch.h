// The work of a group on one communicator, and on one stream.

#ifndef HCI_BATCH_H
#define HCI_BATCH_H

#include "comm.h"
#include "task.h"

#pragma GCC visibility push(hidden)

/// All tasks of a group on a communicator: collectives in order, then sends and receives together.
typedef struct Batch {
  /// First, so that a job is a batch.
  Job job;
  struct Latch *latch;
  struct Batch *next;
  /// One reference.
  hc_comm *comm;
  uint64_t ticket;
  Task *tasks;
  size_t count;
  /// Where it runs: that of its first task with a stream. NULL: the caller's thread, or the
  /// communicator's worker.
  hc_stream *stream;
  /// Not NULL if its tasks have several streams: the others wait at it.
  struct Gate *gate;
  hc_status status;
  char text[HCI_TEXT_SIZE];
} Batch;

/// NULL without memory; then the tasks still are the caller's.
Batch *hci_batch_create(hc_comm *comm, size_t capacity);

/// Waits for its turn and for its streams, does the work, and keeps status and text.
void hci_batch_run(Batch *batch);

/// Takes its turn, and does nothing but to keep the thread's error.
void hci_batch_skip(Batch *batch, hc_status status);

void hci_batch_free(Batch *batch);

/// Runs a list of batches, of different communicators, at the same time. Returns the first error,
/// with its text, and frees them.
hc_status hci_batches_run(Batch *first);

#pragma GCC visibility pop

#endif
