// A rank's access to the shared memory of a communicator.
//
// The file lies in /dev/shm, is made by the rank that comes first, and is removed when all have
// come, or by the first to give up. A file that nobody holds a lock of belonged to ranks that were
// killed before that; the next rank of any communicator removes it.

#ifndef HCI_SEGMENT_H
#define HCI_SEGMENT_H

#include "layout.h"

#pragma GCC visibility push(hidden)

typedef struct Segment {
  int descriptor;
  int rank;
  int rankCount;
  /// How often a wait looks before it gives the processor away.
  unsigned spins;
  int64_t timeout;
  /// Set by this rank's abort, maybe before there is a segment.
  _Atomic bool isCancelled;
  bool isFileThere;
  size_t chunkBytes;
  size_t pieceBytes;
  unsigned char *base;
  Header *header;
  Slot *slots;
  Mailbox *mailboxes;
  unsigned char *chunks;
  unsigned char *pieces;
  /// For each peer, whether this rank has reserved the pieces to it.
  bool *hasPieces;
  char path[80];
} Segment;

/// Before anything else; nothing is opened yet.
void hci_segment_init(Segment *segment);

/// Opens the segment of `id`, takes the rank's place, and waits until all ranks have done so.
/// `chunkBytes`: 0 for the default. `timeout` in nanoseconds.
hc_status hci_segment_join(
    Segment *segment, const hc_unique_id *id, int rankCount, int rank, size_t chunkBytes,
    int64_t timeout, const char *work);

/// Tells the others that nothing more will come of this rank, and closes the file. What it has
/// written remains readable for them. Nothing of the segment may be in use.
void hci_segment_leave(Segment *segment);

/// Gives the memory back.
void hci_segment_free(Segment *segment);

/// One of the two chunks of a rank.
static inline unsigned char *hci_chunk(const Segment *segment, int rank, uint32_t round) {
  return segment->chunks + (2 * (size_t)rank + (round & 1)) * segment->chunkBytes;
}

static inline Mailbox *hci_mailbox(const Segment *segment, int from, int to) {
  return &segment->mailboxes[(size_t)from * (size_t)segment->rankCount + (size_t)to];
}

static inline unsigned char *hci_piece(const Segment *segment, int from, int to, uint32_t number) {
  size_t pair = (size_t)from * (size_t)segment->rankCount + (size_t)to;
  return segment->pieces + (pair * HCI_RING + number % HCI_RING) * segment->pieceBytes;
}

/// Makes sure that there is memory behind the pieces to `peer`.
hc_status hci_reserve_pieces(Segment *segment, int peer);

#pragma GCC visibility pop

#endif
