// The shared memory of a communicator:
//
//   Header | Slot of a rank .. | Mailbox of a pair .. | chunks of a rank .. | pieces of a pair ..
//
// All parts but the last two exist from the start; a rank reserves its chunks when it attaches, and
// a sender its pieces at the first message, so that a full /dev/shm is an error and no SIGBUS.

#ifndef HCI_LAYOUT_H
#define HCI_LAYOUT_H

#include "error.h"
#include "word.h"

/// The end of a communicator's work; the first one to claim it writes it.
typedef struct Failure {
  /// 0: none. 1: being written. 2: there.
  _Atomic uint32_t state;
  int32_t status;
  int32_t rank;
  char text[HCI_TEXT_SIZE];
} Failure;

enum { HCI_LAYOUT_VERSION = 2 };

typedef struct Header {
  /// HCI_SEGMENT_MAGIC; written last.
  _Atomic uint32_t magic;
  uint32_t version;
  uint32_t rankCount;
  uint64_t chunkBytes;
  /// How many ranks have come.
  Word attached;
  Failure failure;
} Header;

/// What a rank says about the collective it is in.
typedef struct Descriptor {
  uint64_t number;
  int32_t kind;
  int32_t type;
  uint64_t count;
  /// HC_FIRST_CREATED_OP stands for all premultiplied sums: a rank's scalar is its own affair.
  int32_t op;
  int32_t root;
} Descriptor;

typedef struct SplitEntry {
  int32_t color;
  int32_t key;
} SplitEntry;

typedef enum Presence { HCI_ABSENT = 0, HCI_ATTACHED = 1, HCI_LEFT = 2 } Presence;

typedef struct Slot {
  _Atomic uint32_t presence;
  /// The last round that the rank has filled. See round.h.
  _Alignas(128) Word filled;
  /// Rung by those who send to the rank, or receive from it. See p2p.c.
  _Alignas(128) Word doorbell;
  /// Of the last two rounds.
  _Alignas(128) Descriptor descriptors[2];
  /// How often the rank has split, and what it said the last two times.
  Word splits;
  SplitEntry splitEntries[2];
} Slot;

enum { HCI_RING = 2 };

typedef struct Piece {
  uint64_t count;
  uint32_t type;
  uint32_t bytes;
} Piece;

/// From one rank to another: a ring of pieces. One writer, one reader.
typedef struct Mailbox {
  _Alignas(64) _Atomic uint32_t written;
  Piece pieces[HCI_RING];
  _Alignas(64) _Atomic uint32_t read;
} Mailbox;

#endif
