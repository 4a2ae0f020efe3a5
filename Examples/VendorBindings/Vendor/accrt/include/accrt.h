/* ACCRT, the run-time library of a vendor that does not exist. */
#ifndef ACCRT_H_
#define ACCRT_H_

#include <stddef.h>

#define ACCRT_VERSION 20300

#ifdef __cplusplus
extern "C" {
#endif

/// How a call ended.
typedef enum {
  accrtOk = 0,
  accrtOutOfMemory = 1,
  accrtBadArgument = 2
} accrtError_t;

/// A queue of a device.
typedef struct accrtQueue *accrtQueue_t;

/// Writes `ACCRT_VERSION`.
accrtError_t accrtVersion(int *version);

/// Gives `size` bytes of the device's memory.
accrtError_t accrtAllocate(void **memory, size_t size);

/// Takes memory back.
accrtError_t accrtFree(void *memory);

/// Makes a queue.
accrtError_t accrtQueueCreate(accrtQueue_t *queue);

/// Ends a queue.
accrtError_t accrtQueueDestroy(accrtQueue_t queue);

#ifdef __cplusplus
}
#endif

#endif
