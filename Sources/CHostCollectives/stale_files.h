// Files of communicators whose ranks were all killed before they had found each other.

#ifndef HCI_STALE_FILES_H
#define HCI_STALE_FILES_H

#pragma GCC visibility push(hidden)

#define HCI_DIRECTORY "/dev/shm"
#define HCI_PREFIX "bindgen-coll-"

/// Removes those of this user that nobody holds a lock of.
void hci_remove_stale_files(void);

#pragma GCC visibility pop

#endif
