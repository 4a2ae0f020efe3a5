// The later release of the two: see the first.
#define TOY_MAJOR 2
#define TOY_MINOR 0
#define TOY_PATCH 0

#include <stddef.h>

typedef enum { toySuccess = 0, toyError = 1 } toyResult_t;

toyResult_t toySend(const void *buffer, size_t count, int peer, float scale);
toyResult_t toyFlush(int flags);
/* The same calling convention, other words. */
toyResult_t toyName(char *name, int capacity);
