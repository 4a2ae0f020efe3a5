// `static inline` functions exist in the header only: no library exports them, so a binding can
// neither look them up nor report them as missing.
#define TOY_MAJOR 1
#define TOY_MINOR 2
#define TOY_PATCH 3

#include <stddef.h>

typedef enum { toySuccess = 0, toyError = 1 } toyResult_t;

typedef enum { toyInt8 = 0, toyInt32 = 2 } toyDataType_t;

toyResult_t toyBroadcast(const void *sendbuff, void *recvbuff, size_t bytes, int root);

/// Broadcasts in place.
static inline toyResult_t toyBcast(void *buff, size_t bytes, int root) {
  return toyBroadcast(buff, buff, bytes, root);
}

/// The size of one element in bytes.
static inline size_t toyTypeSize(toyDataType_t type) {
  return type == toyInt32 ? 4 : 1;
}
