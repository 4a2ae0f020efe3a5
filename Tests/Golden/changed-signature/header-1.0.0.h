// A function that takes other parameters in a later release: another slot, another method, each for
// its releases. Others come, go, and only change their spelling.
#define TOY_MAJOR 1
#define TOY_MINOR 0
#define TOY_PATCH 0

#include <stddef.h>

typedef enum { toySuccess = 0, toyError = 1 } toyResult_t;

toyResult_t toySend(const void *buffer, int count, int peer);
toyResult_t toyFence(int flags);
toyResult_t toyName(char *text, unsigned int size);
