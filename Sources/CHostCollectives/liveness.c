#define _GNU_SOURCE
#include "liveness.h"

#include <errno.h>
#include <fcntl.h>

static struct flock range(short type, off_t start, off_t length) {
  return (struct flock){.l_type = type, .l_whence = SEEK_SET, .l_start = start, .l_len = length};
}

static int set(int descriptor, struct flock lock) {
  int result;
  do result = fcntl(descriptor, F_OFD_SETLK, &lock);
  while (result != 0 && errno == EINTR);
  if (result == 0) return 0;
  return errno == EACCES ? EAGAIN : errno;
}

int hci_lock_setup(int descriptor) { return set(descriptor, range(F_WRLCK, 0, 1)); }

void hci_unlock_setup(int descriptor) { set(descriptor, range(F_UNLCK, 0, 1)); }

int hci_lock_rank(int descriptor, int rank) { return set(descriptor, range(F_WRLCK, 1 + rank, 1)); }

int hci_lock_all(int descriptor) { return set(descriptor, range(F_WRLCK, 0, 0)); }

bool hci_is_rank_alive(int descriptor, int rank) {
  struct flock lock = range(F_WRLCK, 1 + rank, 1);
  // Where the kernel cannot tell, the time limits decide.
  if (fcntl(descriptor, F_OFD_GETLK, &lock) != 0) return true;
  return lock.l_type != F_UNLCK;
}
