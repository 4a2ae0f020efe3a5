// A stand-in for the vendor's library, whose device is the host.

#include "accrt.h"

#include <stdlib.h>

struct accrtQueue {
  int unused;
};

accrtError_t accrtVersion(int *version) {
  if (!version) return accrtBadArgument;
  *version = ACCRT_VERSION;
  return accrtOk;
}

accrtError_t accrtAllocate(void **memory, size_t size) {
  if (!memory || size == 0) return accrtBadArgument;
  *memory = calloc(1, size);
  return *memory ? accrtOk : accrtOutOfMemory;
}

accrtError_t accrtFree(void *memory) {
  free(memory);
  return accrtOk;
}

accrtError_t accrtQueueCreate(accrtQueue_t *queue) {
  if (!queue) return accrtBadArgument;
  *queue = calloc(1, sizeof(struct accrtQueue));
  return *queue ? accrtOk : accrtOutOfMemory;
}

accrtError_t accrtQueueDestroy(accrtQueue_t queue) {
  if (!queue) return accrtBadArgument;
  free(queue);
  return accrtOk;
}
