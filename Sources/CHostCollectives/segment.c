#define _GNU_SOURCE
#include "segment.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "clock.h"
#include "failure.h"
#include "liveness.h"
#include "mapping.h"
#include "stale_files.h"
#include "unique_id.h"
#include "wait.h"

enum { SEGMENT_MAGIC = 0x68637331, DEFAULT_CHUNK = 256 * 1024, ALIGNMENT = 4096 };

void hci_segment_init(Segment *segment) {
  memset(segment, 0, sizeof *segment);
  segment->descriptor = -1;
}

static size_t aligned(size_t size) { return (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT; }

typedef struct Sizes {
  size_t chunkBytes, pieceBytes, slots, mailboxes, chunks, pieces, total;
} Sizes;

/// Every rank computes the same from the number of ranks and the size of a chunk.
static Sizes sizesFor(int rankCount, size_t chunkBytes) {
  size_t ranks = (size_t)rankCount;
  Sizes sizes;
  size_t least = 64 * ranks;
  sizes.chunkBytes = aligned(chunkBytes > least ? chunkBytes : least);
  sizes.pieceBytes = ranks <= 8 ? 64 * 1024 : ranks <= 32 ? 16 * 1024 : 4096;
  sizes.slots = aligned(sizeof(Header));
  sizes.mailboxes = sizes.slots + aligned(ranks * sizeof(Slot));
  sizes.chunks = sizes.mailboxes + aligned(ranks * ranks * sizeof(Mailbox));
  sizes.pieces = sizes.chunks + ranks * 2 * sizes.chunkBytes;
  sizes.total = sizes.pieces + ranks * ranks * HCI_RING * sizes.pieceBytes;
  return sizes;
}

static unsigned spinsFor(int rankCount) {
  cpu_set_t set;
  int processors = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
  // More ranks than processors: whoever spins keeps the one that it waits for from running.
  return rankCount <= processors ? 200 : 8;
}

static int reserve(int descriptor, size_t offset, size_t size) {
  int result;
  do result = fallocate(descriptor, 0, (off_t)offset, (off_t)size);
  while (result != 0 && errno == EINTR);
  if (result == 0 || errno == EOPNOTSUPP || errno == ENOSYS) return 0;
  return errno;
}

static hc_status full(const Segment *segment, int error) {
  return hci_fail_system(error, "comm_init: no shared memory for %s", segment->path);
}

hc_status hci_reserve_pieces(Segment *segment, int peer) {
  if (segment->hasPieces[peer]) return HC_SUCCESS;
  size_t offset = (size_t)(hci_piece(segment, segment->rank, peer, 0) - segment->base);
  int error = reserve(segment->descriptor, offset, HCI_RING * segment->pieceBytes);
  if (error != 0) {
    return hci_fail_system(error, "send: no shared memory for the messages to rank %d", peer);
  }
  segment->hasPieces[peer] = true;
  return HC_SUCCESS;
}

/// Opens the file, new or not, and takes the lock of its setup.
static hc_status openFile(Segment *segment, const char *work) {
  int64_t end = hci_now() + segment->timeout;
  for (;;) {
    if (atomic_load(&segment->isCancelled)) {
      return hci_fail(HC_REMOTE_ERROR, "%s: the communicator was aborted", work);
    }
    if (segment->descriptor < 0) {
      segment->descriptor =
          open(segment->path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
      if (segment->descriptor < 0) return hci_fail_system(errno, "%s: %s", work, segment->path);
    }
    int error = hci_lock_setup(segment->descriptor);
    if (error == 0) {
      struct stat status;
      if (fstat(segment->descriptor, &status) == 0 && status.st_nlink > 0) break;
      // It was removed between open and lock: all have come without us, or gave up.
      close(segment->descriptor);
      segment->descriptor = -1;
      continue;
    }
    if (error != EAGAIN) return hci_fail_system(error, "%s: lock of %s", work, segment->path);
    if (hci_now() > end) {
      return hci_fail(HC_TIMEOUT, "%s: %s stays locked by another rank", work, segment->path);
    }
    nanosleep(&(struct timespec){.tv_nsec = 200000}, NULL);
  }
  segment->isFileThere = true;
  return HC_SUCCESS;
}

/// The first to come makes the file what it should be; the others compare.
static hc_status enter(Segment *segment, size_t chunkBytes, const char *work) {
  int ranks = segment->rankCount;
  Sizes sizes = sizesFor(ranks, chunkBytes);
  struct stat status;
  if (fstat(segment->descriptor, &status) != 0) return hci_fail_system(errno, "%s: fstat", work);

  if (status.st_size > 0) {
    uint32_t head[3] = {0};
    ssize_t got = pread(segment->descriptor, head, sizeof head, 0);
    if (got == (ssize_t)sizeof head && head[0] == SEGMENT_MAGIC) {
      if (head[1] != HCI_LAYOUT_VERSION) {
        return hci_fail(
            HC_INVALID_USAGE, "%s: another rank runs another version of the host collectives",
            work);
      }
      if (head[2] != (uint32_t)ranks) {
        return hci_fail(
            HC_INVALID_USAGE,
            "%s: rank %d was told that there are %d ranks; the rank that came first, %u", work,
            segment->rank, ranks, head[2]);
      }
      if ((size_t)status.st_size != sizes.total) {
        return hci_fail(
            HC_INVALID_USAGE, "%s: rank %d has another chunk size than the rank that came first",
            work, segment->rank);
      }
    }
  }
  if (ftruncate(segment->descriptor, (off_t)sizes.total) != 0) return full(segment, errno);
  int error = reserve(segment->descriptor, 0, sizes.chunks);
  size_t chunks = 2 * sizes.chunkBytes;
  if (error == 0) {
    error = reserve(
        segment->descriptor, sizes.chunks + (size_t)segment->rank * chunks, chunks);
  }
  if (error != 0) return full(segment, error);

  segment->base = hci_map(segment->descriptor, sizes.total);
  if (segment->base == NULL) return hci_fail_system(errno, "%s: mmap", work);
  segment->chunkBytes = sizes.chunkBytes;
  segment->pieceBytes = sizes.pieceBytes;
  segment->header = (Header *)segment->base;
  segment->slots = (Slot *)(segment->base + sizes.slots);
  segment->mailboxes = (Mailbox *)(segment->base + sizes.mailboxes);
  segment->chunks = segment->base + sizes.chunks;
  segment->pieces = segment->base + sizes.pieces;
  if (atomic_load(&segment->header->magic) != SEGMENT_MAGIC) {
    segment->header->version = HCI_LAYOUT_VERSION;
    segment->header->rankCount = (uint32_t)ranks;
    segment->header->chunkBytes = sizes.chunkBytes;
    atomic_store(&segment->header->magic, SEGMENT_MAGIC);
  }
  return HC_SUCCESS;
}

static void removeFile(Segment *segment) {
  // Removed by path, so only if the path still is this file. The lock is held by the caller.
  struct stat status;
  if (!segment->isFileThere || fstat(segment->descriptor, &status) != 0) return;
  if (status.st_nlink > 0) unlink(segment->path);
  segment->isFileThere = false;
}

static hc_status takePlace(Segment *segment, const char *work) {
  char text[HCI_TEXT_SIZE];
  hc_status status = hci_failure(segment, text);
  if (status != HC_SUCCESS) return hci_fail_again(status, text);
  Slot *slot = &segment->slots[segment->rank];
  int error = hci_lock_rank(segment->descriptor, segment->rank);
  if (error == EAGAIN || (error == 0 && atomic_load(&slot->presence) != HCI_ABSENT)) {
    return hci_fail(
        HC_INVALID_USAGE, "%s: there is a rank %d with this unique id already", work,
        segment->rank);
  }
  if (error != 0) return hci_fail_system(error, "%s: lock of %s", work, segment->path);
  atomic_store(&slot->presence, HCI_ATTACHED);
  hci_increment(&segment->header->attached);
  if (hci_load(&segment->header->attached) == (uint32_t)segment->rankCount) removeFile(segment);
  return HC_SUCCESS;
}

static bool isAbsent(const void *context, int rank) {
  const Segment *segment = context;
  return atomic_load(&segment->slots[rank].presence) == HCI_ABSENT;
}

/// Those that are there are watched too: without them the absent ones come in vain.
static bool isAny(const void *context, int rank) {
  (void)context, (void)rank;
  return true;
}

static hc_status awaitAll(Segment *segment, const char *work) {
  Word *attached = &segment->header->attached;
  uint32_t all = (uint32_t)segment->rankCount;
  Wait wait = hci_wait(segment, work, 0, (Awaited){isAny, segment});
  for (;;) {
    uint32_t seen = hci_load(attached);
    if (seen == all) return HC_SUCCESS;
    Obstacle obstacle = hci_wait_turn(&wait, attached, seen);
    if (obstacle == HCI_NO_OBSTACLE) continue;
    if (hci_load(attached) == all) return HC_SUCCESS;
    wait.awaited.isMissing = isAbsent;
    hc_status status = hci_wait_fail(&wait, obstacle);
    if (obstacle == HCI_CANCELLED) hci_post_failure(segment, status, hc_last_error());
    return status;
  }
}

hc_status hci_segment_join(
    Segment *segment, const hc_unique_id *id, int rankCount, int rank, size_t chunkBytes,
    int64_t timeout, const char *work) {
  char name[33];
  hci_id_text(id, name);
  snprintf(segment->path, sizeof segment->path, "%s/%s%s", HCI_DIRECTORY, HCI_PREFIX, name);
  segment->rank = rank;
  segment->rankCount = rankCount;
  segment->timeout = timeout;
  segment->spins = spinsFor(rankCount);
  segment->hasPieces = calloc((size_t)rankCount, sizeof(bool));
  if (segment->hasPieces == NULL) return hci_fail(HC_SYSTEM_ERROR, "%s: out of memory", work);
  hci_remove_stale_files();

  hc_status status = openFile(segment, work);
  if (status != HC_SUCCESS) return status;
  status = enter(segment, chunkBytes != 0 ? chunkBytes : DEFAULT_CHUNK, work);
  if (status == HC_SUCCESS) status = takePlace(segment, work);
  hci_unlock_setup(segment->descriptor);
  if (status != HC_SUCCESS) {
    // Not this rank's place, so nothing is said to the others. A file of our own goes as stale.
    close(segment->descriptor);
    segment->descriptor = -1;
    hci_remove_stale_files();
    return status;
  }
  status = awaitAll(segment, work);
  if (status == HC_SUCCESS) {
    segment->isFileThere = false;
    return status;
  }
  char text[HCI_TEXT_SIZE];
  snprintf(text, sizeof text, "%s", hc_last_error());
  // The first to give up removes the file, so that ranks that come now do not find it. A rank that
  // holds the lock at this moment sees the failure, or removes the file as the last one would.
  if (hci_lock_setup(segment->descriptor) == 0) {
    removeFile(segment);
    hci_unlock_setup(segment->descriptor);
  }
  hci_segment_leave(segment);
  hci_remove_stale_files();
  return hci_fail_again(status, text);
}

void hci_segment_leave(Segment *segment) {
  if (segment->descriptor < 0) return;
  if (segment->slots != NULL) {
    atomic_store(&segment->slots[segment->rank].presence, HCI_LEFT);
  }
  close(segment->descriptor);
  segment->descriptor = -1;
}

void hci_segment_free(Segment *segment) {
  hci_segment_leave(segment);
  hci_unmap(segment->base);
  free(segment->hasPieces);
  segment->hasPieces = NULL;
  segment->base = NULL;
  segment->header = NULL;
}
