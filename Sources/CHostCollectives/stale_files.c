#define _GNU_SOURCE
#include "stale_files.h"

#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "liveness.h"

/// A rank that has just made the file, and not locked it yet, finds out from its link count, and
/// makes another. So does this: the name may be another file's by the time of the lock.
static void removeIfStale(int directory, const char *name) {
  int descriptor = openat(directory, name, O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (descriptor < 0) return;
  struct stat status;
  if (hci_lock_all(descriptor) == 0 && fstat(descriptor, &status) == 0 && status.st_nlink > 0) {
    unlinkat(directory, name, 0);
  }
  close(descriptor);
}

void hci_remove_stale_files(void) {
  DIR *directory = opendir(HCI_DIRECTORY);
  if (directory == NULL) return;
  for (struct dirent *entry; (entry = readdir(directory)) != NULL;) {
    if (strncmp(entry->d_name, HCI_PREFIX, strlen(HCI_PREFIX)) == 0) {
      removeIfStale(dirfd(directory), entry->d_name);
    }
  }
  closedir(directory);
}
