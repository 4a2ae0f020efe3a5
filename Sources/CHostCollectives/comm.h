// A rank's end of a communicator, and its life.

#ifndef HCI_COMM_H
#define HCI_COMM_H

#include <pthread.h>

#include "error.h"
#include "scale.h"
#include "segment.h"
#include "worker.h"

#pragma GCC visibility push(hidden)

typedef enum Stage {
  /// Its ranks have not found each other yet.
  HCI_JOINING,
  HCI_READY,
  HCI_FINALIZED,
  /// It is being destroyed or aborted; nothing new begins.
  HCI_ENDING,
} Stage;

struct hc_comm {
  // Of the registry; see registry.h.
  hc_comm *next;
  int references;
  bool isListed;

  hc_unique_id id;
  int rank;
  int rankCount;
  hc_config config;
  char name[64];
  Segment segment;

  pthread_mutex_t lock;
  pthread_cond_t changed;
  // Under the lock.
  Stage stage;
  /// Work is done in the order of its tickets.
  uint64_t issued, executed;
  bool isRunning;
  /// Work of a non-blocking communicator that no stream has.
  int pending;
  hc_status status;
  char text[HCI_TEXT_SIZE];
  uint64_t splits, shrinks;
  /// Where a non-blocking communicator's work is done; NULL until there is some.
  Worker *worker;
  /// Does the work of this communicator where one thread has that of several; see batch.c.
  Worker *helper;
  bool isHelperBusy;
  /// Of the premultiplied sums; an op is HC_FIRST_CREATED_OP plus the index. Destroyed: no scalar.
  Scalar *scalars;
  int scalarCount;

  // Only for the one whose ticket it is.
  uint32_t round;
  uint64_t collectives;
  uint64_t exchanges;
};

/// A communicator that has not joined yet. One reference is the caller's.
hc_comm *hci_comm_create(const hc_config *config, const hc_comm *parent);

/// Finds the other ranks; `id`, `rank` and `rankCount` are set. Ends HCI_JOINING.
hc_status hci_comm_join(hc_comm *comm, const char *work);

/// Makes `status`, with the thread's text, the communicator's first error, unless it has one.
void hci_comm_record(hc_comm *comm, hc_status status);

/// Whether new work may begin. Under the lock.
hc_status hci_comm_check_ready(hc_comm *comm, const char *work);

/// The worker, made if need be; NULL if the communicator ends. Under the lock.
Worker *hci_comm_worker(hc_comm *comm);

#pragma GCC visibility pop

#endif
