// Shared memory is mapped once in a process, also where several of its threads are ranks: less
// memory, and the thread sanitizer recognises accesses to the same byte.

#ifndef HCI_MAPPING_H
#define HCI_MAPPING_H

#include <stddef.h>

#pragma GCC visibility push(hidden)

/// NULL with errno set if it fails.
void *hci_map(int descriptor, size_t size);
void hci_unmap(void *base);

#pragma GCC visibility pop

#endif
